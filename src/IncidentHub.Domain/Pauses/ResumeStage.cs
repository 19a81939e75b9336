namespace IncidentHub.Domain.Pauses;

/// <summary>One stage of a resume: that share of the collectors collects again, and so much time passes before the next.</summary>
/// <param name="Share">Percent of the collectors, by a stable hash of the enrolled device; 1 to 99. After the last stage all collect
/// again.</param>
/// <param name="Soak">Whole seconds.</param>
public sealed record ResumeStage(int Share, TimeSpan Soak);

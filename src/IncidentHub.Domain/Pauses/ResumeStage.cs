namespace IncidentHub.Domain.Pauses;

/// <summary>One stage of a resume: the released share of the collectors, and the soak time before the next stage.</summary>
/// <param name="Share">Percent of the collectors, by a stable hash of the enrolled device; 1 to 99. After the last stage all collectors
/// resume.</param>
/// <param name="Soak">Whole seconds.</param>
public sealed record ResumeStage(int Share, TimeSpan Soak);

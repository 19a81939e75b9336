using IncidentHub.Domain.Decisions;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Decisions.Opinions.Parts;

/// <summary>How opinions are shown.</summary>
internal static class OpinionText
{
    public static Tone ToneOf(OpinionPosition position) => position switch
    {
        OpinionPosition.NoObjection => Tone.Ok,
        OpinionPosition.NoObjectionWithConditions => Tone.Accent,
        OpinionPosition.Objection => Tone.Warn,
        OpinionPosition.NoPosition => Tone.Neutral,
    };

    /// <summary>«1 objection: Works council»; null where no opinion that stands is one.</summary>
    public static string? Objections(DecisionView view) => view.Opinions
        .Where(o => o is { Superseded: false, Position: OpinionPosition.Objection }).OrderBy(o => o.Role).Select(o => o.Role.Title())
        .ToList() is { Count: > 0 } objecting
        ? $"{Count(objecting.Count)}: {string.Join(", ", objecting)}" : null;

    public static string Count(int objections) => objections == 1 ? "1 objection" : $"{objections} objections";

    /// <summary>«Opinion requested, not given yet: Works council.»; null where none waits.</summary>
    public static string? Waiting(DecisionView view) => view.OpinionRequests.Count == 0 ? null
        : $"Opinion requested, not given yet: {string.Join(", ", view.OpinionRequests.Select(r => r.Role.Title()))}.";
}

using IncidentHub.Domain.Flags;

namespace IncidentHub.Response.Flags.Parts;

/// <summary>One message as a page shows it.</summary>
public sealed record FlagMessageLine(bool FromTriage, string Who, string Body, DateTimeOffset At)
{
    /// <summary>A reporter sees «Responders» for every responder; triage sees names.</summary>
    internal static FlagMessageLine Of(FlagMessageRecord m, bool forTriage) => new(
        m.Side == FlagSide.Triage, m.Side == FlagSide.Triage ? (forTriage ? m.AuthorName ?? "Responders" : "Responders") : forTriage
            ? m.AuthorName ?? "Reporter, anonymous" : "You", m.Body, m.WrittenAt);
}

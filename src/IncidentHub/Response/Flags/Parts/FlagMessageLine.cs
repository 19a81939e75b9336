using IncidentHub.Domain.Flags;
using IncidentHub.Response.Evidence;

namespace IncidentHub.Response.Flags.Parts;

/// <summary>One message as a page shows it.</summary>
public sealed record FlagMessageLine(bool FromTriage, string Who, string Body, DateTimeOffset At, IReadOnlyList<FlagFileLine> Files)
{
    /// <summary>A reporter sees «Responders» for every responder; triage sees names.</summary>
    internal static FlagMessageLine Of(FlagPage page, FlagMessageRecord m, bool forTriage) => new(
        m.Side == FlagSide.Triage, m.Side == FlagSide.Triage ? (forTriage ? m.AuthorName ?? "Responders" : "Responders") : forTriage
            ? m.AuthorName ?? "Reporter, anonymous" : "You", m.Body, m.WrittenAt, FlagFileLine.Of(page, m.Id));
}

/// <summary>A file as a page shows it.</summary>
/// <param name="Href">Where those download it who are signed in; null: privacy removed it.</param>
public sealed record FlagFileLine(string Name, string Size, string? Href)
{
    /// <param name="message">Null: the files of the concern itself.</param>
    internal static IReadOnlyList<FlagFileLine> Of(FlagPage page, Guid? message)
    {
        var code = page.Flag.State.Code;
        return [.. page.FilesOf(message)
            .Select(f => new FlagFileLine(f.NameOn(code), EvidenceHistory.Size(f.Size),
                f.RedactedAt is null ? $"api/v1/flags/{code}/files/{f.Ordinal}" : null))];
    }
}

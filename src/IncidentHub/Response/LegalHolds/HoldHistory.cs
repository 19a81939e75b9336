using IncidentHub.Domain.LegalHolds;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.LegalHolds;

/// <summary>
/// The records of each event of a hold, on the incident's timeline only: every account can read a program's activity, the incident may be
/// restricted.
/// </summary>
internal static class HoldHistory
{
    /// <param name="programs">The programs that the hold covers: their open pages reload the acts that are offered.</param>
    public static JournalEntry Of(IncidentFacts incident, IReadOnlyList<Guid> programs, HoldState hold, DomainEvent happened) =>
        happened switch
        {
            HoldPlaced e => Entry(incident, programs, "placed", e.Reason + Purged(e.PurgedBefore),
                new { hold.Id, e.PurgedBefore }, new { Hold = hold.Id, e.Reason, e.PurgedBefore }),
            HoldReleased e => Entry(incident, programs, "released", e.Reason, new { hold.Id }, new { Hold = hold.Id, e.Reason }),
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a hold."),
        };

    /// <summary>An incident was merged into another: active holds move to the surviving incident, released ones stay.</summary>
    /// <param name="moved">How many.</param>
    public static JournalEntry OfMove(IncidentMergedInto merged, int moved) => new()
    {
        Action = "legal-hold.moved",
        Subject = $"incident {merged.IntoCode}",
        About = [merged.FromId, merged.IntoId],
        Detail = new { From = merged.FromCode, merged.FromId, merged.IntoId, Holds = moved },
        Timeline =
        [
            new()
            {
                IncidentId = merged.IntoId,
                Kind = "legal-hold",
                Title = $"Legal hold taken over from {Reference.To(merged.FromId)}",
                PublicTitle = $"Legal hold taken over from {Reference.To(merged.FromId)}",
                Data = new { holds = moved },
                About = [merged.FromId],
            },
        ],
    };

    private static JournalEntry Entry(IncidentFacts incident, IReadOnlyList<Guid> programs, string act, string body, object data,
        object detail) => new()
        {
            Action = $"legal-hold.{act}",
            Subject = $"incident {incident.Code}",
            About = [incident.Id],
            Detail = detail,
            Timeline =
            [
                new() { IncidentId = incident.Id, Kind = "legal-hold", Title = $"Legal hold {act}", Body = body, Data = data },
            ],
            SubjectTopics = [new([incident.Id], [.. programs.Select(id => $"program:{id}")])],
        };

    private static string Purged(long batches) => batches == 0
        ? ""
        : $"\n\nBetween the declaration and this hold, the disposition of "
            + $"{(batches == 1 ? "one quarantined batch" : $"{batches:N0} quarantined batches")} was set to purge. That cannot be undone. "
            + "Ask the operators of ingestion whether the data still exists.";
}

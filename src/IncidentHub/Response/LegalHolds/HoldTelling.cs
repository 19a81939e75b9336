using IncidentHub.Domain.Access;
using IncidentHub.Domain.LegalHolds;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.LegalHolds;

/// <summary>
/// Tells of holds on the incident's timeline and in the audit log. Nothing is told on the timelines of programs: everybody reads those, and
/// the incident may be restricted.
/// </summary>
internal static class HoldTelling
{
    public static async Task PlacedAsync(UnitOfWork tx, Actor actor, IncidentFacts incident, HoldState hold, long purged)
    {
        var before = purged == 0
            ? "" : $"\n\nBetween the declaration and this hold, the disposition of "
                + $"{(purged == 1 ? "one quarantined batch" : $"{purged:N0} quarantined batches")} was set to purge. That cannot be "
                + $"undone. Ask the operators of ingestion whether the data still exists.";
        await AppendAsync(tx, actor, incident, "Legal hold placed", hold.Reason + before, new { hold.Id, purgedBefore = purged });
        await AuditWriter.AppendAsync(tx, actor, "legal-hold.placed", $"incident {incident.Code}",
            new { Hold = hold.Id, hold.Reason, PurgedBefore = purged });
    }

    public static async Task ReleasedAsync(UnitOfWork tx, Actor actor, IncidentFacts incident, HoldState hold, HoldRelease release)
    {
        await AppendAsync(tx, actor, incident, "Legal hold released", release.Reason, new { hold.Id });
        await AuditWriter.AppendAsync(tx, actor, "legal-hold.released", $"incident {incident.Code}",
            new { Hold = hold.Id, release.Reason });
    }

    /// <summary>The programs that holds of this incident cover.</summary>
    public static async Task<IReadOnlyList<Guid>> ProgramsAsync(ISql sql, Guid incidentId) =>
        [.. (await sql.QueryAsync<IdRow>("LegalHold_Programs", new { IncidentId = incidentId })).Select(r => r.Id)];

    /// <summary>Open pages of the programs ask again what may be done there.</summary>
    public static void Touch(UnitOfWork tx, IReadOnlyList<Guid> programs)
    {
        foreach (var program in programs) tx.Touch($"program:{program}");
    }

    private static Task<Guid> AppendAsync(UnitOfWork tx, Actor actor, IncidentFacts incident, string title, string body, object data) =>
        TimelineWriter.AppendAsync(tx, actor, new()
        {
            IncidentId = incident.Id,
            Kind = "legal-hold",
            HappenedAt = tx.Now,
            Title = title,
            Body = body,
            Data = data
        });

    private sealed record IdRow
    {
        public required Guid Id { get; init; }
    }
}

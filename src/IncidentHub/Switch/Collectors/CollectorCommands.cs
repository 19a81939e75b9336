using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Switch.Collectors;

/// <summary>Changes of collectors by people.</summary>
internal sealed class CollectorCommands(Db db, ProgramReader programs, CollectorAuthentication authentication)
{
    /// <summary>
    /// Revokes a collector permanently: it gets no more permits. Permitted to everybody who may create keys for one of its programs.
    /// </summary>
    public async Task<Result<Done>> RevokeAsync(Guid collectorId, Actor actor, CancellationToken ct = default)
    {
        var revoked = await db.WriteAsync<Done>(
            async tx =>
            {
                var own = new List<ProgramFacts>();
                foreach (var enrolment in await tx.QueryAsync<EnrolledRow>("Collector_Enrolments", new { CollectorId = collectorId }))
                {
                    if (await programs.FindAsync(tx, enrolment.ProgramId) is { } program
                        && AccessTable.Allows(actor, Act.ManageKeys, program.Relation(actor))) own.Add(program);
                }
                if (own.Count == 0) return Refusal.NotFound("The collector");
                if (await tx.ExecuteAsync("Collector_Revoke", new { Id = collectorId, tx.Now, ByName = actor.Name }) == 0)
                    return default(Done);
                tx.Touch(CollectorAuthentication.TopicOf(collectorId));
                await tx.RecordAsync(actor, CollectorHistory.Revoked(collectorId, own));
                return default(Done);
            },
            ct: ct);
        if (revoked.IsOk) authentication.Forget(collectorId);
        return revoked;
    }

    private sealed record EnrolledRow
    {
        public required Guid ProgramId { get; init; }
        public required string? Region { get; init; }
        public required string Categories { get; init; }
    }
}

/// <summary>The records of changes of a collector by people. The records of a collector's own messages are part of the protocol.</summary>
internal static class CollectorHistory
{
    /// <param name="programs">The programs of the collector that the actor may manage.</param>
    public static JournalEntry Revoked(Guid collectorId, IReadOnlyList<ProgramFacts> programs) => new()
    {
        Action = "collector.revoked",
        Subject = $"collector {collectorId}",
        Detail = new { Programs = programs.Select(p => p.Code) },
        Topics = [.. programs.Select(p => $"program:{p.Id}")],
    };
}

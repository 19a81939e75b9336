using IncidentHub.Domain.Access;
using IncidentHub.Domain.Gate;
using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Switch.Gate;

/// <summary>A quarantined batch as displayed: metadata, never content.</summary>
/// <param name="Collector">Its name; null, like its host's pseudonym and its region, for viewers who may not see collectors.</param>
internal sealed record QuarantinedBatchView(
    Guid Id, BatchClass Class, bool OnlyDrills, string? Collector, string? Host, string? Region, DateTimeOffset CollectedFrom,
        DateTimeOffset CollectedTo, IReadOnlyList<string> Categories, long Items,
    long FirstSequence, long LastSequence, string Digest, DateTimeOffset QuarantinedAt, Disposition? Disposition,
        DateTimeOffset? DisposedAt,
        string? DisposedBy, string? Reason);

/// <summary>The quarantine of a program.</summary>
/// <param name="Undecided">The number of undecided batches, by class.</param>
/// <param name="Hold">The legal hold that forbids purging, with the details that the viewer may see; null where there is none.</param>
internal sealed record Quarantined(
    ProgramFacts Program, IReadOnlyDictionary<BatchClass, long> Undecided, Page<QuarantinedBatchView> Batches,
    HoldNotice? Hold);

/// <param name="Undecided">Only undecided ones; else all, newest first.</param>
internal sealed record QuarantineFilter(bool Undecided = true, BatchClass? Class = null);

internal sealed class QuarantineQueries(Db db, ProgramReader programs, IPurgeGuard guard)
{
    public Task<Result<Quarantined>> OfProgramAsync(string code, QuarantineFilter filter, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default) => db.ReadAsync<Result<Quarantined>>(
        async sql =>
        {
            if (AccessTable.Deny(viewer, Act.ReadPrograms) is { } denied) return denied;
            if (await programs.FindByCodeAsync(sql, code) is not { } program) return Refusal.NotFound("The program");
            var before = Cursor.DecodeTimeAndId("quarantined-batches", cursor);
            if (before.Refusal is { } bad) return bad;
            var size = Cursor.Limit(limit);
            if (size.Refusal is { } wrong) return wrong;
            var options = new List<string>();
            if (filter.Undecided) options.Add("Undecided");
            if (filter.Class is not null) options.Add("Class");
            if (before.Value is not null) options.Add("Before");
            var rows = await sql.QueryAsync<Row>(
                "QuarantinedBatch_List", new
                {
                    ProgramId = program.Id,
                    Class = filter.Class?.ToString(),
                    BeforeAt = before.Value?.At,
                    BeforeId = before.Value?.Id,
                    Limit = size.Value + 1
                }, [.. options]);
            var named = AccessTable.Allows(viewer, Act.ReadCollectors, program.Relation(viewer));
            // The reason of a disposition may refer to an incident: visible to viewers who may dispose of data.
            var told = AccessTable.Allows(viewer, Act.DisposeQuarantinedData, program.Relation(viewer));
            var counts = (await QuarantinedData.CountsAsync(sql, program.Id)).GroupBy(c => c.Of)
                .ToDictionary(g => g.Key, g => g.Sum(c => c.Batches));
            return new Quarantined(program, counts, Page<Row>.Of(rows, size.Value, "quarantined-batches", r => [r.QuarantinedAt, r.Id])
                .Map(r => r.ToView(named, told)),
                await HoldAsync(sql, viewer, program.Id, told));
        },
        ct);

    // A hold of an incident that the viewer may not see is told to those whom it hinders.
    private async Task<HoldNotice?> HoldAsync(ISql sql, Actor viewer, Guid programId, bool disposes) =>
        await guard.FindHoldAsync(sql, viewer, programId) is { } hold && (disposes || hold.Incidents.Count > 0) ? hold : null;

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required string Class { get; init; }
        public required bool OnlyDrills { get; init; }
        public required string InstanceName { get; init; }
        public required string HostPseudonym { get; init; }
        public required string? Region { get; init; }
        public required DateTimeOffset CollectedFrom { get; init; }
        public required DateTimeOffset CollectedTo { get; init; }
        public required string Categories { get; init; }
        public required long Items { get; init; }
        public required long FirstSequence { get; init; }
        public required long LastSequence { get; init; }
        public required string Digest { get; init; }
        public required DateTimeOffset QuarantinedAt { get; init; }
        public required string? Disposition { get; init; }
        public required DateTimeOffset? DisposedAt { get; init; }
        public required string? DisposedByName { get; init; }
        public required string? DisposeReason { get; init; }

        public QuarantinedBatchView ToView(bool named, bool told) => new(
            Id, Enum.Parse<BatchClass>(Class), OnlyDrills, named ? InstanceName : null, named ? HostPseudonym : null, named
                ? Region : null, CollectedFrom, CollectedTo, Names.Split(Categories), Items,
            FirstSequence, LastSequence, Digest, QuarantinedAt, Disposition is null
                ? null : Enum.Parse<Disposition>(Disposition), DisposedAt,
                DisposedByName, told ? DisposeReason : null);
    }
}

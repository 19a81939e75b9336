using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Database;
using IncidentHub.Response.SevPolicies;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// An incident as it was known at a time: what had been recorded by then. What is null was not recorded at that time; today's value never
/// stands in its place.
/// </summary>
internal sealed record IncidentSnapshot
{
    [System.Text.Json.Serialization.JsonIgnore]
    public Guid Id { get; init; }
    public required string Code { get; init; }
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>
    /// Since when title, timestamps, scope and clocks are recorded; null: since the declaration. Before, only severity and status are
    /// known.
    /// </summary>
    public required DateTimeOffset? RecordedSince { get; init; }

    /// <summary>
    /// Since when roles, obligations and tasks are recorded; null: since the declaration. The latter two are answered on their own.
    /// </summary>
    public required DateTimeOffset? PartsRecordedSince { get; init; }
    public required string? Title { get; init; }
    public required int Sev { get; init; }
    public required string SevName { get; init; }
    public required IncidentStatus Status { get; init; }
    public required Confidentiality? Confidentiality { get; init; }
    public required IncidentTimestamps? Timestamps { get; init; }
    public required IReadOnlyList<CycleView>? Cycles { get; init; }
    public required IReadOnlyList<SevChangeView> SevChanges { get; init; }
    public required IReadOnlyList<ExposureView>? Exposures { get; init; }
    public required IReadOnlyList<ProgramLinkView>? Programs { get; init; }
    public required ClocksView? Clocks { get; init; }
    public required AdviceView? Advice { get; init; }

    /// <summary>Who had a role, and who was named.</summary>
    public required IReadOnlyList<RoleView>? People { get; init; }
}

/// <summary>Reads an incident as it was known at a time.</summary>
internal sealed class GetSnapshotHandler(Db db, SevPolicyReader policies, RestrictedReads reads, TimeProvider clock)
{
    /// <param name="asOf">Null: now.</param>
    public async Task<Result<IncidentSnapshot>> HandleAsync(string code, DateTimeOffset? asOf, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        var time = asOf ?? clock.GetUtcNow();
        return await db.ReadAsync<Result<IncidentSnapshot>>(
            async sql =>
            {
                if (await IncidentStore.LoadAsOfAsync(sql, viewer, code, time) is not { } then) return Refusal.NotFound("The incident");
                if (then.Now.Confidentiality == Confidentiality.Restricted) reads.OfIncident(viewer, then.Now.Id, then.Now.Code);
                if (SnapshotReader.Refuse(then.Now.Code, then.Recorded, time, clock.GetUtcNow()) is { } refused) return refused;
                return ToView(then, time, then.State is { } s
                    ? (await policies.VersionAsync(sql, s.Current.PolicyVersion))[s.Sev] : null);
            },
            ct);
    }

    private static IncidentSnapshot ToView(IncidentAsOf then, DateTimeOffset asOf, SevLevel? level)
    {
        var s = then.State;
        return new()
        {
            Id = then.Now.Id,
            Code = then.Now.Code,
            AsOf = asOf,
            RecordedSince = then.Recorded.Since,
            PartsRecordedSince = then.Recorded.PartsSince,
            Title = s?.Title,
            Sev = (int)(s?.Sev ?? then.Sev),
            SevName = (s?.Sev ?? then.Sev).ToString(),
            Status = then.Status,
            Confidentiality = s?.Confidentiality,
            Timestamps = s?.Timestamps,
            Cycles = s is null ? null : [.. s.Cycles.Select(CycleView.Of)],
            SevChanges = [.. then.SevChanges.Select(c => new SevChangeView(c.Cycle, (int)c.From, (int)c.To, c.Reason, c.At, c.By))],
            Exposures = s is null ? null : [.. s.Exposures.Select(ExposureView.Of)],
            Programs = s is null ? null : [.. s.Involvements.Select(ProgramLinkView.Of)],
            Clocks = s is null || level is null ? null : ClocksView.Of(s.Timestamps, level, then.LastUpdateAt, then.UpdateDueAt),
            Advice = s is null ? null : AdviceView.Of(s),
            People = s is null || asOf < then.Recorded.PartsSince
                ? null : [.. s.People.Select(p => new RoleView(p.Role, p.PersonId, p.Name))],
        };
    }
}

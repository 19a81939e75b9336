using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>What other features need to know about an incident.</summary>
internal sealed record IncidentFacts
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Title { get; init; }
    public required Sev Sev { get; init; }
    public required IncidentStatus Status { get; init; }
    public required int Cycle { get; init; }
    public required Confidentiality Confidentiality { get; init; }
    public required Guid? CommanderId { get; init; }
    public required DateTimeOffset DeclaredAt { get; init; }
    public required int Version { get; init; }
}

/// <summary>Published reader: incidents for other features.</summary>
internal sealed class IncidentReader : ISubjects
{
    public async Task<IReadOnlyDictionary<Guid, string>> VisibleAsync(ISql sql, IReadOnlyCollection<Guid> subjects, Actor reader) =>
        subjects.Count == 0 ? new Dictionary<Guid, string>()
        : (await sql.QueryAsync<CodeRow>("Incident_CodesVisible", Visibility.Of(reader, new { Ids = IdList.Of(subjects) })))
            .ToDictionary(r => r.Id, r => r.Code);

    /// <summary>
    /// The incident with this code, if the viewer may see it. Null does not distinguish between missing and not visible.
    /// </summary>
    public async Task<IncidentFacts?> FindVisibleAsync(ISql sql, Actor viewer, string code) =>
        IncidentCode.TryNormalise(code, out var known)
            ? (await sql.FirstOrDefaultAsync<FactsRow>("Incident_Facts", Visibility.Of(viewer, new { Code = known }), "Visible"))?.ToFacts()
            : null;

    /// <summary>The incident with this id, if the viewer may see it.</summary>
    public async Task<IncidentFacts?> FindVisibleAsync(ISql sql, Actor viewer, Guid id) =>
        (await sql.FirstOrDefaultAsync<FactsRow>("Incident_Facts", Visibility.Of(viewer, new { Id = id }), "ById", "Visible"))?.ToFacts();

    /// <summary>For internal use by the hub: no check of permissions.</summary>
    public async Task<IncidentFacts?> FindAsync(ISql sql, Guid id) =>
        (await sql.FirstOrDefaultAsync<FactsRow>("Incident_Facts", new { Id = id }, "ById"))?.ToFacts();

    /// <summary>The exposures and programs of an incident that stand. The caller has checked that they may be read.</summary>
    public static async Task<(IReadOnlyList<Exposure> Exposures, IReadOnlyList<ProgramInvolvement> Programs)> ScopeAsync(
        ISql sql, Guid id) =>
        await IncidentStore.LoadAsync(sql, id) is { State: var state }
            ? ([.. state.Exposures.Where(e => e.IsActive)], [.. state.Involvements.Where(l => l.IsActive)]) : ([], []);

    /// <summary>Whether of every exposure of these incidents it is known if there was improper access.</summary>
    public async Task<bool> IsAccessReviewedAsync(ISql sql, IReadOnlyCollection<Guid> ids) =>
        await sql.ScalarAsync<int>("Exposure_CountUnreviewed", new { Ids = IdList.Of(ids) }) == 0;

    /// <summary>Whether one of these incidents is restricted: what belongs to it has a random code.</summary>
    public static async Task<bool> AnyRestrictedAsync(ISql sql, IReadOnlyCollection<Guid> ids) =>
        ids.Count > 0 && await sql.ScalarAsync<int>("Incident_CountRestricted", new { Ids = IdList.Of(ids) }) > 0;

    /// <summary>Whether the actor owns a program of the incident, or is a deputy of its owner.</summary>
    public static async Task<Relation> RelationAsync(ISql sql, Actor actor, Guid incidentId) =>
        actor.Kind == ActorKind.Person
        && await sql.ScalarAsync<int>("Incident_OwnsProgram", new { IncidentId = incidentId, ViewerId = actor.Id }) == 1
            ? Relation.OwnProgram : Relation.None;

    private sealed record CodeRow
    {
        public required Guid Id { get; init; }
        public required string Code { get; init; }
    }

    private sealed record FactsRow
    {
        public required Guid Id { get; init; }
        public required string Code { get; init; }
        public required string Title { get; init; }
        public required int Sev { get; init; }
        public required string Status { get; init; }
        public required int Cycle { get; init; }
        public required string Confidentiality { get; init; }
        public required Guid? CommanderId { get; init; }
        public required DateTimeOffset DeclaredAt { get; init; }
        public required int Version { get; init; }

        public IncidentFacts ToFacts() => new()
        {
            Id = Id,
            Code = Code,
            Title = Title,
            Sev = (Sev)Sev,
            Status = Enum.Parse<IncidentStatus>(Status),
            Cycle = Cycle,
            Confidentiality = Enum.Parse<Confidentiality>(Confidentiality),
            CommanderId = CommanderId,
            DeclaredAt = DeclaredAt,
            Version = Version,
        };
    }
}

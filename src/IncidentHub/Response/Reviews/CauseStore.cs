using IncidentHub.Domain.Access;
using IncidentHub.Domain.Reviews;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Reviews;

/// <summary>A cause as loaded for a change.</summary>
internal sealed record CauseRecord(CauseState State, ChangeNote LastChange) : ILoaded<CauseState>
{
    public string Label => $"The cause {State.Name}";

    public int Version => State.Version;

    public Relation Relation(Actor actor) => Domain.Access.Relation.None;
}

/// <summary>The list of causes in the database.</summary>
internal static class CauseStore
{
    /// <summary>By name, retired ones too.</summary>
    public static async Task<IReadOnlyList<CauseState>> ListAsync(ISql sql) =>
        [.. (await sql.QueryAsync<Row>("Cause_List")).Select(r => r.ToState())];

    public static async Task<CauseRecord?> FindAsync(ISql sql, Guid id) =>
        await sql.FirstOrDefaultAsync<Row>("Cause_Find", new { Id = id }) is { } row
            ? new(row.ToState(), new(row.ChangedAt, row.ChangedBy, row.ChangedWhat)) : null;

    public static Task InsertAsync(UnitOfWork tx, CauseState cause, Actor by) =>
        tx.ExecuteAsync("Cause_Insert", Args(cause, 0, ChangeNote.Of(tx.Now, by.Name, "added")));

    /// <summary>False: another change was saved first.</summary>
    public static async Task<bool> UpdateAsync(UnitOfWork tx, CauseState before, CauseState next, Actor by) =>
        await tx.ExecuteAsync("Cause_Update", Args(next, before.Version, ChangeNote.Of(tx.Now, by.Name, "changed"))) == 1;

    private static object Args(CauseState c, int loadedVersion, ChangeNote change) => new
    {
        c.Id,
        c.Name,
        c.Description,
        c.IsRetired,
        c.Version,
        ChangedAt = change.At,
        ChangedBy = change.By,
        ChangedWhat = change.What,
        LoadedVersion = loadedVersion,
    };

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required string Name { get; init; }
        public required string Description { get; init; }
        public required bool IsRetired { get; init; }
        public required int Version { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required string ChangedBy { get; init; }
        public required string ChangedWhat { get; init; }

        public CauseState ToState() => new()
        {
            Id = Id,
            Name = Name,
            Description = Description,
            IsRetired = IsRetired,
            Version = Version,
        };
    }
}

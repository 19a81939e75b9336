using System.Security.Cryptography;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Statements;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Statements;

/// <summary>Loads and saves statements.</summary>
internal static class StatementStore
{
    private const int MaxCode = 20;

    /// <summary>The statement, if the actor may see its incident.</summary>
    public static async Task<StatementRecord?> LoadAsync(ISql sql, Actor actor, string code)
    {
        if (Codes.Upper(code) is not { Length: > 0 and <= MaxCode } known) return null;
        var row = await sql.FirstOrDefaultAsync<StatementRow>("IncidentStatement_Find", Visibility.Of(actor, new { Code = known }));
        return row is null ? null : new(row, row.ToState((await VersionsAsync(sql, [row.Id]))[row.Id]));
    }

    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<StatementVersion>>> VersionsAsync(
        ISql sql, IReadOnlyCollection<Guid> ids) =>
        ids.Count == 0 ? new Dictionary<Guid, IReadOnlyList<StatementVersion>>()
        : (await sql.QueryAsync<VersionRow>("StatementVersion_List", new { Ids = IdList.Of(ids) })).GroupBy(v => v.StatementId)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<StatementVersion>)[.. g.Select(v => v.ToVersion())]);

    /// <summary>Adds the statement with the next code; one of a restricted incident with a random code.</summary>
    public static async Task<string> InsertAsync(UnitOfWork tx, StatementState s, Actor actor, string what)
    {
        const string prefix = "S-";
        var number = await Counters.NextAsync(tx, "statement");
        var code = await IncidentReader.AnyRestrictedAsync(tx, [s.IncidentId])
            ? RandomCode.Next(prefix, RandomNumberGenerator.GetInt32) : $"{prefix}{await Counters.NextAsync(tx, "statement-code")}";
        await tx.ExecuteAsync("IncidentStatement_Insert", StatementRow.Args(s, code, number, 0, ChangeNote.Of(tx.Now, actor.Name, what)));
        await AddVersionsAsync(tx, s, 0);
        return code;
    }

    /// <summary>Saves the state after a command. False: another change was saved first.</summary>
    public static async Task<bool> UpdateAsync(UnitOfWork tx, StatementRecord before, StatementState next, Actor actor, string what)
    {
        var change = ChangeNote.Of(tx.Now, actor.Name, what);
        if (await tx.ExecuteAsync("IncidentStatement_Update",
                StatementRow.Args(next, before.Row.Code, before.Row.Number, before.Version, change)) != 1) return false;
        await AddVersionsAsync(tx, next, before.State.Versions.Count);
        return true;
    }

    private static Task AddVersionsAsync(UnitOfWork tx, StatementState s, int known) =>
        tx.ExecuteAsync("StatementVersion_Insert", s.Versions.Skip(known).Select(v => new
        {
            StatementId = s.Id,
            v.Number,
            v.Title,
            v.Body,
            v.WrittenById,
            v.WrittenBy,
            v.WrittenAt,
        }).ToList());

    private sealed record VersionRow
    {
        public required Guid StatementId { get; init; }
        public required int Number { get; init; }
        public required string Title { get; init; }
        public required string Body { get; init; }
        public required Guid WrittenById { get; init; }
        public required string WrittenBy { get; init; }
        public required DateTimeOffset WrittenAt { get; init; }

        public StatementVersion ToVersion() => new(Number, Title, Body, WrittenById, WrittenBy, WrittenAt);
    }
}

using System.Security.Cryptography;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Obligations;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Obligations;

/// <summary>Loads and saves obligations.</summary>
internal static class ObligationStore
{
    private const int MaxCode = 20;

    /// <summary>The obligation, if the actor may see its incident.</summary>
    public static async Task<ObligationRecord?> LoadAsync(ISql sql, Actor actor, string code)
    {
        if (Codes.Upper(code) is not { Length: > 0 and <= MaxCode } known) return null;
        var row = await sql.FirstOrDefaultAsync<ObligationRow>("Obligation_Find", Visibility.Of(actor, new { Code = known }));
        if (row is null) return null;
        var notices = await NoticesAsync(sql, [row.Id]);
        return new(row, row.ToState(notices.GetValueOrDefault(row.Id, [])), row.LastChange);
    }

    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Notice>>> NoticesAsync(ISql sql, IReadOnlyCollection<Guid> ids) =>
        ids.Count == 0 ? new Dictionary<Guid, IReadOnlyList<Notice>>()
        : (await sql.QueryAsync<NoticeRow>("ObligationNotice_List", new { Ids = IdList.Of(ids) })).GroupBy(n => n.ObligationId)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<Notice>)[.. g.Select(n => n.ToNotice())]);

    /// <summary>Adds the obligation with the next code; one of a restricted incident with a random code.</summary>
    public static async Task<string> InsertAsync(UnitOfWork tx, ObligationState o, Actor actor, string what)
    {
        const string prefix = "O-";
        var number = await Counters.NextAsync(tx, "obligation");
        var code = await IncidentReader.AnyRestrictedAsync(tx, [o.IncidentId])
            ? RandomCode.Next(prefix, RandomNumberGenerator.GetInt32) : $"{prefix}{await Counters.NextAsync(tx, "obligation-code")}";
        await tx.ExecuteAsync("Obligation_Insert", ObligationRow.Args(o, code, number, 0, ChangeNote.Of(tx.Now, actor.Name, what)));
        return code;
    }

    /// <summary>Saves the state after a command, and keeps it. False: another change was saved first.</summary>
    public static async Task<bool> UpdateAsync(UnitOfWork tx, ObligationRecord before, ObligationState next, Actor actor, string what)
    {
        var row = ObligationRow.Args(
            next, before.Row.Code, before.Row.Number, before.Version, ChangeNote.Of(tx.Now, actor.Name, what));
        if (await tx.ExecuteAsync("Obligation_Update", row) != 1) return false;
        await tx.ExecuteAsync("ObligationRevision_Insert", row);
        await tx.ExecuteAsync("ObligationNotice_Insert", next.Notices.Skip(before.State.Notices.Count).Select((n, i) => new
        {
            ObligationId = next.Id,
            Number = before.State.Notices.Count + i + 1,
            n.At,
            n.Reference,
            n.Note,
            n.IsComplete,
            n.RecordedAt,
            RecordedBy = n.By,
        }).ToList());
        return true;
    }

    private sealed record NoticeRow
    {
        public required Guid ObligationId { get; init; }
        public required int Number { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string Reference { get; init; }
        public required string Note { get; init; }
        public required bool IsComplete { get; init; }
        public required DateTimeOffset RecordedAt { get; init; }
        public required string RecordedBy { get; init; }

        public Notice ToNotice() => new(At, Reference, Note, IsComplete, RecordedAt, RecordedBy);
    }
}

using IncidentHub.Access.Identity;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Timeline;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// Counsel's privileged notes on an incident. Apart from counsel only people of privacy read them whom counsel has named; not the
/// commander, administrators or auditors.
/// </summary>
internal sealed class PrivilegedNotes(Db db, IncidentReader incidents, People people)
{
    private static readonly Refusal NoSuchNote = Refusal.NotFound("The note");

    public Task<Result<NoteWrittenView>> WriteAsync(string code, string body, Actor actor, CancellationToken ct = default) =>
        ChangeAsync<NoteWrittenView>(
        code, actor,
        async (tx, part) =>
        {
            var outcome = NoteRules.Decide(null, new NoteCommand.Write(OrderedId.Next(tx.Now), NoteKind.Note, body, null), actor, tx.Now);
            if (outcome.Refusal is { } refused) return refused;
            var (next, events) = outcome.Value;
            var salt = await PrivilegedStore.InsertAsync(tx, part, next, actor);
            foreach (var happened in events) await tx.RecordAsync(actor, PrivilegedHistory.Of(part, next, salt, happened));
            return new NoteWrittenView(next.Id, next.Revision);
        },
        ct);

    /// <summary>Revises one's own note; the text that it replaces is kept.</summary>
    public Task<Result<NoteWrittenView>> ReviseAsync(string code, Guid id, string body, int? expectedRevision, Actor actor,
        CancellationToken ct = default) => ChangeAsync<NoteWrittenView>(
        code, actor,
        async (tx, part) =>
        {
            if (await PrivilegedStore.FindNoteAsync(tx, part, id) is not { } before) return NoSuchNote;
            if (expectedRevision is { } expected && expected != before.Revision)
                return Refusal.Stale(
                    $"The note was revised in the meantime and is at revision {before.Revision}. Your text was not saved. Load the current "
                        + "version, then try again.");
            var outcome = NoteRules.Decide(before, new NoteCommand.Revise(body), actor, tx.Now);
            if (outcome.Refusal is { } refused) return refused;
            var (next, events) = outcome.Value;
            if (events.Count == 0) return new NoteWrittenView(next.Id, next.Revision);
            var salt = await PrivilegedStore.ReviseAsync(tx, before, next, actor);
            foreach (var happened in events) await tx.RecordAsync(actor, PrivilegedHistory.Of(part, next, salt, happened));
            return new NoteWrittenView(next.Id, next.Revision);
        },
        ct);

    /// <summary>Names a person of privacy, who may read all of the privileged part from now on.</summary>
    public async Task<Result<Done>> NameAsync(string code, string account, Actor actor, CancellationToken ct = default)
    {
        var person = await FindAsync(account, ct);
        return await ChangeAsync<Done>(
        code, actor,
        async (tx, part) =>
        {
            if (person is not { IsActive: true } || (person.Roles & Roles.Privacy) == 0)
                return Refusal.Invalid("account", "Choose an active account with the role privacy.");
            // Naming widens who sees it, not who sees the incident: privacy does.
            if (await PrivilegedStore.AddReaderAsync(tx, part, person.Id, person.DisplayName, actor))
                await tx.RecordAsync(actor, PrivilegedHistory.OfReader(part, person.Id, person.DisplayName, named: true));
            return default(Done);
        },
        ct);
    }

    public async Task<Result<Done>> ReleaseAsync(string code, string account, Actor actor, CancellationToken ct = default)
    {
        var person = await FindAsync(account, ct);
        return await ChangeAsync<Done>(
        code, actor,
        async (tx, part) =>
        {
            if (person is null || !await PrivilegedStore.RemoveReaderAsync(tx, part, person.Id)) return Refusal.NotFound("The person");
            await tx.RecordAsync(actor, PrivilegedHistory.OfReader(part, person.Id, person.DisplayName, named: false));
            return default(Done);
        },
        ct);
    }

    private async Task<Person?> FindAsync(string account, CancellationToken ct) =>
        account.Length is > 0 and <= 200 ? await people.FindByAccountAsync(account, ct) : null;

    private async Task<Result<T>> ChangeAsync<T>(string code, Actor actor, Func<UnitOfWork, PrivilegedPart, Task<Result<T>>> change,
        CancellationToken ct)
    {
        if (AccessTable.Deny(actor, Act.WritePrivileged) is { } denied) return denied;
        return await db.WriteAsync<T>(
            async tx =>
            {
                if (await incidents.FindVisibleAsync(tx, actor, code) is not { } incident) return Refusal.NotFound("The incident");
                if (incident.Status == IncidentStatus.Merged)
                    return Refusal.NotAllowed("merged", $"{incident.Code} was merged into another incident. Continue there.");
                return await change(tx, await PrivilegedStore.PartAsync(tx, incident));
            },
            ct: ct);
    }
}

using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Flags;

/// <summary>
/// The commands of reporters and triage on a flag, by its code. A flag is declared as an incident in the incident's transaction.
/// </summary>
internal sealed partial class FlagCommands(
    Db db, ProgramReader programs, IncidentReader incidents, FlagFiles files, EvidenceCommands evidence)
    : Commands<string, FlagRecord, FlagState, FlagCommand>(db), IFlagDeclaration
{
    private const int MaxMessages = 500;
    private static readonly Refusal NoSuchIncident =
        Refusal.Invalid("incident", "There is no such incident. Give its code, such as INC-12.");

    protected override string Thing => "The flag";

    protected override Act ReadAct => Act.FollowFlag;

    protected override Relation PossibleRelation => Relation.OwnFlag;

    /// <summary>Merges the flag into an existing incident that the actor may see.</summary>
    public Task<Result<FlagRecord>> MergeAsync(string code, string incidentCode, int? expectedVersion, Actor actor,
        CancellationToken ct = default) =>
        Db.WriteAsync<FlagRecord>(
            async tx =>
            {
                var flag = await OpenAsync(tx, code, Act.TriageFlag, expectedVersion, actor);
                if (!flag.IsOk) return flag;
                if (await incidents.FindVisibleAsync(tx, actor, incidentCode) is not { } incident)
                    return NoSuchIncident;
                var merged = await ApplyAsync(tx, flag.Value, new MergeFlag(incident.Id, incident.Code, actor.Id), actor);
                if (!merged.IsOk) return merged;
                return await CarryOverAsync(tx, merged.Value.State.Id, incident.Code, actor) is { } refused ? refused : merged;
            },
            ct: ct);

    /// <summary>A message by a signed-in person: triage, or the reporter of a flag that is not anonymous.</summary>
    public Task<Result<FlagRecord>> SayAsync(
        string code, string message, Actor actor, IReadOnlyList<FlagAttachment>? attachments = null, CancellationToken ct = default) =>
        Db.WriteAsync<FlagRecord>(
            async tx =>
            {
                var flag = await OpenAsync(tx, code, Act.FollowFlag, null, actor);
                if (!flag.IsOk) return flag;
                // A responder who raised the flag writes as its reporter, not as triage.
                var own = flag.Value.Relation(actor) == Relation.OwnFlag;
                var say = new WriteFlagMessage(OrderedId.Next(tx.Now), own ? FlagSide.Reporter : FlagSide.Triage, actor.Id, message,
                    attachments);
                return await ApplyAsync(tx, flag.Value, say, own ? FlagActors.Reporter : actor);
            },
            ct: ct);

    /// <summary>A message by the holder of the receipt. Requires no sign-in and stores nothing about one.</summary>
    public Task<Result<FlagRecord>> SayByReceiptAsync(
        string receipt, string message, IReadOnlyList<FlagAttachment>? attachments = null, CancellationToken ct = default) =>
        Db.WriteAsync<FlagRecord>(
            async tx => await FlagStore.LoadByReceiptAsync(tx, receipt) is { } flag
                ? await ApplyAsync(tx, flag, new WriteFlagMessage(OrderedId.Next(tx.Now), FlagSide.Reporter, null, message,
                    attachments), FlagActors.Anonymous)
                : Refusal.NotFound("A flag with this receipt"),
            ct: ct);

    public async Task<Result<DeclaredFlag>> MarkDeclaredAsync(
        UnitOfWork tx, string flagCode, Guid incidentId, string incidentCode, Actor actor)
    {
        var flag = AccessTable.Allows(actor, Act.TriageFlag) ? await FlagStore.LoadAsync(tx, flagCode) : null;
        if (flag is null) return Refusal.NotFound(Thing);
        var ended = await ApplyAsync(tx, flag, new DeclareFromFlag(incidentId, incidentCode, actor.Id), actor);
        if (ended.Refusal is { } refused) return refused;
        var s = ended.Value.State;
        return new DeclaredFlag(s.Id, s.Code, s.FlaggedAt, s.AcknowledgedAt);
    }

    // Those who may not see the flag get «not found»; its own reporter gets «forbidden».
    protected override async Task<FlagRecord?> LoadAsync(UnitOfWork tx, string id, Actor actor) =>
        await FlagStore.LoadAsync(tx, id) is { } flag && FlagActors.MaySee(flag.State, actor) ? flag : null;

    protected override Act ActOf(FlagCommand command) => command switch
    {
        AcknowledgeFlag or DismissFlag => Act.TriageFlag,
        FileFlag or WriteFlagMessage or MergeFlag or DeclareFromFlag or _ =>
            throw new ArgumentOutOfRangeException(nameof(command), command, "Run through its own method."),
    };

    protected override async Task<Result<Accepted<FlagState>>> DecideAsync(UnitOfWork tx, FlagRecord loaded, FlagCommand command,
        Actor actor) =>
        command is WriteFlagMessage say && await CheckSpaceAsync(tx, loaded.State.Id, say) is { } full
            ? full : FlagRules.Decide(loaded.State, command, tx.Now);

    protected override async Task<bool> SaveAsync(UnitOfWork tx, FlagRecord before, FlagState next, IReadOnlyList<DomainEvent> events,
        Actor actor)
    {
        if (!await FlagStore.UpdateAsync(tx, before.State, next, actor.Name, FlagHistory.Summary(events))) return false;
        foreach (var written in events.OfType<FlagMessageWritten>()) await FlagStore.AddMessageAsync(tx, next.Id, written.Message);
        foreach (var attached in events.OfType<FlagAttached>()) await FlagStore.AttachAsync(tx, next.Id, attached);
        return true;
    }

    protected override JournalEntry Journal(FlagRecord before, FlagState next, DomainEvent happened) =>
        FlagHistory.Of(next, happened);

    protected override Task<Result<FlagRecord>> FollowAsync(UnitOfWork tx, FlagRecord before, FlagState next,
        IReadOnlyList<DomainEvent> events, Actor actor) =>
        Task.FromResult<Result<FlagRecord>>(
            before with { State = next, LastChange = ChangeNote.Of(tx.Now, actor.Name, FlagHistory.Summary(events)) });

    private static async Task<Refusal?> CheckSpaceAsync(UnitOfWork tx, Guid flagId, WriteFlagMessage say)
    {
        if ((await FlagStore.MessagesAsync(tx, flagId)).Count >= MaxMessages)
            return Refusal.NotAllowed("too_many", $"A flag holds at most {MaxMessages} messages. File a new one.");
        if (say.Attachments is not { Count: > 0 } more) return null;
        var present = await FlagStore.AttachmentsAsync(tx, flagId);
        return FlagRules.CheckFiles([.. present.Select(f => f.Digest)], more);
    }
}

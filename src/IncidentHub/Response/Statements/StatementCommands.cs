using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Statements;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Statements;

/// <summary>A statement to write.</summary>
internal sealed record DraftStatement(StatementAudience Audience, string? Title, string? Body);

/// <summary>Changes of a statement, by its code.</summary>
internal sealed class StatementCommands(Db db, IncidentReader incidents)
    : Commands<string, StatementRecord, StatementState, StatementCommand>(db)
{
    protected override string Thing => "The statement";

    protected override Act ReadAct => Act.ReadIncidents;

    /// <summary>Writes a statement of an incident.</summary>
    /// <returns>Its code.</returns>
    public async Task<Result<string>> DraftAsync(string incidentCode, DraftStatement draft, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, ReadAct) is { } denied) return denied;
        return await Db.WriteAsync<string>(tx => DraftAsync(tx, incidentCode, draft, actor), ct: ct);
    }

    /// <summary>Within an open transaction.</summary>
    public async Task<Result<string>> DraftAsync(UnitOfWork tx, string incidentCode, DraftStatement draft, Actor actor)
    {
        if (await incidents.FindVisibleAsync(tx, actor, incidentCode) is not { } incident) return Refusal.NotFound("The incident");
        var relation = await IncidentReader.RelationAsync(tx, actor, incident.Id);
        if (AccessTable.Deny(actor, Act.DraftStatement, relation) is { } denied) return denied;
        var outcome = StatementRules.Draft(OrderedId.Next(tx.Now), incident.Id, incident.Status == IncidentStatus.Merged, draft.Audience,
            draft.Title, draft.Body, actor, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var (next, events) = outcome.Value;
        var code = await StatementStore.InsertAsync(tx, next, actor, StatementHistory.Summary(events));
        foreach (var happened in events) await tx.RecordAsync(actor, StatementHistory.Of(code, next, happened));
        return code;
    }

    /// <summary>Whether the actor is offered to write statements of the incident. The command checks again.</summary>
    public Task<bool> MayDraftAsync(string incidentCode, Actor actor, CancellationToken ct) => Db.ReadAsync(
        async sql => await incidents.FindVisibleAsync(sql, actor, incidentCode) is { } incident
            && AccessTable.Allows(actor, Act.DraftStatement, await IncidentReader.RelationAsync(sql, actor, incident.Id)),
        ct);

    /// <summary>Approves and publishes the last version.</summary>
    public Task<Result<StatementRecord>> PublishAsync(string code, int? expectedVersion, Actor actor, CancellationToken ct = default) =>
        RunAsync(code, new PublishStatement(false), expectedVersion, actor, ct);

    protected override Task<StatementRecord?> LoadAsync(UnitOfWork tx, string id, Actor actor) => StatementStore.LoadAsync(tx, actor, id);

    protected override Act ActOf(StatementCommand command) => command switch
    {
        ReviseStatement => Act.DraftStatement,
        PublishStatement or WithdrawStatement => Act.PublishStatement,
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "An unknown command."),
    };

    // Whether the incident is restricted is read in the transaction that publishes.
    protected override Task<Result<Accepted<StatementState>>> DecideAsync(UnitOfWork tx, StatementRecord loaded, StatementCommand command,
        Actor actor) =>
        Task.FromResult(StatementRules.Decide(
            loaded.State, command is PublishStatement ? new PublishStatement(loaded.Row.IsRestricted) : command, actor, tx.Now));

    protected override Task<bool> SaveAsync(UnitOfWork tx, StatementRecord before, StatementState next,
        IReadOnlyList<DomainEvent> events, Actor actor) =>
        StatementStore.UpdateAsync(tx, before, next, actor, StatementHistory.Summary(events));

    protected override JournalEntry Journal(StatementRecord before, StatementState next, DomainEvent happened) =>
        StatementHistory.Of(before.Row.Code, next, happened);

    protected override Task<Result<StatementRecord>> FollowAsync(UnitOfWork tx, StatementRecord before, StatementState next,
        IReadOnlyList<DomainEvent> events, Actor actor) => Task.FromResult<Result<StatementRecord>>(before with { State = next });
}

/// <summary>An incident was merged into another: its statements and questions move to the surviving incident.</summary>
internal sealed class StatementsOfMergedIncidents : IEventHandler<IncidentMergedInto>
{
    public async Task HandleAsync(UnitOfWork tx, IncidentMergedInto happened, Actor actor)
    {
        var moved = await tx.ExecuteAsync("IncidentStatement_Move", new { happened.FromId, happened.IntoId });
        if (moved == 0) return;
        // There are questions only where there was a published statement.
        await tx.ExecuteAsync("NoticeQuestion_Move", new { happened.FromId, happened.IntoId });
        await tx.RecordAsync(actor, new()
        {
            Action = "statement.moved",
            Subject = $"incident {happened.IntoCode}",
            About = [happened.FromId, happened.IntoId],
            Detail = new { From = happened.FromCode, Into = happened.IntoCode, Count = moved },
            SubjectTopics = [new([happened.FromId, happened.IntoId], ["statements", StatementHistory.NoticesTopic])],
        });
    }
}

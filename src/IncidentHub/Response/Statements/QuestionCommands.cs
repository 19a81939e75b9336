using IncidentHub.Domain.Access;
using IncidentHub.Domain.Statements;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Statements;

/// <param name="Incident">The code of the incident.</param>
internal sealed record QuestionKey(string Incident, Guid Id);

/// <summary>A question as loaded for a change.</summary>
internal sealed record QuestionRecord(QuestionState State, string Incident, Relation Of) : ILoaded<QuestionState>
{
    public string Label => "The question";

    public int Version => State.Version;

    public ChangeNote LastChange => State.Answer is { } answer
        ? new(answer.At, answer.By, "answered") : new(State.AskedAt, State.AskedBy, "asked");

    public Relation Relation(Actor actor) => Of;
}

/// <summary>Questions on the employee page of an incident, and their answers.</summary>
internal sealed class QuestionCommands(Db db) : Commands<QuestionKey, QuestionRecord, QuestionState, QuestionCommand>(db)
{
    protected override string Thing => "The question";

    protected override Act ReadAct => Act.ReadNotices;

    public async Task<Result<QuestionState>> AskAsync(string incident, string? text, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.AskQuestion) is { } denied) return denied;
        return await Db.WriteAsync<QuestionState>(tx => AskAsync(tx, incident, text, actor), ct: ct);
    }

    /// <summary>Within an open transaction; the caller has the permission.</summary>
    public async Task<Result<QuestionState>> AskAsync(UnitOfWork tx, string incident, string? text, Actor actor)
    {
        if (await NoticeQueries.IncidentAsync(tx, incident) is not { } about) return NoticeQueries.NoSuchNotice;
        var waiting = (int)await tx.ScalarAsync<long>("NoticeQuestion_Waiting", new { IncidentId = about.Id, AskedById = actor.Id });
        var outcome = QuestionRules.Ask(OrderedId.Next(tx.Now), about.Id, text, waiting, actor, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var (next, events) = outcome.Value;
        await tx.ExecuteAsync("NoticeQuestion_Insert", QuestionRow.Args(next, 0));
        foreach (var happened in events) await tx.RecordAsync(actor, QuestionHistory.Of(about.Code, next, happened));
        return next;
    }

    protected override async Task<QuestionRecord?> LoadAsync(UnitOfWork tx, QuestionKey id, Actor actor)
    {
        if (await NoticeQueries.IncidentAsync(tx, id.Incident) is not { } about) return null;
        var row = await tx.FirstOrDefaultAsync<QuestionRow>("NoticeQuestion_Find", new { IncidentId = about.Id, id.Id });
        return row is null ? null : new(row.ToState(), about.Code, await IncidentReader.RelationAsync(tx, actor, about.Id));
    }

    protected override Act ActOf(QuestionCommand command) => Act.AnswerQuestion;

    protected override Task<Result<Accepted<QuestionState>>> DecideAsync(UnitOfWork tx, QuestionRecord loaded, QuestionCommand command,
        Actor actor) => Task.FromResult(QuestionRules.Decide(loaded.State, command, actor, tx.Now));

    protected override async Task<bool> SaveAsync(UnitOfWork tx, QuestionRecord before, QuestionState next,
        IReadOnlyList<DomainEvent> events, Actor actor) =>
        await tx.ExecuteAsync("NoticeQuestion_Update", QuestionRow.Args(next, before.Version)) == 1;

    protected override JournalEntry Journal(QuestionRecord before, QuestionState next, DomainEvent happened) =>
        QuestionHistory.Of(before.Incident, next, happened);

    protected override Task<Result<QuestionRecord>> FollowAsync(UnitOfWork tx, QuestionRecord before, QuestionState next,
        IReadOnlyList<DomainEvent> events, Actor actor) => Task.FromResult<Result<QuestionRecord>>(before with { State = next });
}

/// <summary>A row of the table NoticeQuestion.</summary>
internal sealed record QuestionRow
{
    public required Guid Id { get; init; }
    public required Guid IncidentId { get; init; }
    public required string Question { get; init; }
    public required Guid AskedById { get; init; }
    public required string AskedBy { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required string? Answer { get; init; }
    public required string? AnsweredBy { get; init; }
    public required DateTimeOffset? AnsweredAt { get; init; }
    public required int Version { get; init; }

    public QuestionState ToState() => new(Id, IncidentId, Question, AskedById, AskedBy, AskedAt,
        Answer is null ? null : new(Answer, AnsweredBy!, AnsweredAt!.Value), Version);

    /// <param name="isAnswerer">Others do not learn who asked.</param>
    public QuestionView ToView(bool isAnswerer) =>
        new(Id, Question, isAnswerer ? AskedBy : null, AskedAt, Answer, AnsweredBy, AnsweredAt, Version);

    public static object Args(QuestionState q, int loadedVersion) => new
    {
        q.Id,
        q.IncidentId,
        Question = q.Text,
        q.AskedById,
        q.AskedBy,
        q.AskedAt,
        Answer = q.Answer?.Text,
        AnsweredBy = q.Answer?.By,
        AnsweredAt = q.Answer?.At,
        q.Version,
        LoadedVersion = loadedVersion,
    };
}

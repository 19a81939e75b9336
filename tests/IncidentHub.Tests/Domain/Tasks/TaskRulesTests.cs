using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Tasks;
using TaskStatus = IncidentHub.Domain.Tasks.TaskStatus;

namespace IncidentHub.Tests.Domain.Tasks;

public class TaskRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly Actor Doer = new(OrderedId.Next(Now), "Responder", Roles.Responder);
    private static readonly Actor Other = new(OrderedId.Next(Now), "Second responder", Roles.Responder);

    [Fact]
    public void A_fix_is_closed_by_somebody_other_than_its_doer()
    {
        var done = Next(Make(TaskKind.Fix), new CompleteTask("The grant is gone."), Doer);
        Assert.Equal(TaskStatus.AwaitingCheck, done.Status);
        Assert.Equal("doer_cannot_check", Refused(done, new CheckTask(true, "Fine."), Doer).Code);
        var closed = Next(done, new CheckTask(true, "Probed: no access."), Other);
        Assert.Equal(TaskStatus.Closed, closed.Status);
        Assert.NotEqual(closed.DoneById, closed.ClosedById);
    }

    [Fact]
    public void A_fix_that_fails_its_verification_is_sent_back()
    {
        var back = Next(Next(Make(TaskKind.Fix), new CompleteTask("Done."), Doer), new CheckTask(false, "Still readable."), Other);
        Assert.Equal(TaskStatus.Open, back.Status);
        Assert.Null(back.DoneById);
    }

    [Fact]
    public void Other_tasks_are_closed_by_their_doer() =>
        Assert.Equal(TaskStatus.Closed, Next(Make(TaskKind.General), new CompleteTask("Done."), Doer).Status);

    [Theory]
    [InlineData(TaskKind.Condition)]
    [InlineData(TaskKind.Disposal)]
    public void A_condition_of_a_decision_cannot_be_cancelled(TaskKind kind) =>
        Assert.Equal("decided", Refused(Make(kind), new CancelTask("No time."), Doer).Code);

    [Fact]
    public void A_disposal_is_closed_by_evidence_or_its_dataset_is_kept_with_a_reason()
    {
        var (evidence, disposal) = (OrderedId.Next(Now), Make(TaskKind.Disposal) with { IncidentIds = [OrderedId.Next(Now)] });
        Assert.Equal(["evidence"], Refused(disposal, new CompleteTask("Deleted."), Doer).Errors!.Keys);
        Assert.Equal(["note"], Refused(disposal, new CompleteTask(" ", IsKept: true), Doer).Errors!.Keys);
        var disposed = Next(disposal, new CompleteTask("Deleted.", EvidenceId: evidence), Doer);
        Assert.Equal((TaskStatus.Closed, evidence, false), (disposed.Status, disposed.EvidenceId, disposed.IsKept));
        var kept = Next(disposal, new CompleteTask("An authority asked for it.", IsKept: true), Doer);
        Assert.Equal((TaskStatus.Closed, null, true), (kept.Status, kept.EvidenceId, kept.IsKept));
        var again = Next(disposed, new ReopenTask("Not all of it."), Doer);
        Assert.Equal((null, false), (again.EvidenceId, again.IsKept));

        // Evidence belongs to an incident; nothing but a disposal is kept.
        Assert.Equal(TaskStatus.Closed, Next(Make(TaskKind.Disposal), new CompleteTask("Deleted."), Doer).Status);
        foreach (var kind in Enum.GetValues<TaskKind>().Where(k => k != TaskKind.Disposal))
            Assert.Equal(["kept"], Refused(Make(kind), new CompleteTask("Done.", IsKept: true), Doer).Errors!.Keys);
    }

    [Fact]
    public void A_cancelled_task_can_be_reopened()
    {
        var dropped = Next(Make(TaskKind.General), new CancelTask("Not needed."), Doer);
        Assert.Equal(TaskStatus.Cancelled, dropped.Status);
        Assert.Equal("not_open", Refused(dropped, new CompleteTask("Done."), Doer).Code);
        Assert.Equal(TaskStatus.Open, Next(dropped, new ReopenTask("It is."), Other).Status);
    }

    [Fact]
    public void Every_wrong_field_of_a_new_task_is_named_at_once()
    {
        var outcome = TaskRules.Create(Make(TaskKind.General) with { What = new string('x', 501), DueAt = Now, OwnerId = Guid.Empty }, Now);
        var why = Assert.IsType<Refusal>(outcome.Refusal);
        Assert.Equal(["dueAt", "owner", "what"], why.Errors!.Keys.Order());
    }

    [Fact]
    public void A_task_that_is_late_can_still_be_edited_without_a_new_date()
    {
        var late = Make(TaskKind.General) with { DueAt = Now.AddDays(-1) };
        Assert.True(late.IsOverdue(Now));
        Assert.Equal("Else", Next(late, new EditTask("Else", null, null, late.DueAt), Doer).What);
        Assert.Contains("dueAt", Refused(late, new EditTask("Else", null, null, Now.AddDays(-2)), Doer).Errors!.Keys);
    }

    [Fact]
    public void A_condition_is_missed_once_until_it_has_another_date()
    {
        var late = Make(TaskKind.Condition) with { DueAt = Now };
        var missed = Next(late, new MissTask(), Actor.System);
        Assert.Equal((Now, late.Version + 1), (missed.MissedAt, missed.Version));
        Assert.Empty(TaskRules.Decide(missed, new MissTask(), Actor.System, Now.AddDays(1)).Value.Events);
        Assert.Equal(Now, Next(missed, new EditTask("Else", null, null, Now), Doer).MissedAt);
        Assert.Null(Next(missed, new EditTask("Else", null, null, Now.AddDays(1)), Doer).MissedAt);
    }

    [Theory]
    [InlineData(TaskKind.General, TaskStatus.Open, 0)]
    [InlineData(TaskKind.Condition, TaskStatus.Closed, 0)]
    [InlineData(TaskKind.Condition, TaskStatus.Open, 1)]
    public void What_is_no_condition_done_or_not_due_is_not_missed(TaskKind kind, TaskStatus status, int dueInHours)
    {
        var task = Make(kind) with { Status = status, DueAt = Now.AddHours(dueInHours) };
        Assert.Same(task, Next(task, new MissTask(), Actor.System));
    }

    private static TaskState Make(TaskKind kind) =>
        new() { Id = OrderedId.Next(Now), Kind = kind, What = "Remove the grant", CreatedAt = Now, Version = 1 };

    private static TaskState Next(TaskState task, TaskCommand command, Actor actor) =>
        (TaskRules.Decide(task, command, actor, Now)).Value.Next;

    private static Refusal Refused(TaskState task, TaskCommand command, Actor actor) =>
        Assert.IsType<Refusal>(TaskRules.Decide(task, command, actor, Now).Refusal);
}

using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Reviews;

namespace IncidentHub.Tests.Domain.Reviews;

public sealed class IncidentReviewRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 18, 13, 50, 0, TimeSpan.Zero);
    private static readonly Actor Responder = new(Guid.CreateVersion7(), "Responder", Roles.Responder);
    private static readonly Guid Offered = Guid.CreateVersion7(), Retired = Guid.CreateVersion7();
    private static readonly IncidentReviewState Empty = new() { IncidentId = Guid.CreateVersion7() };
    private static readonly IncidentReviewState Written = Empty with { Causes = [Offered], Lessons = "Review grants.", Version = 3 };

    public static TheoryData<IncidentStatus> NotClosed => [.. Enum.GetValues<IncidentStatus>().Where(s => s != IncidentStatus.Closed)];

    [Theory]
    [MemberData(nameof(NotClosed))]
    public void It_is_completed_only_when_the_incident_is_closed(IncidentStatus status) =>
        Assert.Equal("not_closed", Decide(Written, new CompleteReview(status)).Refusal?.Code);

    [Fact]
    public void A_complete_one_names_a_cause_and_a_lesson()
    {
        var refused = Decide(Empty with { Version = 1 }, new CompleteReview(IncidentStatus.Closed)).Refusal!;
        Assert.Equal(["causes", "lessons"], refused.Errors!.Keys.Order());
        var (next, events) = Decide(Written, new CompleteReview(IncidentStatus.Closed)).Value;
        Assert.Equal((ReviewStatus.Completed, Now, "Responder", 4), (next.Status, next.CompletedAt, next.CompletedBy, next.Version));
        Assert.IsType<ReviewCompleted>(Assert.Single(events));
    }

    [Fact]
    public void A_completed_one_is_changed_only_after_it_is_reopened_with_a_reason()
    {
        var done = Decide(Written, new CompleteReview(IncidentStatus.Closed)).Value.Next;
        Assert.Equal("completed", Decide(done, new SaveReview([Offered], "x", null, "y")).Refusal?.Code);
        Assert.Equal("completed", Decide(done, new CompleteReview(IncidentStatus.Closed)).Refusal?.Code);
        Assert.Equal(["reason"], Decide(done, new ReopenReview(" ")).Refusal!.Errors!.Keys);
        var open = Decide(done, new ReopenReview("More was found.")).Value.Next;
        Assert.Equal((ReviewStatus.Draft, null, null), (open.Status, open.CompletedAt, open.CompletedBy));
        Assert.True(Decide(open, new SaveReview([Offered], "x", null, "y")).IsOk);
        Assert.Equal("not_completed", Decide(open, new ReopenReview("Again.")).Refusal?.Code);
    }

    [Fact]
    public void Causes_are_of_the_list_and_a_retired_one_stays_where_it_was_chosen()
    {
        Assert.Equal(["causes"], Decide(Empty, new SaveReview([Retired], null, null, "x")).Refusal!.Errors!.Keys);
        Assert.True(Decide(Written with { Causes = [Retired] }, new SaveReview([Retired, Offered], null, null, "x")).IsOk);
        var many = Enumerable.Range(0, IncidentReviewRules.MostCauses + 1).Select(_ => Guid.CreateVersion7()).ToHashSet();
        Assert.Equal(["causes"], IncidentReviewRules.Decide(Empty, new SaveReview([.. many], null, null, null), many, Responder, Now)
            .Refusal!.Errors!.Keys);
    }

    [Fact]
    public void A_save_that_changes_nothing_is_no_event_and_the_order_of_causes_is_none()
    {
        var other = Guid.CreateVersion7();
        var both = Written with { Causes = [Offered, other] };
        Assert.Empty(Decide(both, new SaveReview([other, Offered, other], "", null, " Review grants. ")).Value.Events);
        Assert.IsType<ReviewSaved>(Assert.Single(Decide(both, new SaveReview([other], "", null, "Review grants.")).Value.Events));
        Assert.IsType<ReviewSaved>(Assert.Single(Decide(both, new SaveReview([Offered, other], "Inherited.", null, "Review grants."))
            .Value.Events));
    }

    [Fact]
    public void A_close_makes_it_due_and_opens_a_completed_one()
    {
        var done = Decide(Written, new CompleteReview(IncidentStatus.Closed)).Value.Next;
        var (next, events) = Decide(done, new RequireReview(Now.AddDays(7))).Value;
        Assert.Equal((ReviewStatus.Draft, Now.AddDays(7), "Review grants."), (next.Status, next.DueAt!.Value, next.Lessons));
        Assert.Equal(Now.AddDays(7), Assert.IsType<ReviewRequired>(Assert.Single(events)).DueAt);
        Assert.Empty(Decide(Empty, new RequireReview(null)).Value.Events);
        Assert.IsType<ReviewNotRequired>(Assert.Single(Decide(next, new RequireReview(null)).Value.Events));
    }

    [Theory]
    [InlineData("Third party", null)]
    [InlineData("third PARTY ", "cause_exists")]
    [InlineData(" ", "invalid")]
    public void The_name_of_a_cause_is_taken_once(string name, string? refused)
    {
        var added = CauseRules.Add(Guid.CreateVersion7(), name, null, refused is null ? [] : ["Third party"]);
        Assert.Equal(refused, added.Refusal?.Code);
        if (added.Refusal is not null) return;
        var cause = added.Value.Next;
        Assert.Empty(CauseRules.Decide(cause, new(null, null, null), []).Value.Events);
        Assert.True(CauseRules.Decide(cause, new(null, null, true), []).Value.Next.IsRetired);
        Assert.Equal("cause_exists", CauseRules.Decide(cause, new("Software", null, null), ["software"]).Refusal?.Code);
    }

    private static Result<Accepted<IncidentReviewState>> Decide(IncidentReviewState state, ReviewCommand command) =>
        IncidentReviewRules.Decide(
            state, command, new HashSet<Guid>(state.Causes.Append(Offered).Where(c => c != Retired)), Responder, Now);
}

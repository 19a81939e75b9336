using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Statements;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Domain.Statements;

public class StatementRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly Actor Writer = TestHub.Actor("responder"), Privacy = TestHub.Actor("privacy"),
        Counsel = TestHub.Actor("counsel");
    private static readonly Guid Id = SampleEvents.Id(), Incident = SampleEvents.Id();

    private static StatementState Drafted(StatementAudience audience = StatementAudience.Employees, Actor? by = null) =>
        StatementRules.Draft(Id, Incident, false, audience, " Names were readable ", " They no longer are. ", by ?? Writer, Now).Value.Next;

    private static Result<Accepted<StatementState>> Run(StatementState state, StatementCommand command, Actor by, int minutes = 0) =>
        StatementRules.Decide(state, command, by, Now.AddMinutes(minutes));

    private static StatementState Published => Run(Drafted(), new PublishStatement(false), Privacy).Value.Next;

    private static StatementState Withdrawn => Run(Published, new WithdrawStatement("Wrong."), Privacy).Value.Next;

    [Fact]
    public void A_draft_is_the_first_version_and_is_not_published()
    {
        var drafted = Drafted();
        Assert.Equal([new(1, "Names were readable", "They no longer are.", Writer.Id, Writer.Name, Now)], drafted.Versions);
        Assert.Equal((StatementStatus.Draft, true, 1), (drafted.Status, drafted.HasDraft, drafted.Version));
        Assert.Null(drafted.Published);
    }

    [Theory]
    [InlineData(null, "x", "title")]
    [InlineData(" ", "x", "title")]
    [InlineData("x", null, "body")]
    [InlineData("x", " ", "body")]
    public void Title_and_text_are_required_of_every_version(string? title, string? body, string field)
    {
        var draft = StatementRules.Draft(Id, Incident, false, StatementAudience.Employees, title, body, Writer, Now);
        Assert.Equal([field], draft.Refusal!.Errors!.Keys);
        Assert.Equal([field], Run(Published, new ReviseStatement(title!, body!), Writer).Refusal!.Errors!.Keys);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Title_and_text_have_a_longest_length(int more, bool accepted)
    {
        Assert.Equal(accepted, Run(Drafted(), new ReviseStatement(new('a', StatementRules.MaxTitle + more), "x"), Writer).IsOk);
        Assert.Equal(accepted, Run(Drafted(), new ReviseStatement("x", new('a', StatementRules.MaxBody + more)), Writer).IsOk);
    }

    [Fact]
    public void On_a_merged_incident_none_is_written() => Assert.Equal("merged",
        StatementRules.Draft(Id, Incident, true, StatementAudience.Employees, "x", "x", Writer, Now).Refusal!.Code);

    [Fact]
    public void A_version_is_published_by_somebody_other_than_its_writer()
    {
        Assert.Equal("own_text", Run(Drafted(by: Privacy), new PublishStatement(false), Privacy).Refusal!.Code);
        var published = Run(Drafted(by: Privacy), new PublishStatement(false), Counsel).Value;
        Assert.Equal((StatementStatus.Published, false), (published.Next.Status, published.Next.HasDraft));
        Assert.Equal(new Publication(1, Now, Counsel.Name), published.Next.Published);
        Assert.Equal([new StatementPublished(published.Next.Last)], published.Events);
    }

    [Fact]
    public void Whoever_changed_the_last_version_does_not_publish_it_though_others_wrote_those_before()
    {
        var revised = Run(Drafted(), new ReviseStatement("Names", "Others."), Privacy).Value.Next;
        Assert.Equal("own_text", Run(revised, new PublishStatement(false), Privacy).Refusal!.Code);
        // The writer of the first version may: another person wrote what is published.
        Assert.True(Run(Run(Drafted(by: Counsel), new ReviseStatement("Names", "Others."), Privacy).Value.Next,
            new PublishStatement(false), Counsel).IsOk);
    }

    [Fact]
    public void What_is_published_stays_so_until_the_new_version_is()
    {
        var revised = Run(Published, new ReviseStatement("Names", "More is known."), Writer, 5).Value.Next;
        Assert.Equal((StatementStatus.Published, 1, true), (revised.Status, revised.Published!.Version, revised.HasDraft));
        Assert.Equal(["They no longer are.", "More is known."], revised.Versions.Select(v => v.Body));
        var again = Run(revised, new PublishStatement(false), Privacy, 9).Value.Next;
        Assert.Equal((new Publication(2, Now.AddMinutes(9), Privacy.Name), false), (again.Published!, again.HasDraft));
    }

    [Fact]
    public void The_same_text_is_no_new_version()
    {
        var same = Run(Published, new ReviseStatement("Names were readable ", "They no longer are."), Privacy).Value;
        Assert.Empty(same.Events);
        Assert.Equal(Published.Version, same.Next.Version);
    }

    [Fact]
    public void A_published_version_is_not_published_twice() =>
        Assert.Equal("already_published", Run(Published, new PublishStatement(false), Counsel).Refusal!.Code);

    [Theory]
    [InlineData(StatementAudience.Employees, false)]
    [InlineData(StatementAudience.Collection, false)]
    [InlineData(StatementAudience.External, true)]
    public void Of_a_restricted_incident_nothing_is_published_to_employees(StatementAudience audience, bool accepted)
    {
        var result = Run(Drafted(audience), new PublishStatement(true), Privacy);
        Assert.Equal(accepted, result.IsOk);
        if (!accepted) Assert.Equal("restricted", result.Refusal!.Code);
    }

    [Fact]
    public void What_was_collected_is_published_by_privacy_only()
    {
        var drafted = Drafted(StatementAudience.Collection);
        Assert.Equal("What was collected is published by privacy.", Run(drafted, new PublishStatement(false), Counsel).Refusal!.Message);
        Assert.Equal("own_text", Run(Drafted(StatementAudience.Collection, Privacy), new PublishStatement(false), Privacy).Refusal!.Code);
        Assert.Equal(StatementStatus.Published, Run(drafted, new PublishStatement(false), Privacy).Value.Next.Status);
    }

    [Fact]
    public void What_is_withdrawn_is_no_longer_published_and_keeps_its_versions()
    {
        var withdrawn = Run(Published, new WithdrawStatement(" Wrong. "), Privacy, 7).Value;
        Assert.Equal((StatementStatus.Withdrawn, true), (withdrawn.Next.Status, withdrawn.Next.HasDraft));
        Assert.Equal(new Withdrawal(Now.AddMinutes(7), "Wrong."), withdrawn.Next.Withdrawn);
        Assert.Equal((Published.Versions.Count, Published.Published), (withdrawn.Next.Versions.Count, withdrawn.Next.Published));
        Assert.Equal([new StatementWithdrawn("Wrong.")], withdrawn.Events);
    }

    [Fact]
    public void A_withdrawal_has_a_reason() =>
        Assert.Equal(["reason"], Run(Published, new WithdrawStatement(" "), Privacy).Refusal!.Errors!.Keys);

    [Fact]
    public void Only_what_is_published_is_withdrawn()
    {
        Assert.Equal("not_published", Run(Drafted(), new WithdrawStatement("x"), Privacy).Refusal!.Code);
        Assert.Equal("not_published", Run(Withdrawn, new WithdrawStatement("x"), Privacy).Refusal!.Code);
    }

    [Fact]
    public void What_was_withdrawn_can_be_revised_and_published_again()
    {
        var revised = Run(Withdrawn, new ReviseStatement("Names", "Right."), Writer).Value.Next;
        Assert.Equal(StatementStatus.Withdrawn, revised.Status);
        var again = Run(revised, new PublishStatement(false), Privacy).Value.Next;
        Assert.Equal((StatementStatus.Published, 2, null), (again.Status, again.Published!.Version, again.Withdrawn));
    }

    [Fact]
    public void Every_change_raises_the_version() =>
        Assert.Equal([1, 2, 3], new[] { Drafted().Version, Published.Version, Withdrawn.Version });
}

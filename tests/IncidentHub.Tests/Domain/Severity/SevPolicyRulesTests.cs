using IncidentHub.Domain;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Tests.Domain.Severity;

public class SevPolicyRulesTests
{
    private static readonly DateTimeOffset Opened = new(2026, 6, 3, 9, 0, 0, TimeSpan.Zero);

    private static EditSevPolicy Edit(Sev sev, Func<SevLevel, SevLevel> change, string reason = "Agreed with privacy.") =>
        new([.. SevPolicy.Default.Levels.Select(l => l.Sev == sev ? change(l) : l)], reason);

    private static Refusal Refused(EditSevPolicy edit) => Assert.IsType<Refusal>(SevPolicyRules.Decide(SevPolicy.Default, edit).Refusal);

    [Fact]
    public void The_first_policy_is_the_published_table()
    {
        var p = SevPolicy.Default;
        Assert.Equal(["5 min", "15 min", "30 min", "4 h", "1 bd", "5 bd"], p.Levels.Select(l => l.Acknowledge.ToString()));
        Assert.Equal(["15 min", "30 min", "1 h", "1 d", "7 d", null], p.Levels.Select(l => l.FirstUpdate?.ToString()));
        Assert.Equal(["30 min", "1 h", "4 h", "1 d", "7 d", null], p.Levels.Select(l => l.UpdateEvery?.ToString()));
        Assert.Equal([PauseMode.AtOnce, PauseMode.AtOnce, PauseMode.AtOnce, PauseMode.Proposed, PauseMode.Recommended, PauseMode.None],
            p.Levels.Select(l => l.Pause));
        Assert.Equal([3, 3, 2, 2, 2, 1], p.Levels.Select(l => l.ResumeApprovals.Count));
        Assert.All(p.Levels, l => Assert.Equal([ApprovalRole.Owner, ApprovalRole.Executive], l.TerminateApprovals));
        Assert.Equal("60 min", p[Sev.Moderate].ProposalDeadline?.ToString());
    }

    [Fact]
    public void The_first_policy_passes_its_own_rules() =>
        Assert.True(SevPolicyRules.Decide(SevPolicy.Default, Edit(Sev.Notice, l => l with { Means = "A near miss, or a question." })).IsOk);

    [Fact]
    public void An_edit_makes_the_next_version()
    {
        var next = (SevPolicyRules.Decide(SevPolicy.Default, Edit(Sev.Major, l => l with { UpdateEvery = Term.Hours(2) }))).Value.Next;
        Assert.Equal(2, next.Version);
        Assert.Equal(Term.Hours(2), next[Sev.Major].UpdateEvery);
        Assert.Equal(Term.Hours(4), SevPolicy.Default[Sev.Major].UpdateEvery);
    }

    [Fact]
    public void An_edit_that_changes_nothing_makes_no_version() =>
        Assert.Equal(
            "nothing_changed",
            Refused(new([.. SevPolicy.Default.Levels.Select(l => l with { ResumeApprovals = [.. l.ResumeApprovals.Reverse()] })],
            "No reason.")).Code);

    [Fact]
    public void An_edit_needs_a_reason() =>
        Assert.Contains("reason", Refused(Edit(Sev.Major, l => l with { UpdateEvery = Term.Hours(2) }, " ")).Errors!.Keys);

    [Fact]
    public void A_policy_has_each_level_once()
    {
        Assert.Contains("levels", Refused(new([.. SevPolicy.Default.Levels.Skip(1)], "x")).Errors!.Keys);
        Assert.Contains("levels", Refused(new([.. SevPolicy.Default.Levels.Skip(1), SevPolicy.Default[Sev.Notice]], "x")).Errors!.Keys);
    }

    public static TheoryData<Sev, Func<SevLevel, SevLevel>, string> BadEdits() => new()
    {
        { Sev.Major, l => l with { Means = "" }, "levels[2].means" },
        { Sev.Major, l => l with { Acknowledge = default }, "levels[2].acknowledge" },
        { Sev.Critical, l => l with { Acknowledge = Term.Hours(1) }, "levels[1].acknowledge" },
        { Sev.Major, l => l with { FirstUpdate = null }, "levels[2].updateEvery" },
        { Sev.Critical, l => l with { UpdateEvery = Term.Days(2) }, "levels[1].updateEvery" },
        { Sev.Moderate, l => l with { ProposalDeadline = null }, "levels[3].proposalDeadline" },
        { Sev.Moderate, l => l with { ProposalDeadline = Term.BusinessDays(1) }, "levels[3].proposalDeadline" },
        { Sev.Moderate, l => l with { ProposalDeadline = Term.Days(8) }, "levels[3].proposalDeadline" },
        { Sev.Major, l => l with { ProposalDeadline = Term.Hours(1) }, "levels[2].proposalDeadline" },
        { Sev.Catastrophic, l => l with { Pause = PauseMode.None }, "levels[0].pause" },
        { Sev.Major, l => l with { ResumeApprovals = [] }, "levels[2].resumeApprovals" },
        { Sev.Major, l => l with { ResumeApprovals = [ApprovalRole.Owner] }, "levels[2].resumeApprovals" },
        { Sev.Major, l => l with { ResumeApprovals = [ApprovalRole.Owner, ApprovalRole.Owner, ApprovalRole.Privacy] },
            "levels[2].resumeApprovals" },
        { Sev.Notice, l => l with { TerminateApprovals = [] }, "levels[5].terminateApprovals" },
    };

    [Theory]
    [MemberData(nameof(BadEdits))]
    public void A_bad_edit_is_refused_at_its_field(Sev sev, Func<SevLevel, SevLevel> change, string field) =>
        Assert.Contains(field, Refused(Edit(sev, change)).Errors!.Keys);

    [Fact]
    public void The_first_update_is_due_from_the_opening_and_the_next_from_the_last()
    {
        var major = SevPolicy.Default[Sev.Major];
        Assert.Equal(Opened.AddHours(1), major.NextUpdateDue(Opened, null));
        Assert.Equal(Opened.AddHours(4.5), major.NextUpdateDue(Opened, Opened.AddMinutes(30)));
    }

    [Fact]
    public void An_update_of_an_earlier_cycle_does_not_count_for_this_one() =>
        Assert.Equal(Opened.AddHours(1), SevPolicy.Default[Sev.Major].NextUpdateDue(Opened, Opened.AddMinutes(-5)));

    [Fact]
    public void A_notice_has_no_update_due_before_its_close() => Assert.Null(SevPolicy.Default[Sev.Notice].NextUpdateDue(Opened, null));
}

using IncidentHub.Domain;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Severity;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Domain.Pauses.PauseSamples;

namespace IncidentHub.Tests.Domain.Decisions;

public sealed class PlanTextTests
{
    private static readonly SevPolicy Policy = SevPolicy.Default;

    [Fact]
    public void The_plan_of_a_declaration_lists_pauses_clocks_and_approvals()
    {
        LinkedProgram[] programs = [Linked("MCI", Involvement.Source), Linked("CALL-NOTES", Involvement.Suspected),
            Linked("ASSIST", Involvement.Downstream)];
        var plan = PausePlan.ForDeclaration(Policy, Sev.Major, programs, true, T0);
        ApprovalPlan[] approvals = [.. plan.Programs.Select(p => ApprovalPlan.For(p, Policy[Sev.Major], null, false))
            .OfType<ApprovalPlan>()];
        Assert.Equal(
            [
                "MCI is paused at once. Every collector stops within 63 s.",
                "A pause of CALL-NOTES is proposed. It becomes active after 60 min unless the owner declines it with a reason.",
                "ASSIST is downstream and is not paused.",
                "Acknowledgement is due 30 min after the flag.",
                "The first update is due 1 h after opening.",
                "Each further update is due 4 h after the last one.",
                "To resume MCI and CALL-NOTES: approval by the owner and privacy.",
                "To terminate MCI and CALL-NOTES: approval by the owner and an executive.",
            ],
            PlanText.Lines(new PolicyPreview(plan, approvals)).Select(l => l.Plain()));
    }

    [Fact]
    public void The_plan_of_a_sev_change_lists_only_what_changes()
    {
        var clocks = ClockPlan.For(Policy[Sev.Moderate], Policy[Sev.Major], IncidentStatus.Investigating, T0, T0.AddHours(1));
        Assert.Equal(
            ["Acknowledgement is due 30 min after the flag, instead of 4 h.",
                "Each further update is due 4 h after the last one, instead of 1 day."],
            PlanText.Lines(clocks, all: false).Select(l => l.Plain()));
        Assert.Empty(
            PlanText.Lines(ClockPlan.For(Policy[Sev.Major], Policy[Sev.Major], IncidentStatus.Investigating, T0, null), all: false));
        var approval = new ApprovalPlan(ProgramId, "MCI", Requirement.Of(Policy[Sev.Critical]), Requirement.Of(Policy[Sev.Major]));
        Assert.Equal("To resume MCI: approval by the owner, privacy and an executive (new: an executive).",
            PlanText.Lines([approval]).First());
    }

    [Theory]
    [InlineData(PlannedAct.Activate, "The proposed pause of MCI becomes active at once.")]
    [InlineData(PlannedAct.KeepActive, "MCI stays paused. Only a decision lifts the pause.")]
    [InlineData(PlannedAct.Withdraw, "The proposed pause of MCI is withdrawn.")]
    [InlineData(PlannedAct.Recommend, "MCI is not paused automatically. SEV 4 Minor recommends a pause.")]
    [InlineData(PlannedAct.None, "MCI is not paused. SEV 4 Minor requires no pause.")]
    [InlineData(PlannedAct.Terminated, "MCI is terminated and collects nothing.")]
    public void Each_act_is_a_sentence(PlannedAct act, string text) =>
        Assert.Equal(text, PlanText.Line(new ProgramPlan(ProgramId, "MCI", Involvement.Source, act), Policy[Sev.Minor]));

    [Fact]
    public void Every_act_has_a_text()
    {
        foreach (var act in Enum.GetValues<PlannedAct>())
        {
            var plan = new ProgramPlan(ProgramId, "MCI", Involvement.Source, act)
            {
                DeclineWithin = TimeSpan.FromMinutes(60),
                AnsweredBy = PauseStatus.Declined,
                StopsStagedResume = true,
                Reasserts = true
            };
            Assert.Contains("MCI", PlanText.Line(plan, Policy[Sev.Major]), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(18, "18 s")]
    [InlineData(63, "63 s")]
    [InlineData(3_600, "60 min")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(7_200, "2 h")]
    [InlineData(9_000, "2 h 30 min")]
    [InlineData(86_400, "1 day")]
    [InlineData(180_000, "2 days 2 h")]
    public void Durations_are_written_in_the_most_readable_unit(int seconds, string text) =>
        Assert.Equal(text, PlanText.Span(TimeSpan.FromSeconds(seconds)).Plain());

    private static LinkedProgram Linked(string code, Involvement kind) =>
        new(OrderedId.Next(T0), code, kind, ProgramLifecycle.Live, []) { StopBound = Guarantee.Bound(SwitchSettings.Default) };
}

using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Severity;
using static IncidentHub.Tests.Domain.Pauses.PauseSamples;

namespace IncidentHub.Tests.Domain.Decisions;

public sealed class ApprovalPlanTests
{
    private static readonly ProgramPlan Paused = new(ProgramId, "MCI", Involvement.Source, PlannedAct.KeepActive);

    [Fact]
    public void What_is_planned_is_what_the_decision_then_requires() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(
        (from first in Gen.Choose(0, 5)
         from then in Gen.Choose(0, 5)
         from later in Policies()
         select (
            First: (Sev)first, Then: (Sev)then, Policy: later)).ToArbitrary(),
        x =>
        {
            var open = Open((Sev?)x.First, Requirement.Of(SevPolicy.Default[x.First]));
            var plan = ApprovalPlan.For(Paused, x.Policy[x.Then], open.Requirement, sevChanged: true)!;
            var changed = DecisionRules.Decide(open, new ChangeSev(x.Then, Requirement.Of(x.Policy[x.Then])), Owner, Relation.None, T0);
            var required = changed.Value.Next.Requirement;
            return required.ToResume.SequenceEqual(plan.Required.ToResume) && required.ToTerminate.SequenceEqual(plan.Required.ToTerminate);
        }));

    [Fact]
    public void A_less_severe_level_removes_no_approval()
    {
        var standing = Requirement.Of(SevPolicy.Default[Sev.Critical]);
        Assert.Equal(
            standing.ToResume, ApprovalPlan.For(Paused, SevPolicy.Default[Sev.Notice], standing, sevChanged: true)!.Required.ToResume);
    }

    [Fact]
    public void A_more_severe_level_says_which_approvals_are_new()
    {
        var plan = ApprovalPlan.For(Paused, SevPolicy.Default[Sev.Critical],
            Requirement.Of(SevPolicy.Default[Sev.Major]), sevChanged: true)!;
        Assert.Equal([Approver.Executive], plan.AddedToResume);
        Assert.Empty(plan.AddedToTerminate);
    }

    [Fact]
    public void Where_nothing_is_or_will_be_paused_nothing_is_required() =>
        Assert.Null(ApprovalPlan.For(Paused with { Act = PlannedAct.Recommend }, SevPolicy.Default[Sev.Minor], null, sevChanged: true));

    private static DecisionState Open(Sev? sev, Requirement requirement) =>
        DecisionRules.Open(OrderedId.Next(T0), ProgramId, [new CoveredPause(OrderedId.Next(T0), Incident, T0)], sev,
            requirement, T0).Value.Next;

    private static Gen<SevPolicy> Policies() =>
        from roles in Gen.ArrayOf(Gen.Choose(1, 7), 6)
        select new SevPolicy(2, [.. SevPolicy.Default.Levels.Select((l, i) => l with { ResumeApprovals = Roles(roles[i]) })],
            "Other roles");

    private static ApprovalRole[] Roles(int bits) => [.. Enum.GetValues<ApprovalRole>().Where(r => (bits & (1 << (int)r)) != 0)];
}

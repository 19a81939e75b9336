using IncidentHub.Domain;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Severity;
using static IncidentHub.Tests.Domain.Pauses.PauseSamples;

namespace IncidentHub.Tests.Domain.Incidents;

public sealed class PausePlanTests
{
    private static readonly SevPolicy Policy = SevPolicy.Default;

    [Fact]
    public void A_declaration_with_datasets_stops_the_staged_resume_of_what_it_involves()
    {
        LinkedProgram[] programs = [Resuming("SOURCE", Involvement.Source), Resuming("SUSPECT", Involvement.Suspected),
            Resuming("DOWN", Involvement.Downstream)];
        Assert.Equal([true, true, false], Stops(PausePlan.ForDeclaration(Policy, Sev.Notice, programs, exposes: true, T0)));
        Assert.Equal([false, false, false], Stops(PausePlan.ForDeclaration(Policy, Sev.Notice, programs, exposes: false, T0)));
        Assert.Equal([true, false, false], Stops(PausePlan.ForDeclaration(Policy, Sev.Major, programs, exposes: false, T0)));
    }

    [Fact]
    public void The_stop_bound_is_shown_only_where_collection_stops_at_once()
    {
        LinkedProgram[] programs = [Resuming("SOURCE", Involvement.Source),
            Resuming("SUSPECT", Involvement.Suspected) with { IsResuming = false }];
        Assert.Equal([TimeSpan.FromSeconds(63), (TimeSpan?)null],
            PausePlan.ForDeclaration(Policy, Sev.Major, programs, false, T0).Programs.Select(p => p.StopBound));
    }

    [Theory]
    [InlineData(Sev.Moderate, Sev.Major, LimitChange.Shorter, LimitChange.Shorter)]
    [InlineData(Sev.Major, Sev.Minor, LimitChange.Longer, LimitChange.Longer)]
    [InlineData(Sev.Major, Sev.Notice, LimitChange.Longer, LimitChange.Ends)]
    [InlineData(Sev.Notice, Sev.Major, LimitChange.Shorter, LimitChange.Starts)]
    public void The_clock_plan_says_how_each_limit_changes(Sev from, Sev to, LimitChange acknowledge, LimitChange updates)
    {
        var clocks = ClockPlan.For(Policy[from], Policy[to], IncidentStatus.Investigating, T0, null);
        Assert.Equal((acknowledge, updates, updates), (clocks.Acknowledge.Change, clocks.FirstUpdate.Change, clocks.UpdateInterval.Change));
        Assert.Equal(Policy[to].NextUpdateDue(T0, null), clocks.NextUpdateDue);
    }

    [Fact]
    public void No_update_is_due_once_an_incident_is_resolved()
    {
        Assert.Null(ClockPlan.For(Policy[Sev.Major], Policy[Sev.Critical], IncidentStatus.Resolved, T0, null).NextUpdateDue);
        Assert.Equal(T0.AddHours(2), ClockPlan.For(Policy[Sev.Major], Policy[Sev.Critical], IncidentStatus.Contained, T0,
            T0.AddHours(1)).NextUpdateDue);
    }

    private static IEnumerable<bool> Stops(PausePlan plan) => plan.Programs.Select(p => p.StopsStagedResume);

    private static LinkedProgram Resuming(string code, Involvement kind) =>
        new(ProgramId, code, kind, ProgramLifecycle.Live, []) { IsResuming = true, StopBound = TimeSpan.FromSeconds(63) };
}

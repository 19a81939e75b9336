using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;

namespace IncidentHub.Tests.Domain.Pauses;

/// <summary>Ready-made pauses and people for these tests.</summary>
internal static class PauseSamples
{
    public static readonly DateTimeOffset T0 = new(2026, 3, 2, 14, 2, 4, TimeSpan.Zero);
    public static readonly Guid ProgramId = new("00000000-0000-7000-8000-0000000000a1");
    public static readonly Guid Incident = new("00000000-0000-7000-8000-0000000000b1");
    public static readonly Actor Owner = new(new("00000000-0000-7000-8000-0000000000c1"), "Program owner", Roles.ProgramOwner);
    public static readonly FinalDecision Decision = new(new("00000000-0000-7000-8000-0000000000d1"), "Resume");
    public static readonly RaisedSwitch Raised = new(7, T0.AddSeconds(41), TimeSpan.FromSeconds(2));
    public static readonly PauseCommand Activate = new ActivatePause { Raised = Raised };
    public static readonly PauseCommand Lift = new LiftPause(Decision) { Raised = Raised };
    public static readonly PauseCommand End = new EndDrill { Raised = Raised };
    public static readonly PauseCommand Seal = new SealBuffers { Raised = Raised };

    public static PauseOrder Order(PauseScope? scope = null, PauseCause? cause = null, PauseOrigin origin = PauseOrigin.Person) =>
        new(OrderedId.Next(T0), ProgramId, scope ?? PauseScope.Whole, origin, "Data readable by everyone", cause);

    public static PauseCause Cause(int cycle = 1, Sev sev = Sev.Major) => new(Incident, cycle, sev, 4);

    public static PauseState Active(PauseScope? scope = null, PauseCause? cause = null, PauseOrigin origin = PauseOrigin.Person) =>
        Accepted(PauseRules.Begin(new PlacePause(Order(scope, cause, origin)) { Raised = Raised }, Owner, T0));

    public static PauseState Proposed(PauseCause? cause = null, PauseOrigin origin = PauseOrigin.Policy) =>
        Accepted(PauseRules.Begin(new ProposePause(Order(null, cause, origin), T0.AddMinutes(60)), Actor.System, T0));

    public static PauseState Drill(PauseScope? scope = null) =>
        Accepted(PauseRules.Begin(new StartDrill(Order(scope), T0.AddMinutes(5)) { Raised = Raised }, Owner, T0));

    public static PauseState Lifted(PauseCause? cause = null) =>
        Accepted(PauseRules.Decide(Active(cause: cause), Lift, Actor.System, T0.AddHours(1)));

    public static PauseState Declined(PauseCause? cause = null, Actor? by = null) =>
        Accepted(PauseRules.Decide(Proposed(cause), new DeclinePause("Checked: nothing exposed"), by ?? Owner, T0.AddMinutes(5)));

    public static PauseState Accepted(Result<Accepted<PauseState>> outcome) => outcome.Value.Next;

    public static Refusal Refused(Result<Accepted<PauseState>> outcome) => Assert.IsType<Refusal>(outcome.Refusal);
}

using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Tests.Domain.Incidents;

/// <summary>Incidents for tests of the rules, in the state where a test begins, made by the rules.</summary>
internal static class An
{
    public static readonly DateTimeOffset T0 = new(2026, 6, 3, 9, 0, 0, TimeSpan.Zero);
    public static readonly Actor Responder = new(Id(1), "Responder", Roles.Responder);

    public static Guid Id(int n) => new(n, 0, 0, new byte[8]);

    public static DateTimeOffset Min(double minutes) => T0.AddMinutes(minutes);

    public static IncidentCommand.Declare Declaration(Sev sev = Sev.Major) => new(Id(100), "INC-1", "Data readable by everybody", sev, 1);

    public static Result<Accepted<IncidentState>> Try(this IncidentState? state, IncidentCommand command, double minute) =>
        IncidentRules.Decide(state, command, Responder, Min(minute));

    public static IncidentState Do(this IncidentState? state, IncidentCommand command, double minute) =>
        state.Try(command, minute).Value.Next;

    public static Refusal Refused(this IncidentState? state, IncidentCommand command, double minute) =>
        Assert.IsType<Refusal>(state.Try(command, minute).Refusal);

    public static IReadOnlyList<DomainEvent> Events(this IncidentState? state, IncidentCommand command, double minute) =>
        (state.Try(command, minute)).Value.Events;

    public static IncidentState Declared() => ((IncidentState?)null).Do(Declaration(), 0);

    /// <summary>At minute 30, or earlier for an earlier status.</summary>
    public static IncidentState That(IncidentStatus status)
    {
        var state = Declared();
        if (status == IncidentStatus.Merged)
            return state.Do(new IncidentCommand.MergeInto(Declared() with { Id = Id(101), Code = "INC-2" }, "Same hole."), 5);
        if (status >= IncidentStatus.Contained) state = state.Do(new IncidentCommand.Contain(null, "Grant revoked."), 10);
        if (status >= IncidentStatus.Resolved) state = state.Do(new IncidentCommand.Resolve(null, "Job fixed."), 20);
        if (status >= IncidentStatus.Closed) state = state.Do(new IncidentCommand.Close("Reviewed."), 30);
        return state;
    }

    public static Exposure Exposure(int dataset = 7) =>
        new() { Id = Id(200 + dataset), DatasetId = Id(dataset), DatasetName = $"dataset-{dataset}" };

    public static ProgramInvolvement Program(int program = 3, Involvement kind = Involvement.Source) =>
        new() { ProgramId = Id(300 + program), ProgramCode = $"P{program}", Kind = kind };
}

using IncidentHub.Domain;
using IncidentHub.Domain.Programs;

namespace IncidentHub.Tests.Domain.Programs;

internal static class ProgramSamples
{
    public static readonly DateTimeOffset Now = new(2026, 6, 18, 14, 2, 4, TimeSpan.Zero);
    public static readonly SwitchLimits Limits = new();
    public static readonly Guid Owner = Guid.Parse("00000000-0000-7000-8000-000000000001");
    public static readonly Guid Deputy = Guid.Parse("00000000-0000-7000-8000-000000000002");

    public static readonly ProgramDetails Details = new()
    {
        Name = "Model Capability Initiative",
        Purpose = "Teach models how work is done.",
        OwnerId = Owner,
        DeputyIds = [Deputy],
        Unit = "Research",
        Regions = ["US"],
        Categories = ["keystrokes", "clicks"],
        LawfulBasis = "Legitimate interest",
    };

    public static ProgramState Draft() =>
        Accepted(
        ProgramRules.Decide(null, new RegisterProgram(Guid.Parse("00000000-0000-7000-8000-0000000000aa"), "MCI", Details), Now, Limits));

    public static ProgramState Live() => Accepted(ProgramRules.Decide(Draft(), new LaunchProgram(), Now, Limits));

    public static ProgramState Terminated() => Accepted(ProgramRules.Decide(Live(), new TerminateProgram("Decided."), Now, Limits));

    public static T Accepted<T>(Result<Accepted<T>> outcome) => outcome.Value.Next;

    public static Refusal Refused<T>(Result<Accepted<T>> outcome) => Assert.IsType<Refusal>(outcome.Refusal);

    public static IReadOnlyList<DomainEvent> Events<T>(Result<Accepted<T>> outcome) => outcome.Value.Events;
}

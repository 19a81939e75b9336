using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;

namespace IncidentHub.Demo;

/// <summary>
/// The acts of the story, with actor and time. They are added in any order and run in order of time, each in a unit of work whose
/// clock shows that time, so that the audit chain, timelines, codes and rollups are those of a real history.
/// </summary>
internal sealed class DemoScript
{
    private readonly List<(DateTimeOffset At, Func<UnitOfWork, Task> Act)> _acts = [];

    public static readonly Actor Employee = Who("employee"), Responder = Who("responder"), SecondResponder = Who("responder-2"),
        Owner = Who("owner"), Deputy = Who("deputy"),
        OtherOwner = Who("owner-2"), Privacy = Who("privacy"), Executive = Who("executive"),
        DataProtection = Who("data-protection");

    public void At(DateTimeOffset time, Func<UnitOfWork, Task> act) => _acts.Add((time, act));

    /// <summary>The acts in order of time; those with the same time in the order in which they were added.</summary>
    public IEnumerable<(DateTimeOffset At, Func<UnitOfWork, Task> Act)> InOrder() => _acts.OrderBy(a => a.At);

    /// <summary>The value; a refusal means that the story violates the rules.</summary>
    public static T Must<T>(Result<T> result) =>
        result.IsOk ? result.Value : throw new InvalidOperationException(
            $"The demo story was refused: {result.Refusal!.Code} {result.Refusal.Message} "
                + $"{string.Join(", ", result.Refusal.Errors?.Keys ?? [])}");

    private static Actor Who(string account) => DemoAccounts.Find(account).ToActor();
}

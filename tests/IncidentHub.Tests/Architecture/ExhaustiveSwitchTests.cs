using IncidentHub.Domain;

namespace IncidentHub.Tests.Architecture;

/// <summary>
/// The compiler does not know the subclasses of a record: a command or an event that is missing in a switch would be an exception at run
/// time. Read from the compiled code, so that no list of switches has to be maintained.
/// </summary>
public sealed class ExhaustiveSwitchTests
{
    /// <summary>
    /// Returns the permission of commands that people send; the others are consequences of other acts, and nobody may send them.
    /// </summary>
    private const string OfPeopleOnly = ".ActOf";

    private static readonly Type[] Types = typeof(DomainEvent).Assembly.GetTypes();
    private static readonly IReadOnlyList<TypeSwitch> Domain = TypeSwitch.In(typeof(DomainEvent).Assembly);
    private static readonly IReadOnlyList<TypeSwitch> Hub = TypeSwitch.In(typeof(Program).Assembly);

    private static IReadOnlyList<Type> CommandBases { get; } =
        [.. Types.Where(t => t.IsAbstract && !t.IsSealed && t.Name.EndsWith("Command", StringComparison.Ordinal))];

    /// <summary>
    /// The events of one rule are grouped by the class that creates them; events that no class creates are grouped by namespace.
    /// </summary>
    private static IReadOnlyList<IReadOnlySet<string>> EventGroups { get; } = GroupEvents();

    [Fact]
    public void Every_command_is_handled_by_a_rule()
    {
        Assert.InRange(CommandBases.Count, 8, 40);
        var asked = Domain.SelectMany(s => s.Cases).ToHashSet();
        AssertNone(CommandBases.SelectMany(Concrete).Except(asked).Select(c => $"{c}: no rule asks for it"));
    }

    [Fact]
    public void A_switch_over_commands_that_throws_by_default_handles_all_of_them() => AssertNone(
        from at in Domain.Concat(Hub)
        where at.Throws && !at.Method.EndsWith(OfPeopleOnly, StringComparison.Ordinal)
        from missing in Missing(at, [.. CommandBases.Select(b => (IReadOnlySet<string>)Concrete(b).ToHashSet())])
        select missing);

    [Fact]
    public void A_switch_over_events_that_throws_by_default_handles_all_of_them() => AssertNone(
        from at in Domain.Concat(Hub)
        where at.Throws
        from missing in Missing(at, EventGroups)
        select missing);

    [Fact]
    public void Every_event_is_handled_by_the_class_that_records_it()
    {
        Assert.InRange(EventGroups.Sum(g => g.Count), 60, 500);
        // A single event needs no switch.
        var events = EventGroups.Where(g => g.Count > 1).SelectMany(g => g).ToHashSet();
        var asked = Hub.Where(s => s.Throws).SelectMany(s => s.Cases).Intersect(events).ToHashSet();
        AssertNone(events.Except(asked).Select(e => $"{e}: no switch of the hub asks for it"));
    }

    [Fact]
    public void A_switch_without_one_of_its_cases_is_found_and_one_over_other_types_is_not()
    {
        IReadOnlyList<IReadOnlySet<string>> groups = [new HashSet<string> { "A1", "A2", "A3" }, new HashSet<string> { "B1", "B2" }];
        Assert.Empty(Missing(new("Rules.Decide", new HashSet<string> { "A1", "A2", "A3", "System.String" }, true), groups));
        Assert.Contains("A2", Assert.Single(Missing(new("Rules.Decide", new HashSet<string> { "A1", "A3" }, true), groups)));
        Assert.Single(Missing(new("Rules.Decide", new HashSet<string> { "A1", "A3", "B1" }, true), groups));
    }

    // A single case is a type test, not a switch.
    private static IEnumerable<string> Missing(TypeSwitch at, IReadOnlyList<IReadOnlySet<string>> groups) =>
        from cases in groups
        where cases.Count(at.Cases.Contains) > 1 || (cases.Count == 1 && at.Cases.Overlaps(cases))
        from missing in cases.Except(at.Cases)
        select $"{at.Method} lacks {missing}";

    private static IEnumerable<string> Concrete(Type of) => Types.Where(t => !t.IsAbstract && t.IsSubclassOf(of)).Select(t => t.FullName!);

    private static List<IReadOnlySet<string>> GroupEvents()
    {
        var events = Concrete(typeof(DomainEvent)).ToDictionary(e => e, e => Types.First(t => t.FullName == e));
        var groups = TypeSwitch.MadeIn(typeof(DomainEvent).Assembly)
            .Select(made => (By: made.Key, Events: made.Where(events.ContainsKey).ToHashSet()))
            .Where(g => g.Events.Count > 0 && g.By.EndsWith("Rules", StringComparison.Ordinal)).ToList();
        // Rules that create the same events are parts of one.
        var merged = new List<HashSet<string>>();
        foreach (var (_, made) in groups)
        {
            var same = merged.Where(m => m.Overlaps(made)).ToList();
            merged.RemoveAll(same.Contains);
            merged.Add([.. made, .. same.SelectMany(m => m)]);
        }
        foreach (var alone in events.Keys.Except(merged.SelectMany(m => m)).ToList())
        {
            var near = merged.Where(m => m.Any(e => events[e].Namespace == events[alone].Namespace)).ToList();
            if (near.Count == 1) near[0].Add(alone);
            else merged.Add([alone]);
        }
        return [.. merged];
    }

    private static void AssertNone(IEnumerable<string> faults)
    {
        var all = faults.Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, string.Join(Environment.NewLine, all));
    }
}

using IncidentHub.Domain;

namespace IncidentHub.Tests.Support;

/// <summary>One event of each kind of a feature's rules, with arbitrary values: each must be handled by the feature's history.</summary>
internal static class SampleEvents
{
    /// <summary>An event that belongs to no feature.</summary>
    public sealed record Unknown : DomainEvent;

    /// <param name="feature">The last part of the namespace of its rules.</param>
    public static IReadOnlyList<DomainEvent> Of(string feature)
    {
        var events = typeof(DomainEvent).Assembly.GetTypes()
            .Where(t => t.Namespace == $"IncidentHub.Domain.{feature}" && !t.IsAbstract && t.IsSubclassOf(typeof(DomainEvent)))
            .Select(t => (DomainEvent)Make(t)).ToList();
        Assert.NotEmpty(events);
        return events;
    }

    /// <summary>An arbitrary id.</summary>
    public static Guid Id() => OrderedId.Next(DateTimeOffset.UnixEpoch);

    private static object Make(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Make(inner);
        if (type == typeof(string)) return "Anything";
        if (type == typeof(Guid)) return Id();
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0)!;
        if (type.IsValueType) return Activator.CreateInstance(type)!;
        if (type.IsInterface)
        {
            var element = type.GetGenericArguments().Single();
            var list = Array.CreateInstance(element, 1);
            list.SetValue(Make(element), 0);
            return list;
        }
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType))]);
    }
}

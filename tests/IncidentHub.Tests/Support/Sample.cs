using System.Collections;
using System.Globalization;
using System.Reflection;

namespace IncidentHub.Tests.Support;

/// <summary>
/// Objects in which every property has a distinct value, created by reflection: a property that is added later gets one, too, without a
/// change in any test.
/// </summary>
/// <param name="seed">Samples of different seeds differ in every property.</param>
internal sealed class Sample(int seed)
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<string, Func<object?>> _given = [];
    private int _next = seed * 1000;

    /// <summary>The number of elements of lists.</summary>
    public int Many { get; init; } = 2;

    /// <summary>The value of a property that accepts only certain values; <c>Type.Property</c>.</summary>
    public Sample With(string property, object? value) => WithEach(property, () => value);

    /// <summary>The same, with a different value each time.</summary>
    public Sample WithEach(string property, Func<object?> value)
    {
        _given[property] = value;
        return this;
    }

    public T Of<T>() => (T)Make(typeof(T), "")!;

    private object? Make(Type type, string property)
    {
        if (_given.TryGetValue(property, out var given)) return given();
        if (_given.TryGetValue(type.Name, out given)) return given();
        var number = _next++;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return string.Create(CultureInfo.InvariantCulture, $"text-{number}");
        if (type == typeof(int)) return number;
        if (type == typeof(long)) return (long)number;
        if (type == typeof(bool)) return true;
        if (type == typeof(Guid)) return new Guid(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        if (type == typeof(DateTimeOffset)) return Begin.AddSeconds(number).AddTicks(7);
        if (type == typeof(DateOnly)) return DateOnly.FromDateTime(Begin.UtcDateTime).AddDays(number);
        if (type == typeof(TimeSpan)) return TimeSpan.FromSeconds(number);
        // The first member is the default of a forgotten mapping.
        if (type.IsEnum) return OtherThanDefault(Enum.GetValues(type));
        if (type.IsGenericType && type.GetGenericTypeDefinition() is var list
            && (list == typeof(IReadOnlyList<>) || list == typeof(IReadOnlyCollection<>)))
        {
            return List(type.GetGenericArguments()[0], property);
        }
        return Fill(type);
    }

    private object? OtherThanDefault(Array members) => members.GetValue(1 + (seed % (members.Length - 1)));

    private Array List(Type element, string property)
    {
        var made = Array.CreateInstance(element, Many);
        for (var i = 0; i < Many; i++) made.SetValue(Make(element, property + "[]"), i);
        return made;
    }

    private object Fill(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault()
            ?? throw new InvalidOperationException($"{type.Name} has no public constructor: state its value.");
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType, $"{type.Name}.{p.Name}"))]);
        foreach (var property in Stated(type).Where(p => constructor.GetParameters().All(c => c.Name != p.Name)))
            property.SetValue(made, Make(property.PropertyType, $"{type.Name}.{property.Name}"));
        return made;
    }

    /// <summary>The properties that are set, without those that are derived from others.</summary>
    public static IEnumerable<PropertyInfo> Stated(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && p.GetIndexParameters().Length == 0);
}

/// <summary>Compares two objects recursively, property by property.</summary>
internal static class EveryProperty
{
    /// <summary>The differences, each as <c>Details.Name: «a», «b»</c>.</summary>
    public static IReadOnlyList<string> Differences(object? expected, object? actual, string path = "") => (expected, actual) switch
    {
        (null, null) => [],
        (null, _) or (_, null) => [$"{path}: «{Words(expected)}», «{Words(actual)}»"],
        (string or ValueType, _) when !IsRecord(expected.GetType()) =>
            expected.Equals(actual) ? [] : [$"{path}: «{Words(expected)}», «{Words(actual)}»"],
        (IEnumerable a, IEnumerable b) => OfLists([.. a.Cast<object?>()], [.. b.Cast<object?>()], path),
        _ => [.. expected.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && p.GetMethod!.IsPublic
                && !p.GetMethod.IsStatic)
            .SelectMany(p => Differences(p.GetValue(expected), p.GetValue(actual), path.Length == 0 ? p.Name : $"{path}.{p.Name}"))],
    };

    /// <summary>The properties that still have their default value.</summary>
    public static IReadOnlyList<string> Unstated(object value, string path = "")
    {
        var unstated = new List<string>();
        foreach (var property in Sample.Stated(value.GetType()))
        {
            var (name, held) = ($"{path}{property.Name}", property.GetValue(value));
            if (held is null || IsDefault(held)) unstated.Add(name);
            else if (held is IEnumerable list and not string)
            {
                unstated.AddRange(list.Cast<object>().Where(e => IsRecord(e.GetType())).SelectMany(e => Unstated(e, name + ".")));
            }
            else if (IsRecord(held.GetType()))
            {
                unstated.AddRange(Unstated(held, name + "."));
            }
        }
        return [.. unstated.Distinct()];
    }

    private static bool IsDefault(object value) => value switch
    {
        string text => text.Length == 0,
        ICollection list => list.Count == 0,
        _ => value.GetType().IsValueType && value.Equals(Activator.CreateInstance(value.GetType())),
    };

    private static bool IsRecord(Type type) => type.Namespace?.StartsWith("IncidentHub", StringComparison.Ordinal) == true && !type.IsEnum;

    private static List<string> OfLists(List<object?> expected, List<object?> actual, string path) => expected.Count != actual.Count
        ? [$"{path}: {expected.Count}, {actual.Count} of them"]
        : [.. expected.SelectMany((e, i) => Differences(e, actual[i], $"{path}[{i}]"))];

    private static string Words(object? value) => value?.ToString() ?? "nothing";
}

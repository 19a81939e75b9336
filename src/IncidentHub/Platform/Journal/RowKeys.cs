using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Dapper;

namespace IncidentHub.Platform.Journal;

/// <summary>The keys of the rows that a statement writes, from its arguments.</summary>
internal static class RowKeys
{
    private static readonly ConcurrentDictionary<(Type, string), PropertyInfo> Properties = new();

    public static IEnumerable<string> Of(object? args, string parameter) => args switch
    {
        DynamicParameters named => [Text(named.Get<object>(parameter))],
        IEnumerable many => many.Cast<object>().Select(one => Text(Property(one, parameter))),
        { } one => [Text(Property(one, parameter))],
        null => throw new ArgumentNullException(nameof(args)),
    };

    /// <summary>A key as text, in one spelling on both engines.</summary>
    public static string Text(object? key) => key switch
    {
        string text => text,
        Guid id => id.ToString("D"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException("A key is a text, an id or a number.", nameof(key)),
    };

    private static object? Property(object args, string name) => Properties.GetOrAdd((args.GetType(), name),
        p => p.Item1.GetProperty(p.Item2) ?? throw new InvalidOperationException($"{p.Item1} has no {p.Item2}.")).GetValue(args);
}

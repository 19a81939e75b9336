using System.Collections;
using System.Collections.Concurrent;
using System.Data;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;

namespace IncidentHub.Platform.Database;

/// <summary>
/// One statement for each element of a list, sent together: the text is repeated, its parameters numbered. On SQL Server each statement
/// sent alone would be a round trip, during which the rows that the transaction changed before stay locked.
/// </summary>
internal static partial class StatementList
{
    /// <summary>Between statements that are sent together.</summary>
    public const string Separator = ";\n";

    // A request to SQL Server takes 2,100 parameters.
    private const int MostParameters = 2_000;
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    private static readonly Dictionary<Type, DbType> Types = new()
    {
        [typeof(string)] = DbType.String,
        [typeof(int)] = DbType.Int32,
        [typeof(long)] = DbType.Int64,
        [typeof(double)] = DbType.Double,
        [typeof(bool)] = DbType.Boolean,
        [typeof(Guid)] = DbType.Guid,
        [typeof(DateTimeOffset)] = DbType.DateTimeOffset,
    };

    /// <summary>The elements where the arguments are a list; null where they are one object.</summary>
    public static IReadOnlyList<object>? ElementsOf(object? args) =>
        args is IEnumerable list and not string and not DynamicParameters and not IDictionary ? [.. list.Cast<object>()] : null;

    /// <summary>The requests, in order; each has as many elements as its parameters allow.</summary>
    public static IEnumerable<(string Text, DynamicParameters Args)> Requests(string statement, IReadOnlyList<object> elements)
    {
        if (elements.Count == 0) yield break;
        var properties = Properties.GetOrAdd(elements[0].GetType(), type => type.GetProperties());
        var used = Parameter().Matches(statement).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        properties = [.. properties.Where(p => used.Contains(p.Name))];
        foreach (var chunk in elements.Chunk(Math.Max(1, MostParameters / Math.Max(1, properties.Length))))
        {
            var (text, args) = (new StringBuilder(), new DynamicParameters());
            for (var n = 0; n < chunk.Length; n++)
            {
                var number = n;
                text.Append(Parameter().Replace(statement, m => $"@{m.Groups[1].Value}_{number}")).Append(Separator);
                foreach (var property in properties)
                {
                    var value = property.GetValue(chunk[n]);
                    args.Add($"{property.Name}_{n}", value, value is null ? TypeOf(property.PropertyType) : null);
                }
            }
            yield return (text.ToString(), args);
        }
    }

    /// <summary>The type of a null: SQL Server would have one plan for each pattern of nulls.</summary>
    internal static DbType TypeOf(Type property) => Types.TryGetValue(Nullable.GetUnderlyingType(property) ?? property, out var known)
        ? known : throw new InvalidOperationException($"A list of statements has a {property.Name}, which is no type of a column.");

    [GeneratedRegex(@"(?<![\w@])@(\w+)")]
    private static partial Regex Parameter();
}

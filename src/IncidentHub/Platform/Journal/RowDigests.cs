using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>The rows of a table that have one key: a row of its own, or all parts of one thing.</summary>
internal readonly record struct RowsRef(string Table, string Key);

/// <summary>The digest of such rows, as the last audit record about them has it.</summary>
/// <param name="Sequence">The audit record.</param>
/// <param name="Salt">Replaced with each digest: what rows were before cannot be guessed from an older one.</param>
internal sealed record RowDigest(string TableName, string RowsKey, long Sequence, string Salt, string Digest);

/// <summary>Digests of rows of the audited tables: docs/audit-format.md.</summary>
internal static class RowDigests
{
    private const string Version = "incidenthub-rows-1", KeyColumn = "RowsKey";

    /// <summary>What the hub itself writes there is no act.</summary>
    internal static readonly IReadOnlyCollection<string> NotCovered = ["ApiKey.LastUsedAt", "ApiKey.Enrolled", "Pause.PopulationAt"];

    /// <summary>
    /// Columns that were added with a value for the rows of before, whose digests do not have them: that value counts as empty.
    /// </summary>
    internal static readonly IReadOnlyDictionary<string, string> AddedWith = new Dictionary<string, string> { ["WorkTask.IsKept"] = "0" };

    /// <summary>The rows as they stand now, with new salts. Rows that are gone have a digest, too: of none.</summary>
    public static async Task<IReadOnlyDictionary<RowsRef, (string Salt, string Digest)>> ComputeAsync(
        UnitOfWork tx, IReadOnlyCollection<RowsRef> written)
    {
        var digests = new Dictionary<RowsRef, (string, string)>();
        if (written.Count == 0) return digests;
        var tables = written.GroupBy(w => w.Table, w => w.Key).OrderBy(t => t.Key, StringComparer.Ordinal).ToList();
        var found = await tx.QueryAllAsync([.. tables.Select(t => ($"Rows_{t.Key}", JsonSerializer.Serialize(t)))]);
        foreach (var (table, rows) in tables.Zip(found, (t, rows) => (t, ByKey(t.Key, rows))))
        {
            foreach (var key in table)
            {
                var salt = Salts.Next();
                digests[new(table.Key, key)] = (salt, Of(new(table.Key, key), salt, rows[key]));
            }
        }
        return digests;
    }

    public static async Task<ILookup<string, string>> ReadAsync(ISql sql, string table, IReadOnlyCollection<string> keys) =>
        ByKey(table, await sql.QueryAsync<object>($"Rows_{table}", new { Ids = JsonSerializer.Serialize(keys) }, "Ids"));

    /// <summary>The keys after <paramref name="after"/>, in the engine's order; a key once for each of its rows.</summary>
    /// <param name="after">As the engine gave it; null: from the first.</param>
    public static async Task<IReadOnlyList<object>> KeysAsync(ISql sql, string table, object? after, int limit)
    {
        var args = new DynamicParameters(new { Limit = limit });
        if (after is not null) args.Add("After", after);
        return [.. (await sql.QueryAsync<object>($"Rows_{table}", args, after is null ? ["Page"] : ["After", "Page"]))
            .Cast<IDictionary<string, object?>>().Select(r => r[KeyColumn]!)];
    }

    /// <param name="rows">Digests of the rows, in any order.</param>
    public static string Of(RowsRef of, string salt, IEnumerable<string> rows) => new CanonicalHash()
        .Text(Version).Text(salt).Text(of.Table).Text(of.Key)
        .Each(rows.Order(StringComparer.Ordinal).ToList(), (hash, row) => hash.Text(row)).Hex();

    private static ILookup<string, string> ByKey(string table, IEnumerable<object> rows) =>
        rows.Cast<IDictionary<string, object?>>().ToLookup(r => RowKeys.Text(r[KeyColumn]), r => OfRow(table, r));

    // By name, and without empty columns: a column that is added later does not change the digests of the rows before it. Every column that
    // is there: one that a later version added is covered by this one, too, which goes on beside it.
    private static string OfRow(string table, IDictionary<string, object?> row)
    {
        try
        {
            var hash = new CanonicalHash();
            foreach (var (name, value) in row.Where(c => c.Key != KeyColumn && c.Value is not null)
                .OrderBy(c => c.Key, StringComparer.Ordinal))
            {
                var (column, text) = ($"{table}.{name}", Text(value!));
                if (!NotCovered.Contains(column) && AddedWith.GetValueOrDefault(column) != text) hash.Text(name).Text(text);
            }
            return hash.Hex();
        }
        catch (EncoderFallbackException)
        {
            return "invalid";
        }
    }

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "1" : "0",
        DateTimeOffset time => DapperSetup.TimeText(time),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => RowKeys.Text(value),
    };
}

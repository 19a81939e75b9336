using System.Data;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>
/// What people wrote about a subject, wherever it is kept. A table takes part by two statements beside its others: <c>Texts_Table</c> reads
/// its rows about a subject, <c>Redact_Table</c> rewrites one. Of the columns, <c>RowsKey</c>, <c>Version</c> and those that begin with
/// <c>Key</c> find the row; those that begin with <c>Of</c> say what it belongs to; those that begin with <c>Copy</c> repeat what was
/// written elsewhere; each other one is a text of its own.
/// </summary>
internal static class StoredTexts
{
    /// <summary>The rows about a subject, in one round trip.</summary>
    public static async Task<IReadOnlyList<StoredRow>> ReadAsync(ISql sql, IReadOnlyCollection<Guid> subjects)
    {
        var rows = new Dictionary<string, StoredRow>();
        var tables = sql.Statements.TextTables;
        foreach (var subject in subjects)
        {
            await sql.TogetherAsync([.. tables.Select(t => $"Texts_{t}")], new { Subject = subject },
                async found =>
                {
                    foreach (var table in tables)
                    {
                        foreach (var columns in await found.ReadAsync())
                        {
                            var row = new StoredRow(table, (IDictionary<string, object?>)columns);
                            rows.TryAdd(row.Id, row);
                        }
                    }
                    return rows.Count;
                });
        }
        return [.. rows.Values];
    }

    /// <summary>Saves what <see cref="StoredRow.Remove"/> left of the texts.</summary>
    public static async Task WriteAsync(UnitOfWork tx, StoredRow row)
    {
        if (await tx.ExecuteAsync($"Redact_{row.Table}", row.ToParameters()) == 0) throw new ConcurrencyConflictException(row.Table);
    }
}

/// <summary>A row with texts.</summary>
internal sealed class StoredRow(string table, IDictionary<string, object?> columns)
{
    private const string Rows = "RowsKey", Prefix = "Key", Copy = "Copy", Of = "Of", VersionColumn = "Version";

    public string Table => table;

    /// <summary>The key by which the audit log knows the row.</summary>
    public string Key => RowKeys.Text(columns[Rows]);

    /// <summary>Its own id, where rows of several belong to one record.</summary>
    public string OwnKey => columns.TryGetValue("KeyId", out var id) ? RowKeys.Text(id) : Key;

    /// <summary>Whether it is saved only where nobody has changed it since it was read.</summary>
    public bool HasVersion => columns.ContainsKey(VersionColumn);

    /// <summary>Its kind: of an entry of a timeline, of a criterion.</summary>
    public string? Kind => BelongsTo("Kind");

    /// <summary>The subjects with readers of their own that it tells of: who may not see one of them does not see the row.</summary>
    public IReadOnlyList<Guid> Subjects => BelongsTo("Subjects") is { } ids ? [.. ids.Split(' ').Select(Guid.Parse)] : [];

    /// <summary>What it belongs to, in a column that begins with <c>Of</c>; null where that is empty.</summary>
    public string? BelongsTo(string column) =>
        columns.TryGetValue(Of + column, out var value) && value is not null ? RowKeys.Text(value) : null;

    /// <summary>Table and keys.</summary>
    public string Id { get; } = string.Join('|', columns.Where(c => IsKey(c.Key)).Select(c => RowKeys.Text(c.Value)).Prepend(table));

    /// <summary>Whether the id is among its keys.</summary>
    public bool IsOf(Guid id) => columns.Any(c => IsKey(c.Key) && RowKeys.Text(c.Value) == id.ToString("D"));

    /// <summary>The texts that were written here.</summary>
    public IEnumerable<(string Column, string Text)> Texts => Strings.Where(c => !c.Column.StartsWith(Copy, StringComparison.Ordinal));

    private IEnumerable<(string Column, string Text)> Strings =>
        columns.Where(c => !IsKey(c.Key) && !SaysWhose(c.Key)).Select(c => (c.Key, c.Value as string)).Where(c => c.Item2 is not null)!;

    /// <summary>The value of a column that repeats something; null where there is none.</summary>
    public string? CopyOf(string column) => columns.TryGetValue(Copy + column, out var value) ? value as string : null;

    /// <summary>Names one text in requests, without telling where it is kept.</summary>
    public Guid NameOf(string column) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{Id}|{column}")).AsSpan(0, 16));

    /// <summary>Removes the texts, in memory. Returns how many columns had one.</summary>
    public int Remove(RedactedText texts, bool isOwn)
    {
        var changed = 0;
        foreach (var (column, text) in Strings.ToList())
        {
            var left = texts.Remove(text, isOwn);
            if (left == text) continue;
            // A column that was full stays as long as it was.
            columns[column] = TextRules.Cut(left, Math.Max(text.Length, RedactedText.Mark.Length));
            changed++;
        }
        return changed;
    }

    public DynamicParameters ToParameters()
    {
        var args = new DynamicParameters();
        foreach (var (name, value) in columns.Where(c => !SaysWhose(c.Key))) args.Add(name, value, value is null ? DbType.String : null);
        return args;
    }

    private static bool SaysWhose(string column) => column.StartsWith(Of, StringComparison.Ordinal);

    private static bool IsKey(string column) => column == Rows || column.StartsWith(Prefix, StringComparison.Ordinal);
}

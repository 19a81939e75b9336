using IncidentHub.Domain;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Benchmarks.Support;

/// <summary>The rows that one act wrote, found by comparing the database before and after, and copies of them under new ids.</summary>
internal sealed partial class RowSet
{
    private readonly Dictionary<string, (string[] Columns, List<object?[]> Rows)> _tables = [];
    private readonly HashSet<string> _newIds = [];

    /// <summary>
    /// The rows in <paramref name="after"/> that are not in <paramref name="before"/>; tables named in <paramref name="without"/> are
    /// excluded.
    /// </summary>
    public static RowSet Between(RowSet before, RowSet after, params string[] without)
    {
        var known = before._tables.Values.SelectMany(t => t.Rows).SelectMany(r => r).OfType<string>().Where(IsId).ToHashSet();
        var difference = new RowSet();
        foreach (var (table, (columns, rows)) in after._tables.Where(t => !without.Contains(t.Key)))
        {
            var old = before._tables[table].Rows.Select(Key).ToHashSet();
            var added = rows.Where(r => !old.Contains(Key(r))).ToList();
            if (added.Count > 0) difference._tables[table] = (columns, added);
        }
        foreach (var id in difference._tables.Values.SelectMany(t => t.Rows).SelectMany(r => r).OfType<string>().Where(IsId))
        {
            if (!known.Contains(id)) difference._newIds.Add(id);
        }
        return difference;
    }

    public static RowSet Read(string databaseFile)
    {
        using var connection = Open(databaseFile);
        var tables = new List<string>();
        using (var list = connection.CreateCommand())
        {
            list.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
            using var reader = list.ExecuteReader();
            while (reader.Read()) tables.Add(reader.GetString(0));
        }
        var all = new RowSet();
        foreach (var table in tables)
        {
            using var select = connection.CreateCommand();
            select.CommandText = $"SELECT * FROM \"{table}\"";
            using var reader = select.ExecuteReader();
            var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
            var rows = new List<object?[]>();
            while (reader.Read())
                rows.Add(Enumerable.Range(0, columns.Length).Select(n => reader.IsDBNull(n) ? null : reader.GetValue(n)).ToArray());
            all._tables[table] = (columns, rows);
        }
        return all;
    }

    public int Count => _tables.Values.Sum(t => t.Rows.Count);

    public string Summary => string.Join(", ", _tables.Select(t => $"{t.Value.Rows.Count} {t.Key}"));

    public static SqliteConnection Open(string databaseFile)
    {
        var connection = new SqliteConnection($"Data Source={databaseFile};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Writes copies through prepared statements, so that only the writing is timed.</summary>
    public Copier CopierFor(SqliteConnection connection) => new(this, connection);

    internal sealed class Copier
    {
        private readonly List<(string Table, string[] Columns, object?[] Row, SqliteCommand Command)> _inserts = [];
        private readonly RowSet _rows;

        public Copier(RowSet rows, SqliteConnection connection)
        {
            _rows = rows;
            foreach (var (table, (columns, all)) in rows._tables)
            {
                foreach (var row in all)
                {
                    var command = connection.CreateCommand();
                    command.CommandText =
                        $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES "
                            + $"({string.Join(", ", columns.Select((_, n) => $"@p{n}"))})";
                    for (var n = 0; n < columns.Length; n++) command.Parameters.AddWithValue($"@p{n}", DBNull.Value);
                    command.Prepare();
                    _inserts.Add((table, columns, row, command));
                }
            }
        }

        /// <summary>Writes one copy. <paramref name="change"/> sees each value that is not an id: (table, column, value) → value.</summary>
        public void Write(DbTransaction transaction, DateTimeOffset at, Func<string, string, object?, object?> change)
        {
            var ids = _rows._newIds.ToDictionary(id => id, _ => OrderedId.Next(at).ToString("D"));
            foreach (var (table, columns, row, command) in _inserts)
            {
                command.Transaction = (SqliteTransaction)transaction;
                for (var n = 0; n < columns.Length; n++)
                {
                    var value = row[n] is string text && ids.TryGetValue(text, out var id) ? id : change(table, columns[n], row[n]);
                    command.Parameters[n].Value = value ?? DBNull.Value;
                }
                command.ExecuteNonQuery();
            }
        }
    }

    private static string Key(object?[] row) => string.Join('\u001f', row);

    private static bool IsId(string text) => text.Length == 36 && Id().IsMatch(text);

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
    private static partial Regex Id();
}

using CsvHelper;

namespace IncidentHub.Catalog.Datasets;

/// <param name="Line">Of the text, counted from 1.</param>
internal sealed record CsvLine(int Line, IReadOnlyList<string> Cells);

/// <summary>A table that somebody sends as CSV, small enough to be read as a whole.</summary>
internal sealed record CsvSheet(IReadOnlyList<string> Headers, IReadOnlyList<CsvLine> Rows)
{
    public const int MaxRows = 5_000, MaxColumns = 100, MaxCharacters = 5_000_000;
    private const int MaxRecord = 64 * 1024;

    private static readonly CsvReaderOptions Options = new()
    {
        TrackLineNumbers = true,
        TrimWhitespace = true,
        // A guess at what was meant would be written.
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = MaxRecord,
        IncludeValuesInExceptions = false,
    };

    /// <summary>The separator is a comma, semicolon, tab or bar, whichever the first lines have. The refusal is at «csv».</summary>
    public static Result<CsvSheet> Read(string? csv)
    {
        if (string.IsNullOrWhiteSpace(csv)) return Invalid("Send a table as CSV, with names of columns in its first line.");
        if (csv.Length > MaxCharacters) return Invalid($"At most {MaxCharacters:N0} characters. Send several tables.");
        var rows = new List<CsvLine>();
        try
        {
            using var reader = CsvReader.FromText(csv.TrimStart('\uFEFF'), Options);
            string[] headers = [.. reader.Headers.Select(h => h.Clean())];
            if (headers.Length > MaxColumns) return Invalid($"At most {MaxColumns} columns.");
            var twice = headers.GroupBy(h => h, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Key.Length > 0 && g.Count() > 1);
            if (twice is not null) return Invalid($"Two columns are named «{TextRules.Cut(twice.Key, 80)}». Rename one.");
            while (reader.Read())
            {
                var line = (int)reader.LineNumber;
                if (reader.FieldCount > headers.Length)
                    return Invalid($"Line {line} has {reader.FieldCount} cells, the first line {headers.Length}.");
                string[] cells = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
                if (cells.All(string.IsNullOrWhiteSpace)) continue;
                if (rows.Count == MaxRows) return Invalid($"At most {MaxRows:N0} rows. Send several tables.");
                rows.Add(new(line, cells));
            }
            return rows.Count == 0 ? Invalid("There is no row below the names of the columns.") : new CsvSheet(headers, rows);
        }
        catch (CsvFormatException e)
        {
            return Invalid($"Line {Math.Max(1, e.LineNumber)} is not valid CSV. Check its quotation marks.");
        }
    }

    private static Refusal Invalid(string message) => Refusal.Invalid("csv", message);
}

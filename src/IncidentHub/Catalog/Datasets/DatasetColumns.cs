namespace IncidentHub.Catalog.Datasets;

/// <summary>What a row of the table is.</summary>
internal enum ImportedTable { Datasets, Lineage }

/// <param name="Name">As in the API.</param>
internal sealed record ImportColumn(string Name, string Label, bool Required = false);

/// <summary>The columns that an import takes, and which column of a sheet each of them is.</summary>
internal static class DatasetColumns
{
    private static readonly IReadOnlyList<ImportColumn> OfDatasets =
    [
        new("name", "Name", true), new("owner", "Owner (account)", true), new("promisedAudience", "Promised audience", true),
        new("promisedGroup", "Promised group"), new("kind", "Kind"), new("description", "Description"),
        new("classification", "Classification"), new("categories", "Data categories"), new("encryptionAtRest", "Encrypted at rest"),
        new("actualAudience", "Actual audience"), new("actualGroup", "Actual group"), new("records", "Records"),
        new("subjects", "Data subjects"), new("regions", "Regions"), new("retentionDays", "Retention in days"),
        new("location", "Location"), new("derivedFrom", "Derived from"),
    ];

    private static readonly IReadOnlyList<ImportColumn> OfLineage =
        [new("upstream", "Upstream", true), new("downstream", "Downstream", true)];

    public static IReadOnlyList<ImportColumn> Of(ImportedTable table) => table == ImportedTable.Lineage ? OfLineage : OfDatasets;

    /// <summary>
    /// Where nothing is chosen: the columns that are named like the fields, whatever their case, blanks, dashes and underscores.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Suggest(ImportedTable table, IReadOnlyList<string> headers) => (
        from column in Of(table)
        let header = headers.FirstOrDefault(h => Plain(h) == Plain(column.Name) || Plain(h) == Plain(column.Label))
        where header is not null
        select (column.Name, header)).ToDictionary(c => c.Name, c => c.header);

    /// <summary>The places of the columns in a row, or a refusal at «columns».</summary>
    public static Result<IReadOnlyDictionary<string, int>> Find(
        ImportedTable table, IReadOnlyList<string> headers, IReadOnlyDictionary<string, string?>? chosen)
    {
        var columns = Of(table);
        var check = new Validation();
        var places = new Dictionary<string, int>();
        foreach (var (name, header) in chosen ?? Suggest(table, headers).ToDictionary(c => c.Key, c => (string?)c.Value))
        {
            var column = columns.FirstOrDefault(c => Codes.Lower(c.Name) == Codes.Lower(name));
            var place = headers.ToList().FindIndex(h => string.Equals(h, header?.Clean(), StringComparison.OrdinalIgnoreCase));
            check.Check(column is not null, $"columns.{name}", $"One of {string.Join(", ", columns.Select(c => c.Name))}.")
                .Check(place >= 0, $"columns.{name}", "The table has no such column.");
            if (column is not null && place >= 0) places[column.Name] = place;
        }
        foreach (var missing in columns.Where(c => c.Required && !places.ContainsKey(c.Name)))
            check.Check(false, $"columns.{missing.Name}", "Choose the column of the table that has it.");
        return check.ToRefusal() is { } refusal ? refusal : places;
    }

    private static string Plain(string text) => new([.. text.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]);
}

using System.Globalization;
using IncidentHub.Domain.Datasets;
using IncidentHub.Ui;

namespace IncidentHub.Catalog.Datasets;

/// <param name="Line">Of the table, counted from 1; the names of the columns are in the first.</param>
internal sealed record RowRefusal(int Line, string Field, string Message);

/// <summary>One row by the names of its columns; it collects what cannot be read.</summary>
internal sealed class ImportedRow(CsvLine line, IReadOnlyDictionary<string, int> columns)
{
    private readonly List<RowRefusal> _refused = [];

    public int Line => line.Line;

    public IReadOnlyList<RowRefusal> Refused => _refused;

    public string? Text(string column) =>
        columns.TryGetValue(column, out var at) && at < line.Cells.Count && line.Cells[at].Trim() is { Length: > 0 } text ? text : null;

    public void Refuse(string field, string message)
    {
        if (_refused.All(r => r.Field != field)) _refused.Add(new(Line, field, message));
    }

    /// <summary>The refusal of a rule, by its fields.</summary>
    public void Refuse(Refusal why)
    {
        foreach (var (field, messages) in why.Errors ?? new Dictionary<string, string[]> { ["name"] = [why.Message] })
            Refuse(field.Replace("Audience.name", "Group", StringComparison.Ordinal), messages[0]);
    }

    public DatasetDetails ToDetails(IReadOnlyDictionary<string, Guid> owners)
    {
        var owner = Codes.Lower(Text("owner"));
        if (!owners.ContainsKey(owner)) Refuse("owner", "There is no such active account.");
        var promised = Audience("promised");
        if (promised is null) Refuse("promisedAudience", Codes.Allowed(typeof(AudienceScope)));
        return new()
        {
            Kind = Member("kind", DatasetKind.Dataset),
            Description = Text("description"),
            OwnerId = owners.GetValueOrDefault(owner),
            Classification = Member("classification", Classification.Internal),
            Categories = ListText.Split(Text("categories")),
            Encryption = Member("encryptionAtRest", EncryptionAtRest.Unknown),
            Promised = promised ?? new(AudienceScope.NamedGroup),
            Actual = Audience("actual"),
            Records = Number("records", DatasetRules.CountText),
            Subjects = Number("subjects", DatasetRules.CountText),
            Regions = ListText.Split(Text("regions")),
            RetentionDays = (int?)Number("retentionDays", "Days, from 0 to 36,500.", int.MaxValue),
            Location = Text("location"),
        };
    }

    // A group alone is a named group.
    private Audience? Audience(string which) => (Text($"{which}Audience"), Text($"{which}Group")) switch
    {
        (null, null) => null,
        (null, var group) => new(AudienceScope.NamedGroup, group),
        var (_, group) => new(Member($"{which}Audience", AudienceScope.NamedGroup), group),
    };

    private T Member<T>(string column, T otherwise) where T : struct, Enum
    {
        if (Text(column) is not { } text) return otherwise;
        if (Codes.TryRead<T>(text.Replace(" ", "", StringComparison.Ordinal), out var member)) return member;
        Refuse(column, Codes.Allowed(typeof(T)));
        return otherwise;
    }

    private long? Number(string column, string message, long most = long.MaxValue)
    {
        if (Text(column) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most) return number;
        Refuse(column, message);
        return null;
    }
}

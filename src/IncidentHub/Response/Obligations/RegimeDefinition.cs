using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentHub.Domain.Obligations;
using IncidentHub.Platform.Http;

namespace IncidentHub.Response.Obligations;

/// <summary>A duty as the API takes and gives it, and as it is stored. Terms are written «72 h», «60 d», «4 bd», «1 mo».</summary>
internal sealed record DutyDefinition
{
    [Required] public string? Key { get; init; }
    [Required] public string? Name { get; init; }
    [Required] public TriggerFact? Trigger { get; init; }
    public string? After { get; init; }
    public string? Due { get; init; }
    public string? AtMostFromAwareness { get; init; }
    public long? MoreThanSubjects { get; init; }
    [Required] public string? Says { get; init; }

    public static DutyDefinition Of(Duty d) => new()
    {
        Key = d.Key,
        Name = d.Name,
        Trigger = d.Trigger,
        After = d.After,
        Due = d.Due?.ToString(),
        AtMostFromAwareness = d.AtMostFromAwareness?.ToString(),
        MoreThanSubjects = d.MoreThanSubjects,
        Says = d.Says,
    };

    /// <summary>The duty; invalid values are noted at their fields.</summary>
    public Duty Read(Validation check, int index)
    {
        ClockTerm? Term(string? text, string field)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            var ok = ClockTerm.TryParse(text, out var term);
            check.Check(ok, $"duties[{index}].{field}", "Enter a term such as «72 h», «60 d», «4 bd» (business days) or «1 mo».");
            return ok ? term : null;
        }
        check.Check(Trigger is not null, $"duties[{index}].trigger", Codes.Allowed(typeof(TriggerFact)));
        return new()
        {
            Key = Key ?? "",
            Name = Name ?? "",
            Trigger = Trigger ?? default,
            After = After,
            Due = Term(Due, "due"),
            AtMostFromAwareness = Term(AtMostFromAwareness, "atMostFromAwareness"),
            MoreThanSubjects = MoreThanSubjects,
            Says = Says ?? "",
        };
    }
}

/// <summary>The contents of a version of a regime: what is stored of it as JSON.</summary>
internal record RegimeDefinition
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new EnumNames() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    [Required] public string? Name { get; init; }

    /// <summary>Proposed where people in one of these are concerned; none: anywhere.</summary>
    public IReadOnlyList<string>? Regions { get; init; }

    /// <summary>Proposed where data of one of these was exposed; none: any.</summary>
    public IReadOnlyList<string>? Categories { get; init; }
    public bool? IsProposed { get; init; }

    /// <summary>The IANA name of the zone in which days are counted; UTC if left out.</summary>
    public string? TimeZone { get; init; }

    /// <summary>When the last business day of a term ends, as <c>17:30</c>; left out: at the time of day of the trigger.</summary>
    public string? DayEnds { get; init; }
    public string? Calendar { get; init; }
    [Required] public IReadOnlyList<DutyDefinition>? Duties { get; init; }
    [Required] public string? Source { get; init; }

    /// <summary>When somebody last compared it with its source.</summary>
    [Required] public DateOnly? CheckedOn { get; init; }

    public static string Write(Regime r) => JsonSerializer.Serialize(Fill(new RegimeDefinition(), r), Json);

    public static RegimeDefinition Read(string json) => JsonSerializer.Deserialize<RegimeDefinition>(json, Json)!;

    public static T Fill<T>(T empty, Regime r) where T : RegimeDefinition => (T)(empty with
    {
        Name = r.Name,
        Regions = r.Regions,
        Categories = r.Categories,
        IsProposed = r.IsProposed,
        TimeZone = r.TimeZone,
        DayEnds = r.DayEnds?.ToString("HH:mm", CultureInfo.InvariantCulture),
        Calendar = r.Calendar,
        Duties = [.. r.Duties.Select(DutyDefinition.Of)],
        Source = r.Source,
        CheckedOn = r.CheckedOn,
    });

    public Regime ToRegime(string code, int version, DateOnly effectiveFrom, Validation check)
    {
        var ends = TimeOnly.TryParseExact(DayEnds?.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        check.Check(ends || string.IsNullOrWhiteSpace(DayEnds), "dayEnds", "Enter a time of day such as 17:30, or none.");
        return new()
        {
            Code = code,
            Version = version,
            Name = Name ?? "",
            // An element may be null: the rules refuse an empty text.
            Regions = [.. (Regions ?? []).Select(r => r ?? "")],
            Categories = [.. (Categories ?? []).Select(c => c ?? "")],
            IsProposed = IsProposed ?? true,
            EffectiveFrom = effectiveFrom,
            TimeZone = string.IsNullOrWhiteSpace(TimeZone) ? "UTC" : TimeZone.Trim(),
            DayEnds = ends ? time : null,
            Calendar = Calendar,
            Duties = [.. (Duties ?? []).Select((d, i) => d.Read(check, i))],
            Source = Source ?? "",
            CheckedOn = CheckedOn ?? default,
        };
    }
}

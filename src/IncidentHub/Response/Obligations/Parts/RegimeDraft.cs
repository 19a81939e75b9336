using IncidentHub.Domain.Obligations;
using IncidentHub.Domain.Programs;

namespace IncidentHub.Response.Obligations.Parts;

/// <summary>A duty while it is edited.</summary>
public sealed class DutyDraft
{
    public string? Key { get; set; }
    public string? Name { get; set; }
    public TriggerFact Trigger { get; set; }
    public string? After { get; set; }
    public string? Due { get; set; }
    public string? AtMost { get; set; }
    public long? MoreThan { get; set; }
    public string? Says { get; set; }

    public static DutyDraft Of(Duty d) => new()
    {
        Key = d.Key,
        Name = d.Name,
        Trigger = d.Trigger,
        After = d.After,
        Due = d.Due?.ToString(),
        AtMost = d.AtMostFromAwareness?.ToString(),
        MoreThan = d.MoreThanSubjects,
        Says = d.Says,
    };

    internal DutyDefinition ToDefinition() => new()
    {
        Key = Key,
        Name = Name,
        Trigger = Trigger,
        After = After,
        Due = Due,
        AtMostFromAwareness = AtMost,
        MoreThanSubjects = MoreThan,
        Says = Says,
    };
}

/// <summary>A regime while it is edited.</summary>
public sealed class RegimeDraft
{
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? Regions { get; set; }
    public string? Categories { get; set; }
    public bool IsProposed { get; set; } = true;
    public DateOnly? EffectiveFrom { get; set; }
    public string? TimeZone { get; set; } = "UTC";
    public string? DayEnds { get; set; }
    public string? Calendar { get; set; }
    public string? Source { get; set; }
    public DateOnly? CheckedOn { get; set; }
    public string? Reason { get; set; }
    public List<DutyDraft> Duties { get; } = [];

    /// <summary>The newest version; 0 for a new regime.</summary>
    public int Version { get; init; }

    public static RegimeDraft Of(Regime r)
    {
        var definition = RegimeDefinition.Fill(new RegimeDefinition(), r);
        var draft = new RegimeDraft
        {
            Code = r.Code,
            Version = r.Version,
            Name = r.Name,
            Regions = string.Join(", ", r.Regions),
            Categories = string.Join(", ", r.Categories),
            IsProposed = r.IsProposed,
            EffectiveFrom = r.EffectiveFrom,
            TimeZone = r.TimeZone,
            DayEnds = definition.DayEnds,
            Calendar = r.Calendar,
            Source = r.Source,
            CheckedOn = r.CheckedOn,
        };
        draft.Duties.AddRange(r.Duties.Select(DutyDraft.Of));
        return draft;
    }

    /// <summary>The regime; invalid values are noted at their fields.</summary>
    public Regime Read(Validation check)
    {
        check.Check(EffectiveFrom is not null, "effectiveFrom", "From which day it counts.")
            .Check(CheckedOn is not null, "checkedOn", "When somebody compared it with its source.");
        return new RegimeDefinition
        {
            Name = Name,
            Regions = Split(Regions),
            Categories = DataCategories.Keys(Split(Categories)),
            IsProposed = IsProposed,
            TimeZone = TimeZone,
            DayEnds = DayEnds,
            Calendar = Calendar,
            Source = Source,
            CheckedOn = CheckedOn,
            Duties = [.. Duties.Select(d => d.ToDefinition())],
        }.ToRegime(Code ?? "", 0, EffectiveFrom ?? default, check);
    }

    private static string[] Split(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

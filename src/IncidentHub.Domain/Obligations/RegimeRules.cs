using IncidentHub.Domain.Programs;

namespace IncidentHub.Domain.Obligations;

/// <summary>Adds a version of a regime.</summary>
/// <param name="Next">With the code; its version is assigned here.</param>
public sealed record EditRegime(Regime Next, string Reason);

public sealed record RegimeEdited(string Code, int Version, string Reason) : DomainEvent;

/// <summary>What a regime may be.</summary>
public static class RegimeRules
{
    public const int MaxName = 200, MaxSource = 500, MaxText = 2000, MaxDuties = 12;

    /// <param name="newest">The newest version; null for a new regime.</param>
    /// <param name="calendars">The calendars that have days.</param>
    public static Result<Accepted<Regime>> Decide(Regime? newest, EditRegime command, IReadOnlySet<string> calendars, DateTimeOffset now)
    {
        var next = Normalised(command.Next) with { Version = (newest?.Version ?? 0) + 1 };
        if (Check(next, command.Reason, calendars, now).ToRefusal() is { } invalid) return invalid;
        if (newest is not null && Same(next with { Version = newest.Version }, newest))
            return Refusal.NotAllowed("nothing_changed", "Nothing differs from the newest version.");
        return Outcome.Accept(next, new RegimeEdited(next.Code, next.Version, command.Reason.Clean()));
    }

    private static Regime Normalised(Regime r) => r with
    {
        Code = Codes.Upper(r.Code),
        Name = r.Name.Clean(),
        Regions = [.. r.Regions.Select(Regions.Key).Distinct()],
        Categories = DataCategories.Keys(r.Categories),
        Calendar = TextNormaliser.OrNull(r.Calendar)?.ToUpperInvariant(),
        Source = r.Source.Clean(),
        Duties = [.. r.Duties.Select(d => d with
        {
            Key = Codes.Lower(d.Key),
            Name = d.Name.Clean(),
            Says = d.Says.Clean(),
            After = TextNormaliser.OrNull(d.After) is { } after ? Codes.Lower(after) : null,
        })],
    };

    private static Validation Check(Regime r, string reason, IReadOnlySet<string> calendars, DateTimeOffset now)
    {
        var check = new Validation()
            .Check(IsCode(r.Code), "code", "2 to 24 letters A to Z, digits and dashes.")
            .Line(r.Name, "name", MaxName)
            .Check(r.Regions.Count <= 50 && r.Regions.All(Regions.IsValid), "regions", "Codes of regions, such as US, US-CA or EU.")
            .Check(r.Categories.Count <= 50 && r.Categories.All(c => c.Length is > 0 and <= DataCategories.MaxLength), "categories",
                $"Names of at most {DataCategories.MaxLength} letters from a to z, digits and dashes.")
            .Check(r.EffectiveFrom.Year is >= 1970 and <= 2100, "effectiveFrom", "A day from 1970 to 2100.")
            .Check(TimeZones.IsKnown(r.TimeZone), "timeZone", "Enter the name of a time zone, such as Europe/Dublin.")
            .Check(r.Calendar is null || calendars.Contains(r.Calendar), "calendar",
                "There is no calendar of this name with public holidays.")
            .Line(r.Source, "source", MaxSource)
            .Check(r.CheckedOn >= new DateOnly(1970, 1, 1) && r.CheckedOn <= LocalDay.Of(now, "UTC").AddDays(1), "checkedOn",
                "The day on which somebody compared this with its source. It may not lie in the future.")
            .Text(reason, "reason", MaxText)
            .Check(r.Duties.Count is >= 1 and <= MaxDuties, "duties", $"1 to {MaxDuties} duties.")
            .Check(r.Duties.Select(d => d.Key).Distinct().Count() == r.Duties.Count, "duties", "Each key once.");
        for (var i = 0; i < r.Duties.Count && i < MaxDuties; i++) CheckDuty(check, r, i);
        return check;
    }

    private static void CheckDuty(Validation check, Regime r, int index)
    {
        var (duty, at) = (r.Duties[index], $"duties[{index}]");
        var follows = duty.Trigger == TriggerFact.EarlierNotice;
        check.Check(IsKey(duty.Key), $"{at}.key", "1 to 40 letters a to z, digits and dashes.")
            .Line(duty.Name, $"{at}.name", MaxName)
            .Text(duty.Says, $"{at}.says", MaxText)
            .Check(Enum.IsDefined(duty.Trigger), $"{at}.trigger", Codes.Allowed(typeof(TriggerFact)))
            .Check(follows == (duty.After is not null), $"{at}.after",
                "Name the duty whose notice starts this one, only with EarlierNotice.")
            .Check(duty.After is null || r.Duties.Take(index).Any(d => d.Key == duty.After), $"{at}.after", "Name a duty above this one.")
            .Check(duty.AtMostFromAwareness is null || duty.Due is not null, $"{at}.due", "A latest time needs a due time.")
            .Check(duty.MoreThanSubjects is null or >= 0, $"{at}.moreThanSubjects", "0 or more.");
    }

    private static bool IsCode(string code) =>
        code.Length is >= 2 and <= 24 && code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-');

    private static bool IsKey(string key) =>
        key.Length is >= 1 and <= 40 && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static bool Same(Regime a, Regime b) =>
        a with { Regions = b.Regions, Categories = b.Categories, Duties = b.Duties } == b
        && a.Regions.SequenceEqual(b.Regions) && a.Categories.SequenceEqual(b.Categories) && a.Duties.SequenceEqual(b.Duties);
}

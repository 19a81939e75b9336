using System.Collections.Concurrent;
using IncidentHub.Domain.Obligations;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Obligations;

/// <summary>A version of a regime, and who added it.</summary>
internal sealed record RegimeVersion(Regime Regime, string Reason, DateTimeOffset ChangedAt, string ChangedBy);

/// <summary>A calendar of public holidays.</summary>
internal sealed record CalendarLine(string Name, DateOnly First, DateOnly Last, int Days);

/// <summary>Regimes and public holidays in the database.</summary>
internal static class RegimeStore
{
    // A version is never changed.
    private static readonly ConcurrentDictionary<(string Code, int Version, string Definition), Regime> Known = new();

    public static Regime Parse(string code, int version, string effectiveFrom, string definition) => Known.GetOrAdd(
        (code, version, definition),
        static (key, from) => RegimeDefinition.Read(key.Definition)
            .ToRegime(key.Code, key.Version, DateText.Read(from)!.Value, new Validation()),
        effectiveFrom);

    public static async Task<IReadOnlyList<RegimeVersion>> ListAsync(ISql sql) =>
        [.. (await sql.QueryAsync<Row>("Regime_List")).Select(r => r.ToVersion())];

    /// <summary>The oldest first; empty where there is no such regime.</summary>
    public static async Task<IReadOnlyList<RegimeVersion>> VersionsAsync(ISql sql, string code) =>
        [.. (await sql.QueryAsync<Row>("Regime_Versions", new { Code = code })).Select(r => r.ToVersion())];

    /// <summary>False: another version was added first.</summary>
    public static async Task<bool> InsertAsync(UnitOfWork tx, Regime regime, string reason, string by) =>
        await tx.ExecuteAsync("Regime_Insert", new
        {
            regime.Code,
            regime.Version,
            EffectiveFrom = DateText.Write(regime.EffectiveFrom),
            Definition = RegimeDefinition.Write(regime),
            Reason = reason,
            ChangedAt = tx.Now,
            ChangedBy = by,
            Before = regime.Version - 1,
        }) == 1;

    public static async Task<IReadOnlyList<CalendarLine>> CalendarsAsync(ISql sql) =>
        [.. (await sql.QueryAsync<CalendarRow>("Holiday_Calendars")).Select(r => r.ToLine())];

    public static async Task<IReadOnlyList<Holiday>> HolidaysAsync(ISql sql, string calendar) =>
        [.. (await sql.QueryAsync<HolidayRow>("Holiday_List", new { Calendar = calendar })).Select(r => r.ToHoliday())];

    /// <summary>The days of a regime's calendar; none where it has none.</summary>
    public static async Task<IReadOnlySet<DateOnly>> DaysAsync(ISql sql, Regime regime) =>
        regime.Calendar is { } calendar ? (await HolidaysAsync(sql, calendar)).Select(h => h.Day).ToHashSet() : new HashSet<DateOnly>();

    public static async Task ReplaceAsync(UnitOfWork tx, string calendar, IEnumerable<Holiday> before, IEnumerable<Holiday> after)
    {
        await tx.ExecuteAsync("Holiday_Delete", before.Select(h => new { Calendar = calendar, Day = DateText.Write(h.Day) }).ToList());
        await tx.ExecuteAsync("Holiday_Insert",
            after.Select(h => new { Calendar = calendar, Day = DateText.Write(h.Day), h.Name }).ToList());
    }

    private sealed record Row
    {
        public required string Code { get; init; }
        public required int Version { get; init; }
        public required string EffectiveFrom { get; init; }
        public required string Definition { get; init; }
        public required string Reason { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required string ChangedBy { get; init; }

        public RegimeVersion ToVersion() => new(Parse(Code, Version, EffectiveFrom, Definition), Reason, ChangedAt, ChangedBy);
    }

    private sealed record CalendarRow
    {
        public required string Calendar { get; init; }
        public required string FirstDay { get; init; }
        public required string LastDay { get; init; }
        public required int Days { get; init; }

        public CalendarLine ToLine() => new(Calendar, DateText.Read(FirstDay)!.Value, DateText.Read(LastDay)!.Value, Days);
    }

    private sealed record HolidayRow
    {
        public required string Day { get; init; }
        public required string Name { get; init; }

        public Holiday ToHoliday() => new(DateText.Read(Day)!.Value, Name);
    }
}

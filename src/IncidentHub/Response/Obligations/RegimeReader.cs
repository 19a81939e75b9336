using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Obligations;

/// <summary>Published reader: regimes and calendars of public holidays.</summary>
internal static class RegimeReader
{
    /// <summary>The versions of each regime, the oldest first.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<RegimeVersion>>> ByCodeAsync(ISql sql) =>
        [.. (await RegimeStore.ListAsync(sql)).GroupBy(v => v.Regime.Code).Select(g => g.ToArray())];

    public static Task<IReadOnlyList<CalendarLine>> CalendarsAsync(ISql sql) => RegimeStore.CalendarsAsync(sql);
}

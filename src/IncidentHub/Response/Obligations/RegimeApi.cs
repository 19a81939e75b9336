using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Obligations;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Obligations;

/// <summary>A version of a regime to add.</summary>
internal sealed record RegimeBody : RegimeDefinition
{
    /// <summary>From this day on, until a version with a later one.</summary>
    [Required] public DateOnly? EffectiveFrom { get; init; }
    [Required] public string? Reason { get; init; }
    public int? ExpectedVersion { get; init; }
}

/// <summary>A version of a regime.</summary>
internal sealed record RegimeView : RegimeDefinition
{
    public required string Code { get; init; }
    public required int Version { get; init; }
    public required DateOnly EffectiveFrom { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }

    public static RegimeView Of(RegimeVersion v) => Fill(
        new RegimeView
        {
            Code = v.Regime.Code,
            Version = v.Regime.Version,
            EffectiveFrom = v.Regime.EffectiveFrom,
            Reason = v.Reason,
            ChangedAt = v.ChangedAt,
            ChangedBy = v.ChangedBy,
        },
        v.Regime);
}

internal sealed record HolidayBody([Required] DateOnly? Day, [Required] string? Name);

/// <summary>The public holidays of a year.</summary>
internal sealed record HolidaysBody([Required] IReadOnlyList<HolidayBody>? Days, [Required] string? Reason);

/// <summary>Regimes and calendars of public holidays over HTTP.</summary>
internal static class RegimeApi
{
    public static void MapRegimeApi(this WebApplication app)
    {
        var regimes = app.MapApi("/api/v1/regimes");
        regimes.MapGet("", ListAsync).Requires(Act.ReadIncidents).WithSummary("All versions of all regimes. A help, not legal advice.");
        regimes.MapGet("/{code}", VersionsAsync).Requires(Act.ReadIncidents).WithSummary("The versions of a regime, the oldest first.");
        regimes.MapPut("/{code}", EditAsync).Requires(Act.EditRegimes)
            .WithSummary("Adds a version, or a regime. Clocks that run keep the version that they were judged by.");
        var calendars = app.MapApi("/api/v1/holiday-calendars");
        calendars.MapGet("", CalendarsAsync).Requires(Act.ReadIncidents).WithSummary("Calendars of public holidays.");
        calendars.MapGet("/{calendar}", HolidaysAsync).Requires(Act.ReadIncidents).WithSummary("The public holidays of a calendar.");
        calendars.MapPut("/{calendar}/{year:int}", EditHolidaysAsync).Requires(Act.EditRegimes)
            .WithSummary("Replaces the holidays of a year. Open clocks in business days get their new due time with it.");
    }

    private static async Task<Results<Ok<Page<RegimeView>>, Refused>> ListAsync(HttpContext http, Db db, CancellationToken ct) =>
        (await ReadAsync<RegimeVersion[]>(http, db, async sql => (await RegimeStore.ListAsync(sql)).ToArray(), ct))
            .ToOk(all => Page<RegimeView>.All(all.Select(RegimeView.Of)));

    private static async Task<Results<Ok<Page<RegimeView>>, Refused>> VersionsAsync(
        string code, HttpContext http, Db db, CancellationToken ct) =>
        (await ReadAsync<RegimeVersion[]>(
            http, db,
            async sql => await RegimeStore.VersionsAsync(sql, Codes.Upper(code)) is { Count: > 0 } versions
                ? versions.ToArray() : Refusal.NotFound("The regime"),
            ct)).ToOk(all => Page<RegimeView>.All(all.Select(RegimeView.Of)));

    private static async Task<Results<Ok<RegimeView>, Refused>> EditAsync(
        string code, RegimeBody body, HttpContext http, RegimeCommands commands, CancellationToken ct)
    {
        if (AccessTable.Deny(http.Actor(), Act.EditRegimes) is { } denied) return new Refused(denied);
        var check = new Validation().Check(body.Duties is null || body.Duties.All(d => d is not null), "duties", "Give each duty.");
        if (check.ToRefusal() is { } missing) return new Refused(missing);
        var regime = body.ToRegime(code, 0, body.EffectiveFrom ?? default, check);
        if (check.ToRefusal() is { } unreadable) return new Refused(unreadable);
        var edit = new EditRegime(regime, body.Reason ?? "");
        return (await commands.EditAsync(edit, http.Expected(body.ExpectedVersion), http.Actor(), ct)).ToOk(RegimeView.Of);
    }

    private static async Task<Results<Ok<Page<CalendarLine>>, Refused>> CalendarsAsync(HttpContext http, Db db, CancellationToken ct) =>
        (await ReadAsync<CalendarLine[]>(http, db, async sql => (await RegimeStore.CalendarsAsync(sql)).ToArray(), ct))
            .ToOk(Page<CalendarLine>.All);

    private static async Task<Results<Ok<Page<Holiday>>, Refused>> HolidaysAsync(
        string calendar, HttpContext http, Db db, CancellationToken ct) =>
        (await ReadAsync<Holiday[]>(
            http, db,
            async sql => await RegimeStore.HolidaysAsync(sql, Codes.Upper(calendar)) is { Count: > 0 } days
                ? days.ToArray() : Refusal.NotFound("The calendar"),
            ct)).ToOk(Page<Holiday>.All);

    private static async Task<Results<Ok<Page<Holiday>>, Refused>> EditHolidaysAsync(
        string calendar, int year, HolidaysBody body, HttpContext http, RegimeCommands commands, CancellationToken ct)
    {
        if (AccessTable.Deny(http.Actor(), Act.EditRegimes) is { } denied) return new Refused(denied);
        if (body.Days is null || body.Days.Any(d => d?.Day is null))
            return new Refused(Refusal.Invalid("days", "Give the days of the year, each with its name."));
        var edit = new EditHolidays(calendar, year, [.. body.Days.Select(d => new Holiday(d.Day!.Value, d.Name ?? ""))], body.Reason ?? "");
        return (await commands.EditHolidaysAsync(edit, http.Actor(), ct)).ToOk(Page<Holiday>.All);
    }

    private static async Task<Result<T>> ReadAsync<T>(HttpContext http, Db db, Func<ISql, Task<Result<T>>> read, CancellationToken ct) =>
        AccessTable.Deny(http.Actor(), Act.ReadIncidents) is { } denied ? denied : await db.ReadAsync(read, ct);
}

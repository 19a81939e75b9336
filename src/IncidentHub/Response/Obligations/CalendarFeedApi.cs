using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Obligations;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Obligations;

/// <summary>The calendar of due times: its address, and the calendar itself (RFC 5545).</summary>
internal static class CalendarFeedApi
{
    // As many as a calendar program shows without trouble.
    private const int Most = 250;

    public static void MapCalendarFeedApi(this WebApplication app)
    {
        var feed = app.MapApi("/api/v1/calendar-feed");
        feed.MapPost("", MakeAsync).Requires(Act.ManageCalendarFeed)
            .WithSummary("Makes the address of one's calendar of due times; the former one ends. Shown once.");
        feed.MapDelete("", RevokeAsync).Requires(Act.ManageCalendarFeed).WithSummary("Revokes the address.");
        app.MapGet("/calendar/{token}/obligations.ics", ReadAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<Results<Created<CalendarFeed>, Refused>> MakeAsync(
        HttpContext http, CalendarFeeds feeds, CancellationToken ct)
    {
        http.HoldSecret();
        return (await feeds.MakeAsync(http.Actor(), ct)).ToCreated(f => f);
    }

    private static async Task<Results<NoContent, Refused>> RevokeAsync(HttpContext http, CalendarFeeds feeds, CancellationToken ct) =>
        (await feeds.RevokeAsync(http.Actor(), ct)).ToNoContent();

    private static async Task<IResult> ReadAsync(
        string token, CalendarFeeds feeds, ObligationQueries queries, PublicAddress address, CancellationToken ct)
    {
        if (await feeds.OwnerAsync(token, ct) is not { } owner)
            return TypedResults.Text("There is no such calendar, or its address was revoked.", statusCode: StatusCodes.Status404NotFound);
        var due = await queries.ListAsync(new() { Open = true, Public = true }, null, Most, owner, ct);
        if (due.Refusal is { } refused) return new Refused(refused);
        var calendar = new Calendar { ProductId = "-//IncidentHub//Obligations//EN" };
        calendar.AddProperty("X-WR-CALNAME", "IncidentHub obligations");
        calendar.AddProperty("REFRESH-INTERVAL", "PT1H");
        foreach (var o in due.Value.Items.Where(o => o.DueAt is not null)) calendar.Events.Add(EventOf(o, address));
        return TypedResults.Text(new CalendarSerializer().SerializeToString(calendar), "text/calendar; charset=utf-8");
    }

    private static CalendarEvent EventOf(ObligationView o, PublicAddress address) => new()
    {
        Uid = $"{o.Code}@incidenthub",
        Summary = $"{o.Code} due: {o.RegimeName}, {o.Name} ({o.Incident})",
        Description = o.Says,
        Url = new Uri($"{address.Origin}{address.PathBase}/incidents/{o.Incident}"),
        Start = new CalDateTime(o.DueAt!.Value.UtcDateTime),
        End = new CalDateTime(o.DueAt.Value.UtcDateTime.AddMinutes(30)),
        Status = o.Status == ObligationStatus.Delayed ? EventStatus.Tentative : EventStatus.Confirmed,
    };
}

using System.Net;
using System.Text.Json;
using IncidentHub.Insight.Home;
using IncidentHub.Tests.Response.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Response.Reviews;

/// <summary>The review of an incident: due by SEV when it is closed, completed with a cause and a lesson, counted by cause.</summary>
public sealed class ReviewTests
{
    private const string First = "01926e50-0000-7000-8000-000000000001", Second = "01926e50-0000-7000-8000-000000000002";

    [Theory]
    // 18 June 2026 is a Thursday.
    [InlineData(2, "2026-07-02T13:50:00Z")]
    [InlineData(3, "2026-07-16T13:50:00Z")]
    [InlineData(4, null)]
    public async Task A_closed_incident_is_reviewed_within_the_time_of_its_worst_SEV(int sev, string? due)
    {
        await using var scene = await IncidentScene.CreateAsync();
        var hub = scene.Hub;
        var responder = await hub.AsAsync("responder");
        var code = await ClosedAsync(responder, sev);
        var view = await responder.ReadAsync($"/api/v1/incidents/{code}/reviews");
        DateTimeOffset? shown = view.GetProperty("dueAt") is { ValueKind: JsonValueKind.String } at ? at.GetDateTimeOffset() : null;
        Assert.Equal(due, shown is null ? null : $"{shown.Value.UtcDateTime:s}Z");
        Assert.Equal(due is null ? 0 : 1, await CountAsync(responder, "due"));
        if (due is null) return;
        Assert.Equal(0, await CountAsync(responder, "late"));
        hub.Clock.Advance(TimeSpan.FromDays(40));
        responder = await hub.AsAsync("responder");
        Assert.Equal(1, await CountAsync(responder, "late"));
        Assert.Equal(1, (await (await hub.AsAsync("executive")).ReadAsync("/api/v1/dashboard")).GetProperty("lateReviews").GetInt32());

        // A downgrade before the close does not give more time.
        var other = await DeclareAsync(responder, sev);
        await responder.MakeAsync($"/api/v1/incidents/{other}/sev", new { sev = 4, reason = "Less than feared." });
        await CloseAsync(responder, other);
        Assert.Equal(2, await CountAsync(responder, "due"));
    }

    [Fact]
    public async Task It_is_completed_with_a_cause_and_a_lesson_after_the_close_and_again_after_a_reopened_one()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var hub = scene.Hub;
        var responder = await hub.AsAsync("responder");
        var code = await DeclareAsync(responder, 3);
        var at = $"/api/v1/incidents/{code}/reviews";
        Assert.Equal(HttpStatusCode.OK, (await responder.SendAsync(HttpMethod.Put, at, new { causes = new[] { First } })).Status);
        Assert.Equal("not_closed", (await responder.SendAsync(HttpMethod.Post, at + "/complete", new { })).Body.Text("code"));
        await CloseAsync(responder, code);
        var (status, body) = await responder.SendAsync(HttpMethod.Post, at + "/complete", new { });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["lessons"], body.GetProperty("errors").EnumerateObject().Select(e => e.Name));
        var saved = new { causes = new[] { First, Second }, factors = "Inherited.", lessons = "Review grants." };
        Assert.Equal(HttpStatusCode.OK, (await responder.SendAsync(HttpMethod.Put, at, saved)).Status);
        Assert.Equal("Completed", (await responder.MakeAsync(at + "/complete", new { })).Text("status"));
        Assert.Equal("completed", (await responder.SendAsync(HttpMethod.Put, at, saved)).Body.Text("code"));
        Assert.Equal((0, 1), (await CountAsync(responder, "due"), await CountAsync(responder, "completed")));

        await responder.MakeAsync($"/api/v1/incidents/{code}/reopen", new { reason = "It came back." });
        await CloseAsync(responder, code);
        Assert.Equal((1, 0), (await CountAsync(responder, "due"), await CountAsync(responder, "completed")));
        Assert.Equal("Review grants.", (await responder.ReadAsync(at)).Text("lessons"));
        Assert.Equal(["Review completed", "Review saved", "Review saved"], (await responder.ReadAsync(
            $"/api/v1/incidents/{code}/timeline?kind=review")).GetProperty("items").EnumerateArray().Select(e => e.Text("title"))
            .Where(t => !t.StartsWith("Review due", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_change_by_somebody_else_meanwhile_is_told_and_nothing_is_lost()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var hub = scene.Hub;
        var (responder, second) = (await hub.AsAsync("responder"), await hub.AsAsync("responder-2"));
        var at = $"/api/v1/incidents/{await DeclareAsync(responder, 3)}/reviews";
        await responder.SendAsync(HttpMethod.Put, at, new { causes = Array.Empty<string>(), lessons = "One." });
        Assert.Equal(HttpStatusCode.OK, (await second.SendAsync(
            HttpMethod.Put, at, new { causes = new[] { First }, lessons = "Two.", expectedVersion = 1 })).Status);
        var (status, body) = await responder.SendAsync(
            HttpMethod.Put, at, new { causes = new[] { Second }, lessons = "Three.", expectedVersion = 1 });
        Assert.Equal((HttpStatusCode.Conflict, "stale"), (status, body.Text("code")));
        Assert.Contains("Second responder", body.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("Two.", (await responder.ReadAsync(at)).Text("lessons"));
    }

    [Fact]
    public async Task Late_reviews_that_the_inbox_does_not_list_are_counted_for_those_with_a_role()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var hub = scene.Hub;
        var responder = await hub.AsAsync("responder");
        for (var n = 0; n < 27; n++) await ClosedAsync(responder, 3);
        hub.Clock.Advance(TimeSpan.FromDays(40));
        var late = (await InboxAsync("responder")).Where(i => i.Kind == "Review late").ToList();
        Assert.Equal(26, late.Count);
        Assert.Equal(("2 more reviews are due", 2, "reviews"), (late[^1].Text, late[^1].Rest, late[^1].Href));
        Assert.DoesNotContain("Review late", (await InboxAsync("executive")).Select(i => i.Kind));

        async Task<IReadOnlyList<InboxItem>> InboxAsync(string account) =>
            (await hub.Services.GetRequiredService<HomeQueries>().LoadAsync(TestHub.Actor(account))).Inbox.Items;
    }

    [Fact]
    public async Task Causes_recur_for_those_who_may_see_their_incidents_and_a_retired_one_stays_where_it_was_chosen()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var hub = scene.Hub;
        var (responder, administrator) = (await hub.AsAsync("responder"), await hub.AsAsync("administrator"));
        var (open, restricted) = (await ReviewedAsync(responder), await ReviewedAsync(responder));
        await (await hub.AsAsync("privacy")).MakeAsync($"/api/v1/incidents/{restricted}/confidentiality",
            new { confidentiality = "Restricted", reason = "Under investigation." });
        Assert.Equal(1, await OfAsync("executive"));
        Assert.Equal(2, await OfAsync("privacy"));
        Assert.Equal([open], await ListedAsync("executive"));
        Assert.Equal(HttpStatusCode.NotFound,
            (await (await hub.AsAsync("executive")).SendAsync(HttpMethod.Get, $"/api/v1/incidents/{restricted}/reviews")).Status);

        await administrator.SendAsync(HttpMethod.Patch, $"/api/v1/causes/{First}", new { retired = true });
        await responder.MakeAsync($"/api/v1/incidents/{open}/reviews/reopen", new { reason = "More was found." });
        async Task<HttpStatusCode> SaveAsync(string code, string lessons) => (await responder.SendAsync(
            HttpMethod.Put, $"/api/v1/incidents/{code}/reviews", new { causes = new[] { First }, lessons })).Status;
        Assert.Equal(HttpStatusCode.OK, await SaveAsync(open, "Two."));
        Assert.Equal(HttpStatusCode.BadRequest, await SaveAsync(await DeclareAsync(responder, 3), "Two."));
        hub.Clock.Advance(TimeSpan.FromDays(370));
        Assert.Equal(0, await OfAsync("privacy"));

        async Task<int> OfAsync(string account) => (await (await hub.AsAsync(account)).ReadAsync($"/api/v1/causes/{First}"))
            .GetProperty("incidents").GetInt32();
        async Task<string[]> ListedAsync(string account) => [.. (await (await hub.AsAsync(account))
            .ReadAsync("/api/v1/reviews?show=completed")).GetProperty("items").EnumerateArray().Select(r => r.Text("incident"))];
    }

    private static async Task<string> ReviewedAsync(HttpClient responder)
    {
        var code = await ClosedAsync(responder, 3);
        await responder.SendAsync(
            HttpMethod.Put, $"/api/v1/incidents/{code}/reviews", new { causes = new[] { First }, lessons = "Review grants." });
        await responder.MakeAsync($"/api/v1/incidents/{code}/reviews/complete", new { });
        return code;
    }

    private static async Task<string> ClosedAsync(HttpClient responder, int sev)
    {
        var code = await DeclareAsync(responder, sev);
        await CloseAsync(responder, code);
        return code;
    }

    private static async Task<string> DeclareAsync(HttpClient responder, int sev) =>
        (await responder.MakeAsync("/api/v1/incidents", new
        {
            title = "A grant was too wide",
            sev,
            // It collects on: no pause stands against the close.
            programs = new[] { new { program = "MCI", kind = "Downstream" } },
        })).Text("code");

    private static async Task CloseAsync(HttpClient responder, string code)
    {
        foreach (var step in (string[])["contain", "resolve", "close"])
            await responder.MakeAsync($"/api/v1/incidents/{code}/{step}", new { note = "Done." });
    }

    private static async Task<int> CountAsync(HttpClient client, string show) =>
        (await client.ReadAsync($"/api/v1/reviews?show={show}")).GetProperty("items").GetArrayLength();
}

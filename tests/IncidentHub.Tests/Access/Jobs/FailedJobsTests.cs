using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hangfire;
using Hangfire.States;
using IncidentHub.Switch.Gate;
using IncidentHub.Access.Identity;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Access.Jobs;

public sealed class FailedJobsTests
{
    [Fact]
    public async Task The_jobs_page_is_for_administrators_and_nobody_else()
    {
        await using var hub = new TestHub();
        foreach (var path in (string[])["/jobs", "/jobs/recurring", "/jobs/stats", "/jobs/js1", "/jobs/nothing"])
        {
            foreach (var account in DemoAccounts.All.Select(a => a.Account).Where(a => a != "administrator"))
            {
                using var client = await hub.AsAsync(account);
                using var refused = await client.GetAsync(path);
                Assert.Equal((HttpStatusCode.Redirect, "/denied"), (refused.StatusCode, refused.Headers.Location?.OriginalString));
            }
            using var nobody = await hub.AsAsync(null);
            using var unknown = await nobody.GetAsync(path);
            Assert.Equal((HttpStatusCode.Redirect, "/sign-in"),
                (unknown.StatusCode, unknown.Headers.Location?.OriginalString.Split('?')[0]));
        }
        using var administrator = await hub.AsAsync("administrator");
        var page = await administrator.GetStringAsync("/jobs/recurring");
        Assert.Contains("gate-ranges", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_jobs_page_is_read_only()
    {
        await using var hub = new TestHub();
        var id = Fail(hub);
        using var administrator = await hub.AsAsync("administrator");
        using var form = new FormUrlEncodedContent([new("jobs[]", id)]);
        using var answer = await administrator.PostAsync("/jobs/jobs/failed/requeue", form);
        Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, answer.StatusCode.ToString());
        Assert.DoesNotContain("failed/requeue", await administrator.GetStringAsync("/jobs/jobs/failed"), StringComparison.Ordinal);
        Assert.Equal(FailedState.StateName, State(hub, id));
    }

    [Fact]
    public async Task Failed_jobs_are_listed_without_their_exceptions()
    {
        await using var hub = new TestHub();
        var ids = Enumerable.Range(0, 3).Select(_ => Fail(hub)).ToList();
        using var administrator = await hub.AsAsync("administrator");
        var first = await administrator.ReadAsync("/api/v1/jobs/failed?limit=2");
        var second = await administrator.ReadAsync($"/api/v1/jobs/failed?limit=2&cursor={first.Text("nextCursor")}");
        var items = first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).ToList();
        Assert.Equal(ids.Order(), items.Select(i => i.Text("id")).Order());
        Assert.All(items, i => Assert.Equal(("GateRangeUpkeep", 6), (i.Text("job"), i.GetProperty("attempts").GetInt32())));
        Assert.All(items, i => Assert.NotEqual(JsonValueKind.Null, i.GetProperty("failedAt").ValueKind));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);
        Assert.DoesNotContain("disk is full", first.GetRawText(), StringComparison.Ordinal);
        AssertProblem(await administrator.SendAsync(HttpMethod.Get, "/api/v1/jobs/failed?cursor=x"), HttpStatusCode.BadRequest, "cursor");
    }

    [Fact]
    public async Task A_failed_job_is_retried_once_and_the_log_names_who_retried_it()
    {
        await using var hub = new TestHub();
        var id = Fail(hub);
        using var administrator = await hub.AsAsync("administrator");
        var first = await RequeueAsync(administrator, id);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(EnqueuedState.StateName, State(hub, id));
        var again = await RequeueAsync(administrator, id);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        var (status, problem) = await administrator.SendAsync(HttpMethod.Post, $"/api/v1/jobs/{id}/requeue");
        Assert.Equal((HttpStatusCode.Conflict, "job_not_failed"), (status, problem.Text("code")));

        using var auditor = await hub.AsAsync("auditor");
        var entry = Assert.Single((await auditor.ReadAsync("/api/v1/audit?act=job.")).GetProperty("items").EnumerateArray());
        Assert.Equal(("job.requeued", $"job {id}", "Administrator"), (entry.Text("act"), entry.Text("subject"), entry.Text("actorName")));
    }

    [Fact]
    public async Task An_unknown_job_is_not_found_and_others_may_not_retry()
    {
        await using var hub = new TestHub();
        var id = Fail(hub);
        using var administrator = await hub.AsAsync("administrator");
        foreach (var unknown in (string[])["7", "x", Guid.Empty.ToString()])
        {
            var (status, _) = await administrator.SendAsync(HttpMethod.Post, $"/api/v1/jobs/{unknown}/requeue");
            Assert.Equal(HttpStatusCode.NotFound, status);
        }
        foreach (var account in (string[])["employee", "responder", "owner", "privacy", "executive", "auditor"])
        {
            using var client = await hub.AsAsync(account);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(HttpMethod.Get, "/api/v1/jobs/failed")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(HttpMethod.Post, $"/api/v1/jobs/{id}/requeue")).Status);
        }
        Assert.Equal(FailedState.StateName, State(hub, id));
    }

    // A job that failed after its last attempt, and once more.
    private static string Fail(TestHub hub)
    {
        var client = hub.Services.GetRequiredService<IBackgroundJobClient>();
        var id = client.Create<GateRangeUpkeep>(j => j.RunAsync(CancellationToken.None), new ScheduledState(TimeSpan.FromHours(1)));
        using var connection = hub.Services.GetRequiredService<JobStorage>().GetConnection();
        connection.SetJobParameter(id, "RetryCount", "5");
        client.ChangeState(id, new FailedState(new IOException("The disk is full.")));
        return id;
    }

    private static string State(TestHub hub, string id)
    {
        using var connection = hub.Services.GetRequiredService<JobStorage>().GetConnection();
        return connection.GetStateData(id).Name;
    }

    private static async Task<HttpResponseMessage> RequeueAsync(HttpClient client, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/jobs/{id}/requeue") { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Idempotency-Key", "again");
        return await client.SendAsync(request);
    }
}

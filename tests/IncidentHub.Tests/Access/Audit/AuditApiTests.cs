using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Tests.Support;
using IncidentHub.Domain;

namespace IncidentHub.Tests.Access.Audit;

public class AuditApiTests(AuditApiTests.OneHub one) : IClassFixture<AuditApiTests.OneHub>
{
    /// <summary>Refused requests change nothing, so one hub serves all of these tests.</summary>
    public sealed class OneHub : IAsyncDisposable
    {
        internal TestHub Hub { get; } = new();

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }

    [Theory]
    [InlineData("employee")]
    [InlineData("responder")]
    [InlineData("owner")]
    [InlineData("privacy")]
    [InlineData("executive")]
    [InlineData("administrator")]
    public async Task Only_auditors_read_export_and_verify(string account)
    {
        var hub = one.Hub;
        var client = await hub.AsAsync(account);
        foreach (var path in (string[])["", "/export", "/verification"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/v1/audit" + path)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await (await hub.AsAsync(null)).GetAsync("/api/v1/audit")).StatusCode);
    }

    [Fact]
    public async Task A_verification_shows_the_head_that_it_verified_while_rows_are_added()
    {
        await using var hub = new TestHub();
        var client = await hub.AsAsync("auditor");
        using var done = new CancellationTokenSource();
        var adding = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await hub.Db.WriteAsync<Done>(async tx =>
                {
                    await tx.RecordAsync(TestHub.Actor("responder"),
                        new() { Action = "flag.filed", Subject = "flag F-1", Detail = new { } });
                    return default(Done);
                });
            }
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < 20; i++)
        {
            var verdict = await client.GetFromJsonAsync<JsonElement>("/api/v1/audit/verification");
            Assert.True(verdict.GetProperty("ok").GetBoolean(), verdict.ToString());
            Assert.Equal(verdict.GetProperty("rows").GetInt64(), verdict.GetProperty("head").GetProperty("count").GetInt64());
        }
        await done.CancelAsync();
        await adding;
    }

    [Fact]
    public async Task The_list_filters_and_pages_without_gap_or_repetition()
    {
        await using var hub = new TestHub();
        await hub.Db.WriteAsync<Done>(async tx =>
        {
            for (var i = 0; i < 10; i++)
            {
                await tx.RecordAsync(TestHub.Actor(i % 2 == 0 ? "responder" : "privacy"), new()
                {
                    Action = i < 5 ? "decision.approved" : "incident.declared",
                    Subject = $"incident INC-{i}",
                    Detail = new { html = "<script>" },
                });
            }
            return default(Done);
        });
        var client = await hub.AsAsync("auditor");
        var seen = new List<long>();
        var cursor = "";
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/api/v1/audit?limit=3&cursor={cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("sequence").GetInt64()));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        // The first are the demo accounts, the last is the auditor's own sign-in.
        Assert.Equal(Enumerable.Range(1, 12).Select(i => (long)i).Reverse(), seen);
        Assert.Equal(5, await CountAsync(client, "act=decision."));
        Assert.Equal(5, await CountAsync(client, "actor=Privacy"));
        Assert.Equal(1, await CountAsync(client, "subject=incident%20INC-7"));
        Assert.Equal(0, await CountAsync(client, "from=2030-01-01T00:00:00Z"));
        Assert.True((await client.GetFromJsonAsync<JsonElement>("/api/v1/audit/verification")).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task A_time_range_finds_acts_that_were_committed_out_of_time_order()
    {
        await using var hub = new TestHub();
        var day = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        await hub.Db.WriteAsync<Done>(async tx =>
        {
            for (var i = 0; i < 6; i++)
                await tx.RecordAsync(TestHub.Actor("responder"), new() { Action = "test.ran", Subject = $"run {i}" });
            return default(Done);
        });
        await hub.Db.WriteAsync<Done>(async tx =>
        {
            // Minutes of the acts, by their number.
            int[] minutes = [-180, -5, 5, -4, 6, 180];
            for (var i = 0; i < minutes.Length; i++)
            {
                await Dapper.SqlMapper.ExecuteAsync(tx.Connection, "UPDATE AuditEntry SET At = @At WHERE Sequence = @Sequence",
                    new { At = day.AddMinutes(minutes[i]), Sequence = i + 2 }, tx.Transaction);
            }
            return default(Done);
        });
        var client = await hub.AsAsync("auditor");
        Assert.Equal(3, await CountAsync(client, "act=test.ran&from=2026-03-01T12:00:00Z"));
        Assert.Equal(3, await CountAsync(client, "act=test.ran&to=2026-03-01T12:00:00Z"));
        Assert.Equal(2, await CountAsync(client, "act=test.ran&from=2026-03-01T12:00:00Z&to=2026-03-01T13:00:00Z"));
        Assert.Equal(6, await CountAsync(client, "act=test.ran&from=1970-01-01T00:00:00Z&to=9999-12-31T23:59:59Z"));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=abc", "limit")]
    [InlineData("cursor=%27%3B--", "cursor")]
    [InlineData("act=DROP%20TABLE", "act")]
    [InlineData("act=%25", "act")]
    [InlineData("from=tomorrow", "from")]
    [InlineData("from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", "to")]
    [InlineData("subject=%00", "subject")]
    public async Task Bad_input_is_a_problem_that_names_the_field(string query, string field)
    {
        var hub = one.Hub;
        var answer = await (await hub.AsAsync("auditor")).GetAsync("/api/v1/audit?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    private static async Task<int> CountAsync(HttpClient client, string query) =>
        (await client.GetFromJsonAsync<JsonElement>("/api/v1/audit?" + query)).GetProperty("items").GetArrayLength();
}

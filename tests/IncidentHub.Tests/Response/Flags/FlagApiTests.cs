using System.Net;
using System.Text.Json;
using IncidentHub.Response.Flags;
using IncidentHub.Tests.Catalog.Programs;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Flags;

public sealed class FlagApiTests : IAsyncLifetime
{
    private static readonly object Concern = new
    {
        text = "I could open other people's transcriptions.",
        about = "MCI · transcriptions",
        data = "Sensitive",
        audience = "WholeCompany",
        stillOpen = "Yes"
    };
    private readonly TestHub _hub = new();
    private HttpClient _employee = null!;
    private HttpClient _responder = null!;

    public async ValueTask InitializeAsync() => (_employee, _responder) = (await _hub.AsAsync("employee"), await _hub.AsAsync("responder"));

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_named_flag_is_filed_acknowledged_discussed_and_dismissed()
    {
        await (await _hub.AsAsync("owner")).MakeAsync("/api/v1/programs", ProgramApiTests.Program("MCI"));
        var filed = await _employee.MakeAsync("/api/v1/flags", Concern);
        Assert.Equal(("F-1", "Major"), (filed.Text("code"), filed.Text("suggestedSev")));
        Assert.Equal(JsonValueKind.Null, filed.GetProperty("receipt").ValueKind);

        var seen = await _responder.ReadAsync("/api/v1/flags/f-1");
        Assert.Equal(("Waiting", "employee", "MCI"), (seen.Text("status"), seen.GetProperty("raisedBy").Text("account"),
            seen.Text("program")));
        await _responder.MakeAsync("/api/v1/flags/F-1/acknowledge", new { expectedVersion = 1 });
        await _responder.MakeAsync("/api/v1/flags/F-1/messages", new { message = "Which workspace?" });
        var own = await _employee.MakeAsync("/api/v1/flags/F-1/messages", new { message = "The training one." });
        Assert.Equal([("Triage", "Which workspace?"), ("Reporter", "The training one.")], own.GetProperty("messages").EnumerateArray()
            .Select(m => (m.Text("side"), m.Text("message"))));
        Assert.Equal("Dismissed", (await _responder.MakeAsync("/api/v1/flags/F-1/dismiss", new { reason = "It is test data." }))
            .Text("status"));
        Assert.Equal("It is test data.", (await _employee.ReadAsync("/api/v1/flags/F-1")).Text("dismissReason"));
    }

    [Fact]
    public async Task The_reporter_does_not_see_the_names_of_responders()
    {
        await _employee.MakeAsync("/api/v1/flags", Concern);
        await _responder.MakeAsync("/api/v1/flags/F-1/messages", new { message = "Which workspace?" });
        var own = await _employee.ReadAsync("/api/v1/flags/F-1");
        Assert.DoesNotContain("esponder", own.ToString(), StringComparison.Ordinal);
        var privacy = await _hub.AsAsync("privacy");
        Assert.Contains("Responder", (await privacy.ReadAsync("/api/v1/flags/F-1")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_everybody_else_a_flag_is_not_found_like_one_that_does_not_exist()
    {
        await _employee.MakeAsync("/api/v1/flags", Concern);
        foreach (var account in new[] { "owner", "counsel", "executive", "administrator", "auditor" })
            await AssertSeesNothingAsync(await _hub.AsAsync(account));
    }

    private static async Task AssertSeesNothingAsync(HttpClient other)
    {
        Assert.Equal(0, (await other.ReadAsync("/api/v1/flags")).GetProperty("items").GetArrayLength());
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, "", null), (HttpMethod.Post, "/acknowledge", new { }), (HttpMethod.Post, "/dismiss", new { reason = "x" }),
                (HttpMethod.Post, "/merge", new { incident = "INC-1" }), (HttpMethod.Post, "/messages", new { message = "x" }),
        })
        {
            var (real, missing) = (await other.SendAsync(method, "/api/v1/flags/F-1" + path, body),
                await other.SendAsync(method, "/api/v1/flags/F-99" + path, body));
            AssertProblem(real, path is "" or "/messages" ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden);
            Assert.Equal(missing.Body.Text("detail"), real.Body.Text("detail"));
            Assert.Equal(missing.Status, real.Status);
        }
    }

    [Fact]
    public async Task A_reporter_sees_only_their_own_flags_and_may_not_triage_them()
    {
        await _employee.MakeAsync("/api/v1/flags", Concern);
        await (await _hub.AsAsync("owner")).MakeAsync("/api/v1/flags", Concern);
        Assert.Equal(["F-1"], await CodesAsync(_employee, ""));
        Assert.Equal(["F-2", "F-1"], await CodesAsync(_responder, ""));
        Assert.Empty(await CodesAsync(_responder, "?mine=true"));
        AssertProblem(await _employee.PostAsync("/api/v1/flags/F-1/dismiss", new { reason = "x" }), HttpStatusCode.Forbidden);
        AssertProblem(await _employee.PostAsync("/api/v1/flags/F-1/acknowledge", new { }), HttpStatusCode.Forbidden);
        AssertProblem(await _employee.SendAsync(HttpMethod.Get, "/api/v1/flags/F-2"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_reporter_with_a_receipt_and_triage_exchange_messages_without_a_sign_in()
    {
        var filed = await _employee.MakeAsync("/api/v1/flags", new { text = "Anonymous.", anonymous = true });
        var receipt = filed.Text("receipt");
        await _responder.MakeAsync("/api/v1/flags/F-1/messages", new { message = "Where?" });
        var nobody = await _hub.AsAsync(null);
        var seen = await nobody.MakeAsync("/api/v1/flags/by-receipt", new { receipt = receipt.ToLowerInvariant() });
        Assert.Equal("Where?", seen.GetProperty("messages")[0].Text("message"));
        var said = await nobody.MakeAsync("/api/v1/flags/by-receipt/messages", new { receipt, message = "There." });
        Assert.Equal(2, said.GetProperty("messages").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, said.GetProperty("messages")[0].GetProperty("author").ValueKind);
        AssertProblem(await nobody.PostAsync("/api/v1/flags/by-receipt/messages", new { receipt, message = " " }),
            HttpStatusCode.BadRequest, "message");
        foreach (var wrong in new object?[] { null, "", "0000-0000-0000-0000", "F-1", 5, "' OR 1=1" })
        {
            var answer = await nobody.PostAsync("/api/v1/flags/by-receipt", new { receipt = wrong });
            Assert.True(answer.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest);
        }
        AssertProblem(await _employee.SendAsync(HttpMethod.Get, "/api/v1/flags/F-1"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_same_form_sent_twice_files_one_flag()
    {
        var token = new string('a', 40);
        foreach (var anonymous in new[] { true, false })
        {
            var form = new { text = "Once.", anonymous, token = token + anonymous };
            var (first, second) = (await _employee.MakeAsync("/api/v1/flags", form), await _employee.MakeAsync("/api/v1/flags", form));
            Assert.Equal(first.ToString(), second.ToString());
        }
        Assert.Equal(2, (await CodesAsync(_responder, "")).Count);
        Assert.Equal(
            "already_sent", (await _responder.PostAsync("/api/v1/flags", new { text = "Mine.", token = token + "False" })).Body.Text(
                "code"));
    }

    [Fact]
    public async Task Invalid_input_is_refused_at_its_field_and_files_no_flag()
    {
        foreach (var (body, field) in new[]
        {
            ("", "body"), ("{}", "text"), ("{\"text\":\"  \"}", "text"), ("{\"text\":5}", "text"),
                ("{\"text\":\"x\",\"data\":\"Secret\"}", "data"), ("{\"text\":\"x\",\"audience\":3}", "audience"),
            ("{\"text\":\"x\",\"stillOpen\":true}", "stillOpen"), ("{\"text\":\"x\",\"anonymous\":\"yes\"}", "anonymous"),
                ("{\"text\":\"a\\u0000b\"}", "text"),
        })
        {
            AssertProblem(await _employee.PostAsync("/api/v1/flags", body), HttpStatusCode.BadRequest, field);
        }
        Assert.Empty(await CodesAsync(_responder, ""));
    }

    [Fact]
    public async Task Text_that_is_too_long_is_refused_and_hostile_text_is_stored_as_text()
    {
        AssertProblem(await _employee.PostAsync("/api/v1/flags", new { text = new string('x', 8001), about = new string('x', 401) }),
            HttpStatusCode.BadRequest, "text", "about");
        const string hostile = "<script>alert(1)</script>'; DROP TABLE Flag; --";
        await _employee.MakeAsync("/api/v1/flags", new { text = hostile, about = hostile });
        Assert.Equal(hostile, (await _responder.ReadAsync("/api/v1/flags/F-1")).Text("text"));
        AssertProblem(await _responder.PostAsync("/api/v1/flags/F-1/dismiss", new { }), HttpStatusCode.BadRequest, "reason");
        AssertProblem(await _responder.PostAsync("/api/v1/flags/F-1/messages", new { message = new string('x', 4001) }),
            HttpStatusCode.BadRequest, "message");
        AssertProblem(await _responder.PostAsync("/api/v1/flags/F-1/merge", new { incident = "INC-99" }),
            HttpStatusCode.BadRequest, "incident");
        AssertProblem(await _responder.PostAsync("/api/v1/flags/F-1/acknowledge", "{\"expectedVersion\":\"one\"}"),
            HttpStatusCode.BadRequest, "expectedVersion");
        Assert.Equal("Waiting", (await _responder.ReadAsync("/api/v1/flags/F-1")).Text("status"));
    }

    [Fact]
    public async Task An_invalid_query_is_refused_with_the_name_of_the_parameter()
    {
        foreach (var (query, field) in new[] { ("?limit=0", "limit"), ("?cursor=abc", "cursor"), ("?cursor=WyJ4Il0", "cursor"),
            ("?status=Gone", "status"), ("?open=x", "open") })
        {
            AssertProblem(await _responder.SendAsync(HttpMethod.Get, "/api/v1/flags" + query), HttpStatusCode.BadRequest, field);
        }
    }

    [Fact]
    public async Task A_stale_write_is_a_409_that_describes_the_change()
    {
        await _employee.MakeAsync("/api/v1/flags", Concern);
        await _responder.MakeAsync("/api/v1/flags/F-1/acknowledge", new { expectedVersion = 1 });
        var stale = await (await _hub.AsAsync("responder-2"))
            .PostAsync("/api/v1/flags/F-1/dismiss", new { reason = "x", expectedVersion = 1 });
        AssertProblem(stale, HttpStatusCode.Conflict);
        Assert.Contains("changed by Responder", stale.Body.Text("detail"));
        Assert.Contains("acknowledged", stale.Body.Text("detail"));
        Assert.Equal("already_acknowledged", (await _responder.PostAsync("/api/v1/flags/F-1/acknowledge", new { })).Body.Text("code"));
    }

    [Fact]
    public async Task Lists_are_paged_and_filtered()
    {
        foreach (var _ in Enumerable.Range(0, 5)) await _employee.MakeAsync("/api/v1/flags", Concern);
        await _responder.MakeAsync("/api/v1/flags/F-2/dismiss", new { reason = "x" });
        await _responder.MakeAsync("/api/v1/flags/F-3/acknowledge", new { });
        var first = await _responder.ReadAsync("/api/v1/flags?limit=3");
        var second = await _responder.ReadAsync("/api/v1/flags?limit=3&cursor=" + first.Text("nextCursor"));
        Assert.Equal(["F-5", "F-4", "F-3", "F-2", "F-1"], first.GetProperty("items").EnumerateArray()
            .Concat(second.GetProperty("items").EnumerateArray()).Select(f => f.Text("code")));
        Assert.Equal(["F-5", "F-4", "F-3", "F-1"], await CodesAsync(_responder, "?open=true"));
        Assert.Equal(["F-3"], await CodesAsync(_responder, "?status=Acknowledged"));
        Assert.Empty(await CodesAsync(_responder, "?program=MCI"));
        var counts = await _hub.Db.ReadAsync(_hub.Services.GetRequiredService<FlagReader>().CountsAsync);
        Assert.Equal((3, 1), (counts.Waiting, counts.Acknowledged));
    }

    private static async Task<List<string>> CodesAsync(HttpClient client, string query) =>
        [.. (await client.ReadAsync("/api/v1/flags" + query)).GetProperty("items").EnumerateArray().Select(f => f.Text("code"))];
}

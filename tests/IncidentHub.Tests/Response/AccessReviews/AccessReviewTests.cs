using System.Net;
using System.Text;
using System.Text.Json;
using IncidentHub.Response.AccessReviews;
using IncidentHub.Tests.Response.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Response.AccessReviews;

public sealed class AccessReviewTests : IAsyncLifetime
{
    private const int Rows = 20_000;
    private static readonly Dictionary<int, string> Planted =
        Enumerable.Range(1, 60).ToDictionary(i => i * 311, i => i % 10 == 0 ? "etl@svc.example.com" : $"outsider{i % 7}@example.com");

    private static readonly Dictionary<int, string> None = [];

    private IncidentScene _scene = null!;
    private HttpClient _privacy = null!;
    private string _incident = "";

    public async ValueTask InitializeAsync()
    {
        _scene = await IncidentScene.CreateAsync();
        _privacy = await _scene.Hub.AsAsync("privacy");
        _incident = await _scene.DeclareAsync();
        await _scene.ActAsync(_incident, "exposures",
            new { dataset = "transcriptions", from = AccessLogs.Start, until = AccessLogs.Start + (Rows * AccessLogs.Step) });
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Exactly_the_planted_accesses_are_found_with_their_accounts_first_and_last()
    {
        var code = (await LoadAsync(Log(Planted), services: ["*@svc.example.com"])).Text("code");
        await RunAsync();
        var review = await _privacy.ReadAsync($"/api/v1/access-reviews/{code}");
        Assert.Equal("Read", review.Text("status"));
        var result = review.GetProperty("result");
        Assert.Equal((Rows, 0, 7, 54, 1, 6), (result.GetProperty("rows").GetInt32(), result.GetProperty("gapCount").GetInt32(),
            result.GetProperty("people").GetInt32(), result.GetProperty("accesses").GetInt32(), result.GetProperty("services").GetInt32(),
            result.GetProperty("serviceAccesses").GetInt32()));
        Assert.Equal(Planted.OrderBy(p => p.Key).Select(p => ((long)p.Key, p.Value)), await FoundAsync(code));
        var accounts = (await _privacy.ReadAsync($"/api/v1/access-reviews/{code}/accounts?services=false")).GetProperty("items");
        foreach (var account in accounts.EnumerateArray())
        {
            var own = Planted.Where(p => p.Value == account.Text("account")).Select(p => p.Key).Order().ToList();
            Assert.Equal((own.Count, At(own[0]), At(own[^1])), (account.GetProperty("accesses").GetInt32(),
                account.GetProperty("firstAt").GetDateTimeOffset(), account.GetProperty("lastAt").GetDateTimeOffset()));
        }
    }

    [Fact]
    public async Task A_run_that_stops_anywhere_goes_on_where_it_was_and_finds_the_same()
    {
        foreach (var isCompressed in new[] { false, true })
        {
            var code = (await LoadAsync(isCompressed ? Zip(Log(Planted)) : Log(Planted))).Text("code");
            var stops = 0;
            for (var job = Job(between: 3_000); (await ReviewAsync(code)).Text("status") == "Running"; stops++)
            {
                using var stop = new CancellationTokenSource();
                var before = await RowsReadAsync(code);
                var run = job.RunAsync(stop.Token);
                // Stopped once a checkpoint was stored, as a crash would.
                await Waiting.UntilAsync(async () => await RowsReadAsync(code) > before || run.IsCompleted, "a checkpoint is stored");
                await stop.CancelAsync();
                await run.ContinueWith(_ => { }, TaskScheduler.Default);
            }
            Assert.InRange(stops, 1, 40);
            Assert.Equal(Planted.OrderBy(p => p.Key).Select(p => ((long)p.Key, p.Value)), await FoundAsync(code));
            Assert.Equal(Rows, (await ReviewAsync(code)).GetProperty("result").GetProperty("rows").GetInt32());
        }
    }

    [Fact]
    public async Task Cancelling_stops_the_reading_and_resuming_ends_it()
    {
        var code = (await LoadAsync(Log(Planted))).Text("code");
        await _scene.Responder.MakeAsync($"/api/v1/access-reviews/{code}/cancel", new { });
        await RunAsync();
        Assert.Equal("Cancelled", (await _privacy.ReadAsync($"/api/v1/access-reviews/{code}")).Text("status"));
        await _scene.Responder.MakeAsync($"/api/v1/access-reviews/{code}/resume", new { });
        await RunAsync();
        Assert.Equal("Read", (await _privacy.ReadAsync($"/api/v1/access-reviews/{code}")).Text("status"));
    }

    [Fact]
    public async Task Signed_off_by_privacy_none_found_becomes_the_evidence_of_access_and_meets_the_criterion()
    {
        Assert.Equal("NotStarted", await EvidenceAsync());
        ApiCalls.AssertProblem(await ChangeAsync(new { evidence = "NoneFound" }), HttpStatusCode.BadRequest, "evidence");
        var code = (await LoadAsync(Log(None))).Text("code");
        Assert.Equal("UnderReview", await EvidenceAsync());
        await RunAsync();
        var signOff = new { conclusion = "NoneFound", note = "Nobody else." };
        var byResponder = await _scene.Responder.PostAsync($"/api/v1/access-reviews/{code}/sign-off", signOff);
        Assert.Equal(HttpStatusCode.Forbidden, byResponder.Status);
        await _privacy.MakeAsync($"/api/v1/access-reviews/{code}/sign-off", signOff);
        Assert.Equal("NoneFound", await EvidenceAsync());
        var criterion = (await _scene.Responder.ReadAsync("/api/v1/decisions/D-1")).GetProperty("criteria").EnumerateArray()
            .Single(c => c.Text("kind") == "AccessReviewComplete");
        Assert.Equal("Met", criterion.Text("status"));
        Assert.Contains(code, criterion.Text("text"));
        Assert.Contains("none found", criterion.Text("text"));
        Assert.Contains("Access review of transcriptions signed off: none found", await _scene.TimelineAsync(_incident));
        // Of a longer exposure nothing is known.
        var longer = new { evidence = "NoneFound", from = AccessLogs.Start.AddDays(-1), until = AccessLogs.Start.AddDays(1) };
        ApiCalls.AssertProblem(await ChangeAsync(longer), HttpStatusCode.BadRequest, "evidence");
    }

    [Fact]
    public async Task Whoever_loaded_the_log_does_not_sign_it_off_and_a_gap_forbids_none_found()
    {
        // The second half is missing.
        var code = (await LoadAsync(Log(None, Rows / 2), by: _privacy, gapMinutes: 5)).Text("code");
        await RunAsync();
        var own = await _privacy.PostAsync($"/api/v1/access-reviews/{code}/sign-off", new { conclusion = "Inconclusive", note = "Half." });
        Assert.Equal((HttpStatusCode.Conflict, "loader_cannot_sign_off"), (own.Status, own.Body.Text("code")));
        var second = (await LoadAsync(Log(None, Rows / 2), gapMinutes: 5)).Text("code");
        await RunAsync();
        Assert.Equal(1, (await ReviewAsync(second)).GetProperty("result").GetProperty("gapCount").GetInt32());
        var none = await _privacy.PostAsync($"/api/v1/access-reviews/{second}/sign-off", new { conclusion = "NoneFound", note = "Half." });
        Assert.Equal((HttpStatusCode.Conflict, "does_not_follow"), (none.Status, none.Body.Text("code")));
        await _privacy.MakeAsync($"/api/v1/access-reviews/{second}/sign-off", new { conclusion = "Inconclusive", note = "Half." });
        Assert.Equal("CannotBeDetermined", await EvidenceAsync());
        // What cannot be determined is for people to judge.
        Assert.Equal("Open", (await _scene.Responder.ReadAsync("/api/v1/decisions/D-1")).GetProperty("criteria").EnumerateArray()
            .Single(c => c.Text("kind") == "AccessReviewComplete").Text("status"));
    }

    [Fact]
    public async Task A_review_is_seen_by_who_loaded_it_by_people_named_on_it_by_privacy_and_by_counsel()
    {
        var code = (await LoadAsync(Log(Planted), named: ["responder-2"])).Text("code");
        await RunAsync();
        foreach (var (account, may) in new[] { ("responder", true), ("responder-2", true), ("privacy", true), ("counsel", true),
            ("owner", false), ("executive", false), ("auditor", false), ("administrator", false) })
        {
            var client = await _scene.Hub.AsAsync(account);
            foreach (var path in new[] { "", "/accounts", "/accounts/0/accesses" })
            {
                using var answer = await client.GetAsync($"/api/v1/access-reviews/{code}{path}");
                var expected = may ? HttpStatusCode.OK : HttpStatusCode.NotFound;
                Assert.True(expected == answer.StatusCode, $"{account} {path}: {answer.StatusCode}");
            }
            Assert.Equal(may ? 1 : 0, (await client.ReadAsync($"/api/v1/incidents/{_incident}/access-reviews")).GetProperty("items")
                .GetArrayLength());
        }
        Assert.DoesNotContain(code, await (await _scene.Hub.AsAsync("auditor")).GetStringAsync($"/api/v1/incidents/{_incident}/timeline"));
    }

    [Fact]
    public async Task A_preview_shows_the_first_rows_as_the_mapping_reads_them_and_the_names_that_it_may_use()
    {
        var evidence = await AddAsync(Encoding.UTF8.GetBytes("when,who,what\n2026-06-01 10:00:00,ann,x\n?,ben,y\n"));
        var path = $"/api/v1/incidents/{_incident}/access-reviews/preview";
        var wrong = await _scene.Responder.MakeAsync(path, new { evidence, preset = "Plain" });
        Assert.Contains("no column «time»", wrong.Text("problem"));
        Assert.Equal(["when", "who", "what"], wrong.GetProperty("names").EnumerateArray().Select(n => n.GetString()));
        var mapped = await _scene.Responder.MakeAsync(path,
            new { evidence, mapping = new { time = "when", account = "who", @object = "what" }, timeZone = "Europe/Berlin" });
        var rows = mapped.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(["None", "UnreadableTime"], rows.Select(r => r.Text("refused")));
        Assert.Equal((new DateTimeOffset(2026, 6, 1, 8, 0, 0, TimeSpan.Zero), "ann", "x"),
            (rows[0].GetProperty("at").GetDateTimeOffset(), rows[0].Text("account"), rows[0].Text("object")));
        var unstated = await _scene.Responder.MakeAsync(path, new { evidence, mapping = new { time = "when", account = "who" } });
        Assert.Equal("NoOffset", unstated.GetProperty("rows")[0].Text("refused"));
    }

    [Fact]
    public async Task Membership_has_days_and_only_accesses_within_them_are_of_the_audience()
    {
        var log = Encoding.UTF8.GetBytes("time,account\n2026-06-01T00:00:01Z,ann\n2026-06-01T00:10:00Z,ANN\n2026-06-01T00:20:00Z,ben\n");
        const string audience = "account,from,until\nann,,2026-06-01T00:05:00Z\nben,2026-06-01,2026-06-01\n";
        var code = (await LoadAsync(log, audience: audience)).Text("code");
        await RunAsync();
        Assert.Equal([(2L, "ann")], await FoundAsync(code));
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_fails_with_the_reason_and_can_be_resumed()
    {
        var code = (await LoadAsync(Encoding.UTF8.GetBytes("when,who\n1,a\n"))).Text("code");
        await RunAsync();
        var review = await _privacy.ReadAsync($"/api/v1/access-reviews/{code}");
        Assert.Equal("Failed", review.Text("status"));
        Assert.Contains("no column «time»", review.Text("failedBecause"));
        await _scene.Responder.MakeAsync($"/api/v1/access-reviews/{code}/resume", new { });
    }

    [Fact]
    public async Task A_review_goes_along_with_a_merge()
    {
        var code = (await LoadAsync(Log(None))).Text("code");
        await RunAsync();
        var into = await _scene.DeclareAsync(title: "The same hole");
        await _scene.ActAsync(_incident, "merge", new { into, reason = "The same." });
        Assert.Equal(into, (await _privacy.ReadAsync($"/api/v1/access-reviews/{code}")).Text("incident"));
        await _privacy.MakeAsync($"/api/v1/access-reviews/{code}/sign-off", new { conclusion = "NoneFound", note = "Nobody else." });
    }

    private static byte[] Log(IReadOnlyDictionary<int, string> planted, int rows = Rows)
    {
        var log = new MemoryStream();
        AccessLogs.Write(log, rows, planted);
        return log.ToArray();
    }

    private static byte[] Zip(byte[] log)
    {
        var zipped = new MemoryStream();
        using (var to = new System.IO.Compression.GZipStream(zipped, System.IO.Compression.CompressionLevel.Fastest, true)) to.Write(log);
        return zipped.ToArray();
    }

    private static DateTimeOffset At(int row) => AccessLogs.Start + ((row - 1) * AccessLogs.Step);

    private async Task<string> AddAsync(byte[] log, HttpClient? by = null) => (await (by ?? _scene.Responder).MakeAsync(
        $"/api/v1/incidents/{_incident}/evidence",
        new FormBody("log.csv", log, ("takenFrom", "The bucket"), ("takenAt", _scene.Hub.Clock.Now.ToString("O")), ("restricted", "true"))))
        .Text("code");

    private async Task<JsonElement> LoadAsync(byte[] log, string[]? services = null, HttpClient? by = null, string[]? named = null,
        string? audience = null, int? gapMinutes = null) => await (by ?? _scene.Responder).MakeAsync(
        $"/api/v1/incidents/{_incident}/access-reviews", new
        {
            dataset = "transcriptions",
            evidence = await AddAsync(log, by),
            preset = "Plain",
            audience = audience ?? AccessLogs.Audience,
            services,
            named,
            gapMinutes,
        });

    private AccessReviewJob Job(long between = long.MaxValue) =>
        ActivatorUtilities.CreateInstance<AccessReviewJob>(_scene.Hub.Services, new AccessReviewPace(between));

    private Task RunAsync() => Job().RunAsync(TestContext.Current.CancellationToken);

    private async Task<long> RowsReadAsync(string code) =>
        (await _privacy.ReadAsync($"/api/v1/access-reviews/{code}")).GetProperty("progress").GetProperty("rows").GetInt64();

    private async Task<List<(long Row, string Account)>> FoundAsync(string code)
    {
        var found = new List<(long, string)>();
        foreach (var account in (await _privacy.ReadAsync($"/api/v1/access-reviews/{code}/accounts")).GetProperty("items").EnumerateArray())
        {
            string? cursor = null;
            do
            {
                var page = await _privacy.ReadAsync($"/api/v1/access-reviews/{code}/accounts/{account.GetProperty("number").GetInt32()}"
                    + $"/accesses?limit=4{(cursor is null ? "" : $"&cursor={cursor}")}");
                found.AddRange(page.GetProperty("items").EnumerateArray()
                    .Select(a => (a.GetProperty("row").GetInt64(), account.Text("account"))));
                cursor = page.GetProperty("nextCursor").GetString();
            }
            while (cursor is not null);
        }
        return [.. found.OrderBy(f => f.Item1)];
    }

    private Task<JsonElement> ReviewAsync(string code) => _privacy.ReadAsync($"/api/v1/access-reviews/{code}");

    private async Task<(HttpStatusCode, JsonElement)> ChangeAsync(object exposure) => await _scene.Responder.SendAsync(HttpMethod.Put,
        $"/api/v1/incidents/{_incident}/exposures/{(await ExposureAsync()).GetProperty("id").GetGuid()}", exposure);

    private async Task<JsonElement> ExposureAsync() => (await _scene.ReadAsync(_incident)).GetProperty("exposures")[0];

    private async Task<string> EvidenceAsync() => (await ExposureAsync()).Text("evidence");
}

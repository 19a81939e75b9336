using System.Net;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>The search within a timeline, and the timeline as it was known at a time.</summary>
public sealed class TimelineSearchTests(SharedIncidentScene shared) : IClassFixture<SharedIncidentScene>, IAsyncLifetime
{
    private readonly IncidentScene _scene = shared.Scene;
    private string _code = null!;

    private string Path => $"/api/v1/incidents/{_code}";

    public async ValueTask InitializeAsync() => _code = await _scene.DeclareAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("zürich", "The bucket in Zürich was open.")]
    [InlineData("ZURICH open", "The bucket in Zürich was open.")]
    [InlineData("ucket", "The bucket in Zürich was open.")]
    [InlineData("responder bucket", "The bucket in Zürich was open.")]
    [InlineData("zurich basel", null)]
    public async Task Every_word_is_found_in_title_text_or_author_whatever_its_case_and_accents(string query, string? found)
    {
        await NoteAsync("The bucket in Zürich was open.");
        await NoteAsync("Nothing else.");
        Assert.Equal(found is null ? [] : [found], await BodiesAsync($"?kind=note&q={Uri.EscapeDataString(query)}"));
    }

    [Fact]
    public async Task A_search_joins_its_pages_and_keeps_to_the_kinds()
    {
        for (var i = 0; i < 5; i++)
        {
            await NoteAsync($"needle {i}");
            await NoteAsync("hay");
        }
        var first = await _scene.Responder.ReadAsync($"{Path}/timeline?q=needle&limit=3");
        Assert.Equal(["needle 4", "needle 3", "needle 2"], Bodies(first));
        Assert.Equal(["needle 1", "needle 0"], await BodiesAsync($"?q=needle&limit=3&cursor={first.Text("nextCursor")}"));
        Assert.Empty(await BodiesAsync("?q=needle&kind=update"));
    }

    [Fact]
    public async Task What_a_reader_may_not_see_is_not_found()
    {
        var hidden = (await _scene.Responder.MakeAsync("/api/v1/incidents",
            new { title = "Secret matter", sev = 3, confidentiality = "Restricted", programs = new[] { new { program = "MCI" } } }))
            .Text("code");
        await _scene.ActAsync(_code, "merge", new { into = hidden, reason = "Its secret twin." });
        var outsider = await _scene.Hub.AsAsync("responder-2");
        foreach (var query in (string[])[hidden, "secret"])
        {
            Assert.NotEmpty((await _scene.Responder.ReadAsync($"{Path}/timeline?q={query}")).GetProperty("items").EnumerateArray());
            Assert.Empty((await outsider.ReadAsync($"{Path}/timeline?q={query}")).GetProperty("items").EnumerateArray());
        }
    }

    [Fact]
    public async Task A_query_that_is_too_long_is_refused() => AssertProblem(
        await _scene.Responder.SendAsync(HttpMethod.Get, $"{Path}/timeline?q={new string('a', 201)}"), HttpStatusCode.BadRequest, "q");

    [Fact]
    public async Task At_an_earlier_time_only_what_was_recorded_by_then_is_shown()
    {
        await NoteAsync("Known early.");
        _scene.Later(10);
        var then = _scene.Hub.Clock.Now;
        _scene.Later(10);
        await _scene.ActAsync(_code, "notes",
            new { kind = "Observation", body = "Seen early, recorded late.", happenedAt = then.AddMinutes(-9) });
        Assert.Equal(["Known early."], await BodiesAsync($"?kind=note&kind=observation&asOf={Text(then)}"));
        Assert.Equal(2, (await BodiesAsync("?kind=note&kind=observation")).Length);
    }

    [Fact]
    public async Task A_note_is_shown_in_the_text_of_that_time()
    {
        var id = await NoteAsync("First.");
        var times = new List<DateTimeOffset>();
        foreach (var next in (string[])["Second.", "Third."])
        {
            _scene.Later(5);
            times.Add(_scene.Hub.Clock.Now);
            _scene.Later(5);
            AssertOk(await _scene.Responder.SendAsync(HttpMethod.Put, $"{Path}/notes/{id}", new { body = next }));
        }
        times.Add(_scene.Hub.Clock.Now);
        foreach (var (time, body, revision) in times.Zip((string[])["First.", "Second.", "Third."], [1, 2, 3]))
        {
            var entry = Assert.Single((await _scene.Responder.ReadAsync($"{Path}/timeline?kind=note&asOf={Text(time)}"))
                .GetProperty("items").EnumerateArray());
            Assert.Equal((body, revision), (entry.Text("body"), entry.GetProperty("revision").GetInt32()));
        }
        // The search looks at the text of that time, too.
        Assert.Empty(await BodiesAsync($"?q=third&kind=note&asOf={Text(times[0])}"));
    }

    [Fact]
    public async Task A_redacted_text_stays_redacted_at_every_earlier_time()
    {
        var id = await NoteAsync("hunter2");
        _scene.Later(5);
        AssertOk(await _scene.Responder.SendAsync(HttpMethod.Put, $"{Path}/notes/{id}", new { body = "hunter3" }));
        var then = _scene.Hub.Clock.Now.AddMinutes(-3);
        await (await _scene.Hub.AsAsync("privacy")).MakeAsync($"{Path}/timeline/{id}/redact", new { reason = "A password." });
        var entry = (await _scene.Responder.ReadAsync($"{Path}/timeline?kind=note&asOf={Text(then)}")).GetProperty("items")[0];
        Assert.Equal(System.Text.Json.JsonValueKind.Null, entry.GetProperty("body").ValueKind);
        Assert.Equal("A password.", entry.GetProperty("redacted").Text("reason"));
        Assert.DoesNotContain("hunter", await _scene.Responder.GetStringAsync($"{Path}/timeline.md?asOf={Text(then)}"));
    }

    [Fact]
    public async Task What_was_pinned_at_an_earlier_time_is_not_claimed()
    {
        await _scene.ActAsync(_code, "notes", new { body = "A note.", pinned = true });
        var now = Text(_scene.Hub.Clock.Now);
        Assert.False((await _scene.Responder.ReadAsync($"{Path}/timeline?kind=note&asOf={now}")).GetProperty("items")[0]
            .GetProperty("pinned").GetBoolean());
        AssertProblem(await _scene.Responder.SendAsync(HttpMethod.Get, $"{Path}/timeline?pinned=true&asOf={now}"),
            HttpStatusCode.BadRequest, "pinned");
        AssertProblem(await _scene.Responder.SendAsync(HttpMethod.Get,
            $"{Path}/timeline?asOf={Text(_scene.Hub.Clock.Now.AddMinutes(1))}"), HttpStatusCode.BadRequest, "asOf");
    }

    private async Task<string> NoteAsync(string body) => (await _scene.ActAsync(_code, "notes", new { body })).Text("id");

    private async Task<string[]> BodiesAsync(string query) => Bodies(await _scene.Responder.ReadAsync($"{Path}/timeline{query}"));

    private static string[] Bodies(System.Text.Json.JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(e => e.Text("body"))];

    private static string Text(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O"));
}

using System.Net;
using System.Text.Json;
using IncidentHub.Switch.Pauses;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Switch.Pauses;

/// <summary>A staged resume by decision, over HTTP and from the view of collectors.</summary>
public sealed class StagedResumeTests : IAsyncLifetime
{
    private SwitchWorld _world = null!;
    private TestCollector _first = null!, _second = null!, _last = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await SwitchWorld.StartAsync();
        _first = await _world.CollectorAsync(b => b < 500);
        _second = await _world.CollectorAsync(b => b is >= 500 and < 2_500);
        _last = await _world.CollectorAsync(b => b >= 2_500);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Each_stage_releases_its_share_and_the_last_lifts_the_pause()
    {
        await DecideAsync();
        Assert.Equal((true, false, false), await MayAsync());
        Assert.Equal(("Resuming", 5), await StateAsync());

        await AfterAsync(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal((true, false, false), await MayAsync());
        await AfterAsync(TimeSpan.FromSeconds(1));
        Assert.Equal((true, true, false), await MayAsync());
        await AfterAsync(TimeSpan.FromHours(24));
        Assert.Equal((true, true, true), await MayAsync());
        Assert.Equal(("Collecting", 0), await StateAsync());
        Assert.Equal(("Lifted", "D-1"), ((await PausesAsync())[0].Text("status"), (await PausesAsync())[0].Text("decision")));
    }

    [Fact]
    public async Task A_late_tick_does_not_shorten_the_next_soak()
    {
        await DecideAsync();
        await AfterAsync(TimeSpan.FromHours(30));
        await AfterAsync(TimeSpan.FromHours(23));
        Assert.Equal((true, true, false), await MayAsync());
        await AfterAsync(TimeSpan.FromHours(1));
        Assert.Equal((true, true, true), await MayAsync());
    }

    [Fact]
    public async Task A_new_exposure_during_a_stage_pauses_again_at_once_with_its_own_stop_report()
    {
        await DecideAsync();
        await _first.AskAsync();
        var privacy = await _world.Hub.AsAsync("privacy");
        await privacy.MakeAsync("/api/v1/datasets", new
        {
            name = "prompts-2",
            owner = "owner",
            classification = "Confidential",
            categories = new[] { "prompts" },
            location = "EU",
            encryptionAtRest = "Yes",
            promisedAudience = new { scope = "NamedGroup", name = "research" },
            actualAudience = new { scope = "NamedGroup", name = "research" }
        });
        await _world.Responder.MakeAsync("/api/v1/incidents", new
        {
            title = "Something else",
            sev = 4,
            programs = new[] { new { program = "MCI", kind = "Source" } },
            exposures = new[] { new { dataset = "prompts-2", actualAudience = new { scope = "WholeCompany" } } },
        });
        await AssertRecalledAsync("A new exposure became known during the staged resume.");
    }

    [Fact]
    public async Task Reopening_the_incident_stops_the_stages_and_opens_a_new_decision()
    {
        await DecideAsync();
        await _first.AskAsync();
        await _world.Responder.MakeAsync("/api/v1/incidents/INC-1/reopen", new { reason = "The fix did not stick" });
        await AssertRecalledAsync("An incident was reopened during the staged resume.");
    }

    [Fact]
    public async Task A_pause_during_a_stage_stops_the_stages()
    {
        await DecideAsync();
        await _first.AskAsync();
        await _world.PauseAsync();
        await AssertRecalledAsync("Data readable by everyone");
    }

    [Fact]
    public async Task A_narrower_pause_does_not_stop_the_stages_of_the_rest()
    {
        await DecideAsync();
        await _world.PauseAsync(["clicks"]);
        await AfterAsync(TimeSpan.FromHours(24));
        Assert.Equal((true, true, false), await MayAsync());
        var permit = (await _first.AskAsync()).Permit!.Value;
        Assert.Equal(["keystrokes", "mouse-movements"], permit.GetProperty("categories").EnumerateArray().Select(c => c.GetString()!));
    }

    [Fact]
    public async Task No_further_share_is_released_while_a_pause_is_proposed()
    {
        await DecideAsync();
        await _world.Responder.MakeAsync("/api/v1/incidents",
            new { title = "A doubt", sev = 3, programs = new[] { new { program = "MCI", kind = "Source" } } });
        _world.Hub.Clock.Advance(TimeSpan.FromHours(24));
        await _world.Hub.Services.GetRequiredService<StageTick>().RunAsync(default);
        Assert.Equal(("Resuming", 5), await StateAsync());
    }

    [Fact]
    public async Task The_stages_are_part_of_the_approved_digest_and_on_the_timeline()
    {
        await DecideAsync();
        var decision = await _world.Responder.ReadAsync("/api/v1/decisions/D-1");
        Assert.Equal(["5/86400", "25/86400"], decision.GetProperty("recommendation").GetProperty("stages").EnumerateArray()
            .Select(s => $"{s.GetProperty("share")}/{s.GetProperty("soakSeconds")}"));
        var timeline = await _world.Responder.ReadAsync("/api/v1/incidents/INC-1/timeline?limit=100");
        Assert.Contains(timeline.GetProperty("items").EnumerateArray(), e =>
            e.Text("title") == "MCI resumes, stage 1 of 3: 5 % of the collectors, by D-1");
        Assert.Contains("pause.stage", await _world.AuditActsAsync());
    }

    [Theory]
    [InlineData("""[{"share":0,"soakSeconds":60}]""", "stages[0].share")]
    [InlineData("""[{"share":100,"soakSeconds":60}]""", "stages[0].share")]
    [InlineData("""[{"share":25,"soakSeconds":60},{"share":5,"soakSeconds":60}]""", "stages[1].share")]
    [InlineData("""[{"share":5,"soakSeconds":0}]""", "stages[0].soak")]
    [InlineData("""[{"share":5,"soakSeconds":99999999}]""", "stages[0].soak")]
    [InlineData("""[{"soakSeconds":60}]""", "stages[0].share")]
    [InlineData("""[null]""", "stages[0].share", "stages[0].soak")]
    [InlineData("""[{"share":1,"soakSeconds":9},{"share":2,"soakSeconds":9},{"share":3,"soakSeconds":9},{"share":4,"soakSeconds":9},{"share":5,"soakSeconds":9},{"share":6,"soakSeconds":9},{"share":7,"soakSeconds":9},{"share":8,"soakSeconds":9},{"share":9,"soakSeconds":9},{"share":10,"soakSeconds":9},{"share":11,"soakSeconds":9}]""", "stages")]
    public async Task Invalid_stages_are_refused_at_their_field(string stages, params string[] fields)
    {
        await DeclareAsync();
        var answer = await _world.Responder.PostAsync("/api/v1/decisions/D-1/propose",
            new { outcome = "Resume", rationale = "Checked.", stages = JsonElement.Parse(stages) });
        AssertProblem(answer, HttpStatusCode.BadRequest, fields);
    }

    [Fact]
    public async Task Only_a_resume_has_stages()
    {
        await DeclareAsync();
        AssertProblem(
            await _world.Responder.PostAsync("/api/v1/decisions/D-1/propose",
            new { outcome = "Terminate", rationale = "No.", stages = Stages }), HttpStatusCode.BadRequest, "stages");
    }

    private static object[] Stages => [new { share = 5, soakSeconds = 86_400 }, new { share = 25, soakSeconds = 86_400 }];

    private Task DeclareAsync() =>
        _world.Responder.MakeAsync(
        "/api/v1/incidents", new { title = "Readable by all", sev = 2, programs = new[] { new { program = "MCI", kind = "Source" } } });

    private async Task DecideAsync()
    {
        await DeclareAsync();
        _world.Hub.Clock.Advance(TimeSpan.FromMinutes(5));
        await _world.TickAsync();
        await _world.Responder.MakeAsync("/api/v1/incidents/INC-1/contain", new { });
        var (privacy, second) = (await _world.Hub.AsAsync("privacy"), await _world.Hub.AsAsync("responder-2"));
        foreach (var criterion in (await privacy.ReadAsync("/api/v1/decisions/D-1")).GetProperty("criteria").EnumerateArray())
            await second.MakeAsync($"/api/v1/decisions/D-1/criteria/{criterion.Text("kind")}/meet",
                new { evidence = "Looked, and it holds." });
        await _world.Responder.MakeAsync("/api/v1/decisions/D-1/propose",
            new { outcome = "Resume", rationale = "Everything was checked.", stages = Stages });
        await _world.Owner.MakeAsync("/api/v1/decisions/D-1/approve", new { });
        await privacy.MakeAsync("/api/v1/decisions/D-1/approve", new { });
    }

    private async Task AfterAsync(TimeSpan time)
    {
        _world.Hub.Clock.Advance(time);
        await _world.TickAsync();
        await _world.Hub.Services.GetRequiredService<StageTick>().RunAsync(default);
    }

    private async Task<(bool, bool, bool)> MayAsync() =>
        ((await _first.AskAsync()).Permit is not null, (await _second.AskAsync()).Permit is not null,
        (await _last.AskAsync()).Permit is not null);

    private async Task<(string Status, int Released)> StateAsync()
    {
        using var watch = await _world.Hub.Services.GetRequiredService<SwitchProjections>().WatchAsync("MCI", _ => Task.CompletedTask);
        return (watch!.View.Status.ToString(), watch.View.Open.Select(p => p.ReleasedShare).DefaultIfEmpty().Max());
    }

    private async Task<IReadOnlyList<JsonElement>> PausesAsync() =>
        [.. (await (await _world.Hub.AsAsync("owner")).ReadAsync("/api/v1/programs/MCI/pauses")).GetProperty("items").EnumerateArray()];

    // Everything is paused again, the recall has its own population of one, and both pauses wait for one new decision.
    private async Task AssertRecalledAsync(string reason)
    {
        Assert.Equal((false, false, false), await MayAsync());
        var pauses = await PausesAsync();
        Assert.Equal([("Active", 0), ("Active", 0)], pauses.Select(p => (p.Text("status"), p.GetProperty("releasedShare").GetInt32())));
        Assert.Equal(reason, pauses[0].Text("reason"));
        Assert.Equal(1, (await _world.ReportAsync(pauses[0].GetProperty("id").GetGuid())).GetProperty("population").GetInt64());
        Assert.Equal("Paused", (await StateAsync()).Status);
        var decision = await _world.Owner.ReadAsync("/api/v1/decisions/D-2");
        Assert.Equal(("Preparing", 2), (decision.Text("status"), decision.GetProperty("pauses").GetArrayLength()));
        Assert.All(decision.GetProperty("criteria").EnumerateArray(), c => Assert.Equal("Open", c.Text("status")));
        Assert.Contains("Privacy", decision.GetProperty("toResume").EnumerateArray().Select(r => r.GetString()));
        await AfterAsync(TimeSpan.FromDays(3));
        Assert.Equal((false, false, false), await MayAsync());
    }
}

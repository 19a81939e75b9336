using System.Net;
using System.Text.Json;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;
using IncidentHub.Switch.Pauses;
using IncidentHub.Tests.Support;
using IncidentHub.Tests.Switch.Collectors;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>Several people and the switch change one incident concurrently.</summary>
public sealed class ConcurrentChangesTests
{
    [Fact]
    public async Task Concurrent_changes_by_several_people_are_all_stored()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var (code, responder, second, privacy) = (await scene.DeclareAsync(), scene.Responder, await scene.Hub.AsAsync("responder-2"),
            await scene.Hub.AsAsync("privacy"));
        var before = await scene.ReadAsync(code);
        // The last four do not change the version: a note is an entry of its own.
        (HttpClient By, HttpMethod Method, string Act, object Body)[] changes =
        [
            (responder, HttpMethod.Post, "sev", new { sev = 1, reason = "Read by others." }),
            (second, HttpMethod.Post, "sev", new { sev = 0, reason = "Read by everybody." }),
            (privacy, HttpMethod.Post, "programs", new { program = "TYP", kind = "Suspected" }),
            (responder, HttpMethod.Post, "exposures", new { dataset = "transcriptions" }),
            (second, HttpMethod.Post, "roles", new { role = "Scribe", account = "responder-2" }),
            (privacy, HttpMethod.Patch, "", new { summary = "A grant to everybody." }),
            (responder, HttpMethod.Post, "timestamps",
                new { timestamp = "Detected", at = scene.Hub.Clock.Now.AddMinutes(-9), reason = "Log." }),
            (responder, HttpMethod.Post, "notes", new { body = "One." }),
            (second, HttpMethod.Post, "updates", new { condition = "Two." }),
            (privacy, HttpMethod.Post, "notes", new { body = "Three.", kind = "Observation" }),
            (second, HttpMethod.Post, "updates", new { condition = "Four." }),
        ];

        var answers = await Task.WhenAll(changes.Select(c => Task.Run(() =>
            c.By.SendAsync(c.Method, $"/api/v1/incidents/{code}/{c.Act}".TrimEnd('/'), c.Body))));

        Assert.All(answers.Zip(changes), a => Assert.True((int)a.First.Status is 200 or 201, $"{a.Second.Act}: {a.First}"));
        var after = await scene.ReadAsync(code);
        Assert.Equal(before.GetProperty("version").GetInt32() + changes.Length - 4, after.GetProperty("version").GetInt32());
        var levels = after.GetProperty("sevChanges").EnumerateArray()
            .Select(c => (From: c.GetProperty("from").GetInt32(), To: c.GetProperty("to").GetInt32())).ToList();
        Assert.Equal((2, levels[0].To), (levels[0].From, levels[1].From));
        Assert.Equal([0, 1], levels.Select(l => l.To).Order());
        Assert.Equal(after.GetProperty("sev").GetInt32(), levels[1].To);
        Assert.Equal(["MCI", "TYP"], after.GetProperty("programs").EnumerateArray().Select(p => p.Text("program")).Order());
        Assert.Single(after.GetProperty("exposures").EnumerateArray());
        Assert.Contains(after.GetProperty("people").EnumerateArray(), p => p.Text("role") == "Scribe");
        Assert.Equal("A grant to everybody.", after.Text("summary"));
        Assert.Equal(JsonValueKind.String, after.GetProperty("timestamps").GetProperty("detected").ValueKind);
        var entries = (await scene.Responder.ReadAsync($"/api/v1/incidents/{code}/timeline?limit=250")).GetProperty("items")
            .EnumerateArray().Select(e => e.GetProperty("body").GetString()).ToList();
        Assert.All((string[])["One.", "Two.", "Three.", "Four."], note => Assert.Single(entries,
            e => e == note || e?.StartsWith($"Condition\n{note}\n", StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task Concurrent_proof_of_a_stop_and_containment_are_both_recorded()
    {
        await using var world = await SwitchWorld.StartAsync();
        var (codes, races) = ((string[])["ONE", "TWO", "THREE"], new List<Func<Task>>());
        var permits = new List<(TestCollector Collector, string Permit)>();
        foreach (var code in codes)
        {
            await world.AddProgramAsync(code);
            var collector = await world.CollectorAsync(null, null, code);
            permits.Add((collector, (await collector.AskAsync(code)).Token!));
        }
        world.Hub.Clock.Advance(TimeSpan.FromSeconds(20));
        var incidents = new List<string>();
        foreach (var program in codes)
            incidents.Add((await world.Responder.MakeAsync("/api/v1/incidents",
                new { title = "Readable by everybody", sev = 2, programs = new[] { new { program } } })).Text("code"));
        await world.Hub.CountedAsync();
        world.Hub.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < codes.Length; i++)
        {
            var (program, incident, (collector, permit)) = (codes[i], incidents[i], permits[i]);
            var id = (await world.ProgramAsync(program)).Id;
            var ack = collector.Ack(permit, await world.Hub.Db.ReadAsync(sql => ProgramSwitch.EpochAsync(sql, id)), program, change: a =>
                (a["stoppedAtOffsetMs"], a["lastCollectedOffsetMs"]) = (20_800, 19_000));
            races.Add(async () => Assert.Equal(HttpStatusCode.OK, (await collector.StopAsync(ack)).Status));
            races.Add(() => world.Responder.MakeAsync($"/api/v1/incidents/{incident}/contain", new { }));
        }

        await Task.WhenAll(races.Select(r => Task.Run(r)));

        foreach (var incident in incidents)
        {
            var cycle = (await world.Responder.ReadAsync($"/api/v1/incidents/{incident}")).GetProperty("cycles")[0];
            Assert.All((string[])["pauseOrdered", "collectionStopped", "contained"], moment =>
                Assert.True(cycle.GetProperty(moment).ValueKind == JsonValueKind.String, $"{incident}: {moment} is lost"));
        }
    }

    [Fact]
    public async Task Of_two_concurrent_declarations_from_one_flag_one_is_refused()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var privacy = await scene.Hub.AsAsync("privacy");
        var flag = (await (await scene.Hub.AsAsync("employee")).MakeAsync("/api/v1/flags", new { text = "A list of names." })).Text("code");
        var body = new { title = "Readable by everybody", sev = 2, flag, programs = new[] { new { program = "MCI" } } };

        var answers = await Task.WhenAll(new[] { scene.Responder, privacy, scene.Responder, privacy }
            .Select(by => Task.Run(() => by.PostAsync("/api/v1/incidents", body))));

        var won = Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.Equal(3, answers.Count(a => a.Status == HttpStatusCode.Conflict));
        var listed = Assert.Single((await scene.Responder.ReadAsync("/api/v1/incidents")).GetProperty("items").EnumerateArray());
        Assert.Equal(won.Body.Text("code"), listed.Text("code"));
        Assert.Equal("Declared", (await scene.Responder.ReadAsync($"/api/v1/flags/{flag}")).Text("status"));
    }

    [Theory]
    [InlineData(nameof(Cycle.Opened))]
    [InlineData(nameof(Cycle.PauseOrdered))]
    [InlineData(nameof(Cycle.CollectionStopped))]
    [InlineData(nameof(Cycle.Contained))]
    [InlineData(nameof(Cycle.Resolved))]
    public async Task A_cycle_that_changed_since_it_was_read_is_a_conflict_and_is_not_overwritten(string moment)
    {
        await using var scene = await IncidentScene.CreateAsync();
        var code = await scene.DeclareAsync();
        var at = scene.Hub.Clock.Now.AddMinutes(1);
        var kept = await scene.Hub.Db.WriteAsync<Cycle>(async tx =>
        {
            var incident = (await IncidentStore.LoadVisibleAsync(tx, TestHub.Actor("responder"), code))!.State;
            var (was, other) = (incident.Current, Change(incident.Current, moment, at));
            await IncidentStore.SaveCycleAsync(tx, incident.Id, was, other);
            await Assert.ThrowsAsync<ConcurrencyConflictException>(() =>
                IncidentStore.SaveCycleAsync(tx, incident.Id, was, was with { Resolved = at.AddMinutes(1) }));
            return (await IncidentStore.LoadAsync(tx, incident.Id))!.State.Current;
        });
        Assert.Equal(at, moment switch
        {
            nameof(Cycle.Opened) => kept.Value.Opened,
            nameof(Cycle.PauseOrdered) => kept.Value.PauseOrdered,
            nameof(Cycle.CollectionStopped) => kept.Value.CollectionStopped,
            nameof(Cycle.Contained) => kept.Value.Contained,
            _ => kept.Value.Resolved,
        });
    }

    private static Cycle Change(Cycle cycle, string moment, DateTimeOffset at) => moment switch
    {
        nameof(Cycle.Opened) => cycle with { Opened = at },
        nameof(Cycle.PauseOrdered) => cycle with { PauseOrdered = at },
        nameof(Cycle.CollectionStopped) => cycle with { CollectionStopped = at },
        nameof(Cycle.Contained) => cycle with { Contained = at },
        _ => cycle with { Resolved = at },
    };
}

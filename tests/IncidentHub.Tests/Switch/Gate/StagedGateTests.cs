using System.Net.Http.Headers;
using IncidentHub.Switch.Pauses;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Switch.Gate;

/// <summary>Admissions during a staged resume: five per cent, then all.</summary>
public sealed class StagedGateTests : IAsyncLifetime
{
    private SwitchWorld _world = null!;
    private TestCollector _released = null!, _held = null!;
    private HttpClient _ingestion = null!;
    private long _sequence;

    public async ValueTask InitializeAsync()
    {
        _world = await SwitchWorld.StartAsync();
        _released = await _world.CollectorAsync(b => b < 500);
        _held = await _world.CollectorAsync(b => b >= 500);
        _ingestion = _world.Hub.CreateClient();
        _ingestion.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
                (await _world.Owner.MakeAsync("/api/v1/keys",
                new { name = "Ingestion", scopes = new[] { "gate" }, programs = new[] { "MCI" } })).Text("key"));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_released_device_is_admitted_and_what_it_collects_after_its_share_was_revoked_is_class_B()
    {
        var before = (await _held.AskAsync()).Token!;
        await ResumeInStagesAsync();
        var permit = (await _released.AskAsync()).Token!;
        Later(10);
        Assert.Equal("admitted", await ClassAsync(permit, 500, 8_000));
        // Collected before the pause; the uploading device is not released yet.
        Assert.Equal("A", await ClassAsync(before, 0, 0));

        await _world.Responder.MakeAsync("/api/v1/incidents/INC-1/reopen", new { reason = "The fix did not stick" });
        Later(5);
        Assert.Equal("admitted", await ClassAsync(permit, 500, 8_500));
        Assert.Equal("B", await ClassAsync(permit, 500, 12_000));
        Later(90);
        Assert.Equal("A", await ClassAsync(permit, 500, 8_700));
        Assert.Equal("C", await ClassAsync(permit, 500, 80_000));
    }

    [Fact]
    public async Task After_the_last_stage_has_lifted_the_pause_every_device_is_admitted()
    {
        var before = (await _held.AskAsync()).Token!;
        Later(10);
        await ResumeInStagesAsync();
        Later(86_400);
        await _world.Hub.Services.GetRequiredService<StageTick>().RunAsync(default);
        Assert.Equal("admitted", await ClassAsync(before, 500, 8_000));
        var permit = (await _held.AskAsync()).Token!;
        Later(10);
        Assert.Equal("admitted", await ClassAsync(permit, 500, 8_000));
    }

    private void Later(double seconds) => _world.Hub.Clock.Advance(TimeSpan.FromSeconds(seconds));

    private async Task<string> ClassAsync(string permit, long startOffsetMs, long endOffsetMs)
    {
        var first = _sequence;
        _sequence += 10;
        var (status, body) = await _ingestion.PostAsync("/api/v1/gate/batches:check", new
        {
            program = "MCI",
            permits = new[] { new { permit, startOffsetMs, endOffsetMs } },
            categories = new[] { "keystrokes" },
            firstSequence = first,
            lastSequence = first + 9,
            items = 10,
            digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(first))),
        });
        return status == System.Net.HttpStatusCode.OK ? "admitted" : body.Text("class");
    }

    private async Task ResumeInStagesAsync()
    {
        Later(10);
        await _world.Responder.MakeAsync("/api/v1/incidents",
            new { title = "Readable by all", sev = 2, programs = new[] { new { program = "MCI", kind = "Source" } } });
        Later(300);
        await _world.TickAsync();
        await _world.Responder.MakeAsync("/api/v1/incidents/INC-1/contain", new { });
        var (privacy, second) = (await _world.Hub.AsAsync("privacy"), await _world.Hub.AsAsync("responder-2"));
        foreach (var criterion in (await privacy.ReadAsync("/api/v1/decisions/D-1")).GetProperty("criteria").EnumerateArray())
            await second.MakeAsync($"/api/v1/decisions/D-1/criteria/{criterion.Text("kind")}/meet",
                new { evidence = "Looked, and it holds." });
        await _world.Responder.MakeAsync("/api/v1/decisions/D-1/propose",
            new { outcome = "Resume", rationale = "Everything was checked.", stages = new[] { new { share = 5, soakSeconds = 86_400 } } });
        await _world.Owner.MakeAsync("/api/v1/decisions/D-1/approve", new { });
        await privacy.MakeAsync("/api/v1/decisions/D-1/approve", new { });
    }
}

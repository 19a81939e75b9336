using IncidentHub.Domain;
using System.Net;
using System.Text.Json;
using IncidentHub.Switch.Pauses;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Switch.Collectors;

public sealed class PermitTests : IAsyncLifetime
{
    private SwitchWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await SwitchWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_permit_states_collector_program_scope_and_expiry_and_returns_the_nonce()
    {
        var collector = await _world.CollectorAsync("US");
        var (status, body) = await collector.CallAsync("permits:renew", collector.Secret,
            new { nonce = "my-nonce-1", programs = new[] { new { code = "MCI", epochSeen = 0, lastSequence = 7 } } });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("my-nonce-1", 20.0), (body.Text("nonce"), body.GetProperty("nextRenewSeconds").GetDouble()));
        var permit = _world.Verify(body.GetProperty("programs")[0].Text("permit"), "ih-permit+jwt")!.Value;
        Assert.Equal((collector.Id.ToString(), "MCI", "US", "my-nonce-1"),
            (permit.Text("sub"), permit.Text("aud"), permit.Text("region"), permit.Text("nonce")));
        Assert.Equal(60, permit.GetProperty("exp").GetInt64() - permit.GetProperty("iat").GetInt64());
        Assert.Equal(_world.Hub.Clock.Now.ToUnixTimeSeconds(), permit.GetProperty("iat").GetInt64());
        Assert.Equal(["keystrokes", "clicks", "mouse-movements"], Categories(permit));
        Assert.False(body.GetProperty("programs")[0].TryGetProperty("stop", out var stop) && stop.ValueKind != JsonValueKind.Null);
    }

    [Fact]
    public async Task A_permit_is_verified_with_the_published_keys_and_no_other_token_type_is_accepted_as_one()
    {
        var (token, _, _) = await (await _world.CollectorAsync()).AskAsync();
        var keys = (await _world.Owner.ReadAsync("/.well-known/jwks.json")).GetProperty("keys").EnumerateArray()
            .Select(k => k.Text("kid")).ToList();
        var header = JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token!.Split('.')[0]));
        Assert.Contains(header.Text("kid"), keys);
        Assert.Null(_world.Verify(token, "ih-stop+jwt"));
        Assert.Null(_world.Verify(token[..^2] + (token.EndsWith("AA", StringComparison.Ordinal) ? "BB" : "AA"), "ih-permit+jwt"));
    }

    [Fact]
    public async Task Categories_and_region_come_from_the_enrolment()
    {
        var collector = await _world.CollectorAsync("DE", ["clicks"]);
        var (_, permit, _) = await collector.AskAsync();
        Assert.Equal(["clicks"], Categories(permit!.Value));
        Assert.Equal("DE", permit.Value.Text("region"));
    }

    [Fact]
    public async Task Under_a_whole_pause_there_is_a_signed_stop_notice_and_no_permit()
    {
        var collector = await _world.CollectorAsync();
        var (_, before, _) = await collector.AskAsync();
        var pause = (await _world.PauseAsync()).GetProperty("pause");
        var (_, permit, stop) = await collector.AskAsync();
        Assert.Null(permit);
        Assert.Equal(("paused", "hold"), (stop!.Value.Text("reasonCode"), stop.Value.Text("bufferPolicy")));
        Assert.Equal([pause.Text("id")], stop.Value.GetProperty("pauseIds").EnumerateArray().Select(p => p.GetString()!));
        Assert.Equal(before!.Value.GetProperty("epoch").GetInt64() + 1, stop.Value.GetProperty("epoch").GetInt64());
    }

    [Fact]
    public async Task Under_a_partial_pause_there_is_a_narrower_permit_and_a_notice_for_the_rest()
    {
        var collector = await _world.CollectorAsync("US");
        var german = await _world.CollectorAsync("DE");
        await _world.PauseAsync(["clicks"], ["US"]);
        var (_, permit, stop) = await collector.AskAsync();
        Assert.Equal(["keystrokes", "mouse-movements"], Categories(permit!.Value));
        Assert.NotNull(stop);
        var (_, other, none) = await german.AskAsync();
        Assert.Equal(3, Categories(other!.Value).Length);
        Assert.Null(none);
    }

    [Fact]
    public async Task A_collector_without_a_region_is_covered_by_every_regional_pause()
    {
        var collector = await _world.CollectorAsync();
        await _world.PauseAsync(regions: ["DE"]);
        Assert.Null((await collector.AskAsync()).Permit);
    }

    [Fact]
    public async Task When_the_last_pause_is_lifted_permits_are_issued_again_at_a_higher_epoch()
    {
        var collector = await _world.CollectorAsync();
        var first = (await _world.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid();
        var second = (await _world.PauseAsync(["clicks"])).GetProperty("pause").GetProperty("id").GetGuid();
        var (_, _, stop) = await collector.AskAsync();
        await LiftAsync(first);
        Assert.Equal(["keystrokes", "mouse-movements"], Categories((await collector.AskAsync()).Permit!.Value));
        await LiftAsync(second);
        var (_, permit, none) = await collector.AskAsync();
        Assert.Equal(3, Categories(permit!.Value).Length);
        Assert.Null(none);
        Assert.Equal(stop!.Value.GetProperty("epoch").GetInt64() + 2, permit.Value.GetProperty("epoch").GetInt64());
    }

    [Fact]
    public async Task A_terminated_program_returns_the_reason_to_its_collectors()
    {
        var collector = await _world.CollectorAsync();
        await _world.Hub.Db.WriteAsync<Done>(async tx =>
        {
            await _world.Hub.Services.GetRequiredService<IncidentHub.Catalog.Programs.ProgramCommands>()
                .TerminateAsync(tx, _world.ProgramId, "Ended by decision", TestHub.Actor("privacy"));
            return default(Done);
        });
        var (_, permit, stop) = await collector.AskAsync();
        Assert.Null(permit);
        Assert.Equal(("terminated", "seal"), (stop!.Value.Text("reasonCode"), stop.Value.Text("bufferPolicy")));
    }

    [Fact]
    public async Task A_program_without_an_enrolment_of_the_collector_is_refused_and_the_others_are_renewed()
    {
        await _world.AddProgramAsync("OTHER");
        var collector = await _world.CollectorAsync();
        var (status, body) = await collector.CallAsync("permits:renew", collector.Secret, new
        {
            nonce = "12345678",
            programs = new[] { new { code = "OTHER", epochSeen = 0, lastSequence = 0 },
                new { code = "MCI", epochSeen = 0, lastSequence = 0 }, new { code = "NOPE", epochSeen = 0, lastSequence = 0 } },
        });
        Assert.Equal(HttpStatusCode.OK, status);
        var byCode = body.GetProperty("programs").EnumerateArray().ToDictionary(p => p.Text("code"));
        Assert.Equal(("not_enrolled", "not_enrolled"), (byCode["OTHER"].Text("refused"), byCode["NOPE"].Text("refused")));
        Assert.NotNull(byCode["MCI"].GetProperty("permit").GetString());
    }

    [Fact]
    public async Task No_renewal_overtakes_a_concurrent_pause()
    {
        var collectors = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _world.CollectorAsync("US")));
        using var stop = new CancellationTokenSource();
        var paused = false;
        var permits = new System.Collections.Concurrent.ConcurrentBag<(bool AskedAfter, int Collector, JsonElement Permit)>();
        var renewing = collectors.Select((c, n) => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested || i < 3; i++)
            {
                var after = Volatile.Read(ref paused);
                if ((await c.AskAsync()).Permit is { } permit) permits.Add((after, n, permit));
            }
        })).ToList();
        await Waiting.UntilAsync(() => permits.Count >= 200 && permits.Select(p => p.Collector).Distinct().Count() == collectors.Length,
            "every collector has a permit");
        var report = await _world.PauseAsync();
        Volatile.Write(ref paused, true);
        await stop.CancelAsync();
        await Task.WhenAll(renewing);

        var pause = report.GetProperty("pause");
        var guaranteed = pause.GetProperty("guaranteedAt").GetDateTimeOffset();
        Assert.DoesNotContain(permits, p => p.AskedAfter);
        Assert.All(permits, p => Assert.True(p.Permit.GetProperty("epoch").GetInt64() < pause.GetProperty("epoch").GetInt64()));
        Assert.All(permits, p => Assert.True(DateTimeOffset.FromUnixTimeSeconds(p.Permit.GetProperty("exp").GetInt64())
            .AddSeconds(3) <= guaranteed));
        Assert.Equal(20, (await _world.ReportAsync(pause.GetProperty("id").GetGuid())).GetProperty("population").GetInt64());
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"nonce":"12345678"}""")]
    [InlineData("""{"nonce":"12345678","programs":[]}""")]
    [InlineData("""{"nonce":"12345678","programs":[null]}""")]
    [InlineData("""{"nonce":"x","programs":[{"code":"MCI","epochSeen":0,"lastSequence":0}]}""")]
    [InlineData("""{"nonce":"<b>12345678</b>","programs":[{"code":"MCI","epochSeen":0,"lastSequence":0}]}""")]
    [InlineData("""{"nonce":"12345678","programs":[{"code":"MCI","epochSeen":-1,"lastSequence":0}]}""")]
    [InlineData("""{"nonce":"12345678","programs":[{"code":"MCI","epochSeen":99999999999999999999,"lastSequence":0}]}""")]
    [InlineData("""{"nonce":"12345678","programs":[{"code":"MCI","epochSeen":0,"lastSequence":0},{"code":"MCI","epochSeen":0,"lastSequence":0}]}""")]
    public async Task Hostile_renewals_are_refused_without_an_error_of_the_hub(string body)
    {
        var collector = await _world.CollectorAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await collector.CallAsync("permits:renew", collector.Secret, body)).Status);
    }

    private Task LiftAsync(Guid pauseId) => _world.Hub.Db.WriteAsync<Done>(async tx =>
    {
        await _world.Hub.Services.GetRequiredService<PauseWriter>()
            .LiftAsync(tx, [pauseId], OrderedId.Next(tx.Now), "Resume", TestHub.Actor("privacy"));
        return default(Done);
    });

    private static string[] Categories(JsonElement permit) =>
        [.. permit.GetProperty("categories").EnumerateArray().Select(c => c.GetString()!)];
}

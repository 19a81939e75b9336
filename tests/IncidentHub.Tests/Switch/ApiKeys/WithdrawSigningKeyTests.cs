using System.Net;
using IncidentHub.Platform.Keys;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Switch.Gate;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Switch.ApiKeys;

/// <summary>A signing key whose private half is known to others.</summary>
public sealed class WithdrawSigningKeyTests : IAsyncLifetime
{
    private GateScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await GateScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private SigningKeys Keys => _scene.World.Hub.Services.GetRequiredService<SigningKeys>();

    [Fact]
    public async Task A_withdrawn_key_no_longer_signs_is_no_longer_published_and_stays_on_record()
    {
        var old = Keys.Current;
        var signature = old.Sign("permit"u8);
        await WithdrawAsync(old.Kid);
        Assert.NotEqual(old.Kid, Keys.Current.Kid);
        Assert.False(Keys.Verify(old.Kid, "permit"u8, signature));
        var published = await _scene.World.Hub.CreateClient().GetStringAsync("/.well-known/jwks.json");
        Assert.Contains(Keys.Current.Kid, published);
        Assert.DoesNotContain(old.Kid, published);
        var listed = (await (await _scene.World.Hub.AsAsync("administrator")).ReadAsync("/api/v1/signing-keys"))
            .GetProperty("items").EnumerateArray()
            .Single(k => k.Text("kid") == old.Kid);
        Assert.Equal(("Administrator", "A copy was found."),
            (listed.GetProperty("withdrawn").Text("by"), listed.GetProperty("withdrawn").Text("reason")));
        Assert.NotEmpty(listed.GetProperty("publicKey").Text("x"));
        Assert.Equal(1, await _scene.AuditedAsync("signing-key.withdrawn"));
    }

    [Fact]
    public async Task Every_live_program_is_announced_as_closed_and_the_next_permits_are_signed_by_the_next_key()
    {
        await _scene.World.AddProgramAsync("OTHER");
        var both = await _scene.World.CollectorAsync(null, null, "MCI", "OTHER");
        var before = new[] { await EpochAsync(both, "MCI"), await EpochAsync(both, "OTHER") };
        await WithdrawAsync(Keys.Current.Kid);
        Assert.Equal(before.Select(e => e + 1), [await EpochAsync(both, "MCI"), await EpochAsync(both, "OTHER")]);
        using var events = await EventReader.OpenAsync(_scene.World.Hub.CreateClient(), both.Secret);
        var told = (await events.NextAsync())!.Value;
        Assert.Equal(told.GetProperty("epoch").GetInt64(), told.GetProperty("closedBelow").GetInt64());
    }

    [Fact]
    public async Task The_gate_refuses_what_was_collected_under_a_permit_of_a_withdrawn_key()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(5);
        await _scene.AdmittedAsync(_scene.Batch(permit, 0, 2_000));
        await WithdrawAsync(Keys.Current.Kid);
        await _scene.RefusedAsync(_scene.Batch(permit, 2_000, 4_000), "permit_invalid");
        var next = await _scene.PermitAsync();
        _scene.At(10);
        await _scene.AdmittedAsync(_scene.Batch(next, 0, 2_000));
    }

    [Fact]
    public async Task A_challenge_signed_by_a_withdrawn_key_registers_no_collector()
    {
        var key = await _scene.World.EnrolmentKeyAsync();
        var collector = new TestCollector(_scene.World);
        var (_, challenge) = await collector.CallAsync("challenge", key, null);
        await WithdrawAsync(Keys.Current.Kid);
        var register = new
        {
            instanceName = "ws-2",
            hostPseudonym = "h",
            version = "1",
            publicKey = collector.PublicKey,
            proof = collector.Proof(challenge.Text("challenge"))
        };
        Assert.Equal(HttpStatusCode.BadRequest, (await collector.CallAsync("register", key, register)).Status);
        Assert.Equal(HttpStatusCode.OK, (await collector.TryRegisterAsync(key)).Status);
    }

    [Fact]
    public async Task A_stop_is_acknowledged_although_its_permit_was_signed_by_a_withdrawn_key()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(5);
        // Created while the key was valid; it arrives later.
        var pause = (await _scene.World.PauseAsync()).GetProperty("pause");
        var ack = _scene.Collector.Ack(permit, pause.GetProperty("epoch").GetInt64());
        await WithdrawAsync(Keys.Current.Kid);
        var (status, body) = await _scene.Collector.StopAsync(ack);
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        Assert.NotNull(_scene.World.Verify(body.Text("receipt"), "ih-receipt+jwt"));
        Assert.Equal(1, (await _scene.World.ReportAsync(pause.GetProperty("id").GetGuid())).GetProperty("confirmed").GetInt32());
    }

    [Fact]
    public async Task A_pause_and_its_stop_bound_are_not_affected()
    {
        await _scene.PermitAsync();
        var before = (await _scene.World.PauseAsync()).GetProperty("pause");
        await WithdrawAsync(Keys.Current.Kid);
        var after = (await _scene.World.ReportAsync(before.GetProperty("id").GetGuid())).GetProperty("pause");
        Assert.Equal((before.Text("guaranteedAt"), "Active"), (after.Text("guaranteedAt"), after.Text("status")));
        var stop = (await _scene.Collector.AskAsync()).Stop!.Value;
        Assert.Equal(before.Text("id"), stop.GetProperty("pauseIds")[0].GetString());
    }

    [Fact]
    public async Task A_waiting_next_key_signs_at_once_and_where_the_next_key_is_withdrawn_the_current_one_continues()
    {
        var administrator = await _scene.World.Hub.AsAsync("administrator");
        var first = Keys.Current.Kid;
        var next = (await administrator.MakeAsync("/api/v1/signing-keys/rotate")).Text("kid");
        await WithdrawAsync(next);
        Assert.Equal(first, Keys.Current.Kid);
        _scene.At(3_600);
        Assert.Equal(first, Keys.Current.Kid);
        var neverSigned = Keys.Periods.Single(p => p.Kid == next);
        Assert.Equal(neverSigned.SignsFrom, neverSigned.SignsUntil);

        var second = (await administrator.MakeAsync("/api/v1/signing-keys/rotate")).Text("kid");
        await WithdrawAsync(first);
        Assert.Equal(second, Keys.Current.Kid);
        Assert.Equal(_scene.World.Hub.Clock.Now, Keys.Periods.Single(p => p.Kid == second).SignsFrom);
        Assert.Equal([second], Keys.Public.Select(k => k.kid));
    }

    [Fact]
    public async Task A_retired_key_can_be_withdrawn_and_the_current_one_continues()
    {
        var administrator = await _scene.World.Hub.AsAsync("administrator");
        var first = Keys.Current.Kid;
        var second = (await administrator.MakeAsync("/api/v1/signing-keys/rotate")).Text("kid");
        _scene.At(3_600);
        await WithdrawAsync(first);
        Assert.Equal((second, 2), (Keys.Current.Kid, Keys.Periods.Count));
    }

    [Fact]
    public async Task A_failed_withdrawal_changes_nothing()
    {
        var old = Keys.Current;
        var failed = await _scene.World.Hub.Db.WriteAsync<KeyWithdrawal>(async tx =>
        {
            await Keys.WithdrawAsync(tx, old.Kid, new(tx.Now, "Administrator", "A copy was found."));
            Assert.NotEqual(old.Kid, Keys.Current.Kid);
            return IncidentHub.Domain.Refusal.Stale("It fails.");
        });
        Assert.False(failed.IsOk);
        await Keys.LoadAsync(CancellationToken.None);
        Assert.Equal((old.Kid, old.Kid), (Keys.Current.Kid, Assert.Single(Keys.Public).kid));
        Assert.True(Keys.Verify(old.Kid, "permit"u8, old.Sign("permit"u8)));
    }

    [Fact]
    public async Task Another_process_rejects_the_key_after_its_next_reload()
    {
        var hub = _scene.World.Hub;
        var other = new SigningKeys(hub.Db, hub.Services.GetRequiredService<MasterKey>(), hub.Clock, Options.Create(new KeysOptions()));
        await other.LoadAsync(CancellationToken.None);
        var old = Keys.Current;
        await WithdrawAsync(old.Kid);
        await other.LoadAsync(CancellationToken.None);
        Assert.False(other.Verify(old.Kid, "permit"u8, old.Sign("permit"u8)));
        Assert.Equal(Keys.Current.Kid, other.Current.Kid);
    }

    [Fact]
    public async Task Only_an_administrator_withdraws_a_key_with_a_reason_and_only_once()
    {
        var kid = Keys.Current.Kid;
        var path = $"/api/v1/signing-keys/{kid}/withdraw";
        foreach (var account in new[] { "owner", "responder", "privacy", "auditor", "employee" })
            AssertProblem(await (await _scene.World.Hub.AsAsync(account)).PostAsync(path, new { reason = "Lost" }),
                HttpStatusCode.Forbidden);
        var administrator = await _scene.World.Hub.AsAsync("administrator");
        AssertProblem(await administrator.PostAsync(path, new { reason = " " }), HttpStatusCode.BadRequest, "reason");
        AssertProblem(await administrator.PostAsync("/api/v1/signing-keys/none/withdraw", new { reason = "Lost" }),
            HttpStatusCode.NotFound);
        Assert.Equal(kid, Keys.Current.Kid);
        await WithdrawAsync(kid);
        AssertProblem(await administrator.PostAsync(path, new { reason = "Lost" }), HttpStatusCode.Conflict);
        Assert.Equal(2, Keys.Periods.Count);
    }

    private async Task WithdrawAsync(string kid) => await (await _scene.World.Hub.AsAsync("administrator"))
        .MakeAsync($"/api/v1/signing-keys/{kid}/withdraw", new { reason = "A copy was found." });

    private static async Task<long> EpochAsync(TestCollector collector, string program) =>
        (await collector.AskAsync(program)).Permit!.Value.GetProperty("epoch").GetInt64();
}

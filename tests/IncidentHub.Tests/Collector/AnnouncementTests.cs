using System.Text.Json;
using IncidentHub.Tests.Support;
using IncidentHub.Collector;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Collector;

/// <summary>The client library and announcements, rotated keys, and instructions for the buffer.</summary>
public sealed class AnnouncementTests : CollectorScene
{
    [Fact]
    public async Task An_announced_pause_closes_the_gate_at_once_and_the_stop_counts_from_then()
    {
        await using var client = Client();
        await client.RenewAsync(default);
        var epoch = (await _world.PauseAsync()).GetProperty("pause").GetProperty("epoch").GetInt64();
        Pass(TimeSpan.FromSeconds(5));
        client.Heard(new("MCI", epoch, epoch, 0));
        Assert.Equal(GateReason.Announced, client.Gate("MCI").Status.Reason);
        Pass(TimeSpan.FromSeconds(4));
        await client.RenewAsync(default);
        Assert.Equal(GateReason.Paused, client.Gate("MCI").Status.Reason);
        var ack = _wire.Sent.Single(s => s.Path.EndsWith("stops", StringComparison.Ordinal)).Body;
        var claims = JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(
            JsonElement.Parse(ack).GetProperty("ack").GetString()!.Split('.')[1]));
        Assert.Equal(5_000, claims.GetProperty("stoppedAtOffsetMs").GetInt64());
    }

    [Fact]
    public async Task A_false_announcement_costs_one_renewal()
    {
        await using var client = Client();
        await client.RenewAsync(default);
        client.Heard(new("MCI", long.MaxValue, long.MaxValue, 0));
        Assert.False(client.Gate("MCI").MayCollect("clicks"));
        Pass(TimeSpan.FromMilliseconds(1));
        await client.RenewAsync(default);
        Assert.True(client.Gate("MCI").MayCollect("clicks"));
    }

    [Fact]
    public async Task An_announcement_opens_nothing_and_one_that_only_widens_closes_nothing()
    {
        await using var client = Client();
        client.Heard(new("MCI", 9, 0, 0));
        Assert.False(client.Gate("MCI").MayCollect("clicks"));
        await client.RenewAsync(default);
        client.Heard(new("MCI", 9, 0, 0));
        Assert.True(client.Gate("MCI").MayCollect("clicks"));
    }

    [Fact]
    public async Task A_renewal_requested_before_the_announcement_does_not_open_the_gate()
    {
        await using var client = Client();
        await client.RenewAsync(default);
        _wire.BeforeAnswer = () => client.Heard(new("MCI", 9, 9, 0));
        await client.RenewAsync(default);
        Assert.Equal(GateReason.Announced, client.Gate("MCI").Status.Reason);
    }

    [Fact]
    public async Task After_a_key_rotation_during_a_pause_older_permits_and_stops_still_verify()
    {
        await using var client = Client();
        var keys = _world.Hub.Services.GetRequiredService<IncidentHub.Platform.Keys.SigningKeys>();
        var old = keys.Current.Kid;
        var made = await _world.Hub.Services.GetRequiredService<IncidentHub.Switch.KeyRotation.SigningKeyCommands>()
            .RotateAsync(IncidentHub.Tests.Support.TestHub.Actor("administrator"));
        Pass(made.Value.SignsFrom - _world.Hub.Clock.Now - TimeSpan.FromSeconds(10));
        await client.RenewAsync(default);
        var pause = (await _world.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid();
        Pass(TimeSpan.FromSeconds(20));
        Assert.NotEqual(old, keys.Current.Kid);
        await client.RenewAsync(default);
        // The notice is signed by the new key; the acknowledgement refers to a permit of the old one.
        Assert.Equal(GateReason.Paused, client.Gate("MCI").Status.Reason);
        Assert.Equal(1, (await _world.ReportAsync(pause)).GetProperty("confirmed").GetInt32());
    }

    [Fact]
    public async Task A_stop_is_reported_once_with_the_buffer_policy()
    {
        await using var client = Client();
        var told = new List<StopNotice>();
        client.Stopped += told.Add;
        await client.RenewAsync(default);
        await _world.PauseAsync(["clicks"]);
        await client.RenewAsync(default);
        await client.RenewAsync(default);
        var notice = Assert.Single(told);
        Assert.Equal(("MCI", BufferPolicy.Hold, true), (notice.Program, notice.Buffer, notice.Gate.IsOpen));
        Assert.Equal(["keystrokes", "mouse-movements"], notice.Gate.Categories);
    }

    [Fact]
    public async Task A_tightened_pause_notifies_the_recorder_and_is_acknowledged_with_the_current_buffer()
    {
        await using var client = Client();
        var told = new List<StopNotice>();
        client.Stopped += told.Add;
        await client.RenewAsync(default);
        var pause = (await _world.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid();
        await client.RenewAsync(default);
        await _world.Owner.MakeAsync($"/api/v1/pauses/{pause}/seal-buffers", new { });
        await client.RenewAsync(default);
        await client.RenewAsync(default);
        Assert.Equal([BufferPolicy.Hold, BufferPolicy.Seal], told.Select(n => n.Buffer));
        Assert.Equal(2, _wire.Sent.Count(s => s.Path.EndsWith("stops", StringComparison.Ordinal)));
        Assert.DoesNotContain("stop.refused", await _world.AuditActsAsync());
        Assert.Equal(1, (await _world.ReportAsync(pause)).GetProperty("confirmed").GetInt32());
    }

    [Theory]
    [InlineData("seal", BufferPolicy.Seal)]
    [InlineData("purge", BufferPolicy.Purge)]
    [InlineData("hold", BufferPolicy.Hold)]
    [InlineData("burn", BufferPolicy.Hold)]
    public void An_unknown_buffer_policy_deletes_nothing(string word, BufferPolicy policy) =>
        Assert.Equal(policy, StopNotice.PolicyOf(JsonElement.Parse($$"""{"bufferPolicy":"{{word}}"}""")));
}

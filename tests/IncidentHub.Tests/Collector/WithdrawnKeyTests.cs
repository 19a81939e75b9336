using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using IncidentHub.Collector;
using IncidentHub.Platform.Keys;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Collector;

/// <summary>Which keys the client library trusts after the hub has withdrawn a signing key.</summary>
public sealed class WithdrawnKeyTests : CollectorScene
{
    [Fact]
    public async Task After_the_first_response_of_the_next_key_the_old_one_is_not_trusted_again()
    {
        await using var client = Client();
        await client.RenewAsync(default);
        var old = await WithdrawAsync();
        await client.RenewAsync(default);
        Assert.True(client.Gate("MCI").MayCollect("clicks"));

        Pass(TimeSpan.FromSeconds(61));
        _wire.Bend = answer => Resign(answer, old);
        await client.RenewAsync(default);
        Assert.Equal(GateReason.PermitExpired, client.Gate("MCI").Status.Reason);
        _wire.Bend = null;
        await client.RenewAsync(default);
        Assert.True(client.Gate("MCI").MayCollect("clicks"));
    }

    [Fact]
    public async Task A_withdrawn_key_is_trusted_for_at_most_five_minutes()
    {
        await using var client = Client();
        await client.RenewAsync(default);
        var old = await WithdrawAsync();
        // An attacker with the key responds from the beginning: the hub's own responses never arrive.
        _wire.Bend = answer => Resign(answer, old);
        Pass(HubConnection.KeepKeys - TimeSpan.FromSeconds(1));
        await client.RenewAsync(default);
        Assert.True(client.Gate("MCI").MayCollect("clicks"));

        Pass(TimeSpan.FromSeconds(1));
        await client.RenewAsync(default);
        Pass(TimeSpan.FromSeconds(59));
        Assert.Equal(GateReason.PermitExpired, client.Gate("MCI").Status.Reason);
    }

    [Fact]
    public async Task A_collector_that_cannot_load_the_keys_accepts_no_permit()
    {
        await using var client = Client();
        await client.RenewAsync(default);
        Pass(HubConnection.KeepKeys);
        _wire.Cut = ("jwks.json", false);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.RenewAsync(default));
        Assert.False(client.Gate("MCI").MayCollect("clicks"));
        _wire.Cut = null;
        await client.RenewAsync(default);
        Assert.True(client.Gate("MCI").MayCollect("clicks"));
    }

    /// <summary>Withdraws the signing key; returns the key pair that others may still have.</summary>
    private async Task<SigningKeys.Signer> WithdrawAsync()
    {
        var old = _world.Hub.Services.GetRequiredService<SigningKeys>().Current;
        await (await _world.Hub.AsAsync("administrator")).MakeAsync(
            $"/api/v1/signing-keys/{old.Kid}/withdraw", new { reason = "A copy was found." });
        return old;
    }

    // The hub's answer, as if the holder of that key had signed it.
    private static void Resign(JsonNode answer, SigningKeys.Signer by)
    {
        var program = answer["programs"]![0]!;
        var head = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","typ":"ih-permit+jwt","kid":"{{by.Kid}}"}"""));
        var signed = $"{head}.{program["permit"]!.GetValue<string>().Split('.')[1]}";
        program["permit"] = $"{signed}.{Base64Url.EncodeToString(by.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}

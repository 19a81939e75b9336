using System.Text;
using System.Text.Json.Nodes;
using IncidentHub.Collector;
using IncidentHub.Domain;

namespace IncidentHub.Tests.Collector;

/// <summary>Registering, renewing and stopping with the real client library.</summary>
public sealed class CollectorClientTests : CollectorScene
{
    [Fact]
    public async Task It_registers_once_and_is_the_same_collector_after_a_restart()
    {
        Guid? id;
        await using (var client = Client())
        {
            await client.RenewAsync(default);
            id = client.CollectorId;
            Assert.True(client.Gate("MCI").MayCollect("clicks"));
        }
        await using var again = Client(key: null);
        await again.RenewAsync(default);
        Assert.Equal(id, again.CollectorId);
    }

    [Fact]
    public async Task It_stops_on_a_notice_and_its_acknowledgement_confirms_the_stop()
    {
        await using var client = Client();
        await client.RenewAsync(default);
        Assert.True(client.Gate("MCI").Begin("clicks").Keep());
        var pause = (await _world.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid();
        await client.RenewAsync(default);
        Assert.Equal(GateReason.Paused, client.Gate("MCI").Status.Reason);
        Assert.Equal(1, (await _world.ReportAsync(pause)).GetProperty("confirmed").GetInt32());
    }

    [Fact]
    public async Task A_partial_pause_narrows_and_is_acknowledged()
    {
        await using var client = Client();
        await client.RenewAsync(default);
        var pause = (await _world.PauseAsync(["clicks"])).GetProperty("pause").GetProperty("id").GetGuid();
        await client.RenewAsync(default);
        Assert.False(client.Gate("MCI").MayCollect("clicks"));
        Assert.True(client.Gate("MCI").MayCollect("keystrokes"));
        Assert.Equal(1, (await _world.ReportAsync(pause)).GetProperty("confirmed").GetInt32());
    }

    [Fact]
    public async Task A_replayed_renewal_answer_gives_no_new_deadline()
    {
        await using var client = Client();
        await client.RenewAsync(default);
        _wire.Replay = true;
        Pass(TimeSpan.FromSeconds(50));
        await client.RenewAsync(default);
        Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(GateReason.PermitExpired, client.Gate("MCI").Status.Reason);
    }

    [Fact]
    public async Task A_replayed_answer_does_not_reopen_what_was_stopped()
    {
        await using var client = Client();
        await client.RenewAsync(default);
        await _world.PauseAsync();
        await client.RenewAsync(default);
        _wire.ReplayFirst = true;
        await client.RenewAsync(default);
        Assert.False(client.Gate("MCI").MayCollect("clicks"));
    }

    [Fact]
    public async Task A_permit_that_the_hub_did_not_sign_is_ignored()
    {
        await using var client = Client();
        await client.RenewAsync(default);
        _wire.Bend = answer =>
        {
            var permit = answer["programs"]![0]!["permit"]!.GetValue<string>().Split('.');
            var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(permit[1]))!;
            claims["exp"] = claims["exp"]!.GetValue<long>() + 3600;
            permit[1] = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()));
            answer["programs"]![0]!["permit"] = string.Join('.', permit);
        };
        Pass(TimeSpan.FromSeconds(20));
        await client.RenewAsync(default);
        Pass(TimeSpan.FromSeconds(40));
        Assert.Equal(GateReason.PermitExpired, client.Gate("MCI").Status.Reason);
    }

    [Fact]
    public async Task Another_collectors_permit_is_ignored()
    {
        var other = await _world.CollectorAsync("US");
        await using var client = Client();
        await client.RenewAsync(default);
        var (foreign, _, _) = await other.AskAsync();
        _wire.Bend = answer => answer["programs"]![0]!["permit"] = foreign;
        Pass(TimeSpan.FromSeconds(59));
        await client.RenewAsync(default);
        Pass(TimeSpan.FromSeconds(1));
        Assert.False(client.Gate("MCI").MayCollect("clicks"));
    }

    [Fact]
    public async Task A_hub_with_an_older_epoch_is_not_trusted_even_after_a_restart()
    {
        await using (var client = Client())
        {
            await client.RenewAsync(default);
            await _world.PauseAsync();
            await client.RenewAsync(default);
        }
        // A restored backup: the pause and its epoch are gone.
        await _world.Hub.Db.WriteAsync<Done>(async tx =>
        {
            await using var command = tx.Connection.CreateCommand();
            command.Transaction = tx.Transaction;
            command.CommandText =
                "DELETE FROM PauseStop; DELETE FROM ProgramEpoch WHERE PauseId IS NOT NULL; DELETE FROM DecisionPause; DELETE FROM Pause; "
                    + "UPDATE ProgramSwitch SET Epoch = Epoch - 1";
            await command.ExecuteNonQueryAsync();
            tx.Touch($"program:{_world.ProgramId}");
            return default(Done);
        });
        await using var again = Client();
        await again.RenewAsync(default);
        Assert.Equal(GateReason.EpochWentBack, again.Gate("MCI").Status.Reason);
    }

    [Theory]
    [InlineData("challenge", false)]
    [InlineData("challenge", true)]
    [InlineData("register", false)]
    [InlineData("register", true)]
    [InlineData("permits:renew", false)]
    [InlineData("permits:renew", true)]
    [InlineData("stops", false)]
    [InlineData("stops", true)]
    public async Task The_client_recovers_from_a_connection_lost_at_any_message(string path, bool afterTheHubActed)
    {
        await using var client = Client();
        var stopping = path == "stops";
        if (stopping)
        {
            await client.RenewAsync(default);
            await _world.PauseAsync();
        }
        _wire.Cut = (path, afterTheHubActed);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.RenewAsync(default));
        _wire.Cut = null;
        await client.RenewAsync(default);
        Assert.Equal(!stopping, client.Gate("MCI").MayCollect("clicks"));
        if (stopping) Assert.Equal(1, (await _world.Owner.ReadReportsAsync())[^1].GetProperty("confirmed").GetInt32());
    }

    [Fact]
    public async Task A_lost_acknowledgement_is_sent_again_with_the_same_bytes()
    {
        await using var client = Client();
        await client.RenewAsync(default);
        await _world.PauseAsync();
        _wire.Cut = ("stops", true);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.RenewAsync(default));
        _wire.Cut = null;
        await client.RenewAsync(default);
        Assert.Equal(2, _wire.Sent.Count(s => s.Path.EndsWith("stops", StringComparison.Ordinal)));
        Assert.Single(_wire.Sent.Where(s => s.Path.EndsWith("stops", StringComparison.Ordinal)).Select(s => s.Body).Distinct());
        Assert.DoesNotContain("stop.refused", await _world.AuditActsAsync());
    }
}

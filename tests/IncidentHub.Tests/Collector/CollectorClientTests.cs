using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IncidentHub.Collector;
using Microsoft.Extensions.DependencyInjection;
using IncidentHub.Tests.Features.Collectors;

namespace IncidentHub.Tests.Collector;

/// <summary>The real client library against the real hub in this process, through a wire that the test bends.</summary>
public sealed class CollectorClientTests : IAsyncLifetime
{
    private readonly string _state = Directory.CreateTempSubdirectory("incidenthub-collector-").FullName;
    private readonly FakeBootClock _boot = new();
    private SwitchWorld _world = null!;
    private BentWire _wire = null!;
    private string _key = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await SwitchWorld.StartAsync();
        _wire = new BentWire(_world.Hub.Server.CreateHandler());
        _key = await _world.EnrolmentKeyAsync("US");
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

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
    public async Task A_hub_whose_epoch_went_back_is_not_believed_even_after_a_restart()
    {
        await using (var client = Client())
        {
            await client.RenewAsync(default);
            await _world.PauseAsync();
            await client.RenewAsync(default);
        }
        // A restored backup: the pause and its epoch are gone.
        await _world.Hub.Db.WriteAsync<IncidentHub.Platform.Done>(async tx =>
        {
            await using var command = tx.Connection.CreateCommand();
            command.Transaction = tx.Transaction;
            command.CommandText = "DELETE FROM PauseStop; DELETE FROM ProgramEpoch WHERE PauseId IS NOT NULL; DELETE FROM DecisionPause; DELETE FROM Pause; UPDATE ProgramSwitch SET Epoch = Epoch - 1";
            await command.ExecuteNonQueryAsync();
            tx.Touch($"program:{_world.ProgramId}");
            return default(IncidentHub.Platform.Done);
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
    public async Task A_connection_cut_at_any_message_before_or_after_the_hub_acted_is_survived(string path, bool afterTheHubActed)
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
        var claims = JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(JsonElement.Parse(ack).GetProperty("ack").GetString()!.Split('.')[1]));
        Assert.Equal(5_000, claims.GetProperty("stoppedAtOffsetMs").GetInt64());
    }

    [Fact]
    public async Task An_announcement_that_is_not_true_costs_one_renewal_and_no_more()
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
    public async Task An_answer_that_was_asked_for_before_the_announcement_does_not_open_the_gate()
    {
        await using var client = Client();
        await client.RenewAsync(default);
        _wire.BeforeAnswer = () => client.Heard(new("MCI", 9, 9, 0));
        await client.RenewAsync(default);
        Assert.Equal(GateReason.Announced, client.Gate("MCI").Status.Reason);
    }

    [Fact]
    public async Task A_key_rotated_in_mid_pause_changes_nothing_permits_and_stops_of_before_still_verify()
    {
        await using var client = Client();
        var keys = _world.Hub.Services.GetRequiredService<IncidentHub.Platform.Keys.SigningKeys>();
        var old = keys.Current.Kid;
        var made = await _world.Hub.Services.GetRequiredService<IncidentHub.Features.ApiKeys.RotateSigningKeyHandler>().HandleAsync(IncidentHub.Tests.Support.TestHub.Actor("administrator"));
        Pass(made.Value.SignsFrom - _world.Hub.Clock.Now - TimeSpan.FromSeconds(10));
        await client.RenewAsync(default);
        var pause = (await _world.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid();
        Pass(TimeSpan.FromSeconds(20));
        Assert.NotEqual(old, keys.Current.Kid);
        await client.RenewAsync(default);
        // The notice is signed by the new key; the acknowledgement rests on a permit of the old one.
        Assert.Equal(GateReason.Paused, client.Gate("MCI").Status.Reason);
        Assert.Equal(1, (await _world.ReportAsync(pause)).GetProperty("confirmed").GetInt32());
    }

    [Fact]
    public async Task A_stop_is_told_once_with_what_is_to_become_of_the_buffer()
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

    [Theory]
    [InlineData("seal", BufferPolicy.Seal)]
    [InlineData("purge", BufferPolicy.Purge)]
    [InlineData("hold", BufferPolicy.Hold)]
    [InlineData("burn", BufferPolicy.Hold)]
    public void A_word_for_the_buffer_that_is_not_known_deletes_nothing(string word, BufferPolicy policy) =>
        Assert.Equal(policy, StopNotice.PolicyOf(JsonElement.Parse($$"""{"bufferPolicy":"{{word}}"}""")));

    private CollectorClient Client(string? key = "") => new(
        new CollectorOptions { Hub = new Uri("http://localhost"), Programs = ["MCI"], EnrolmentKey = key is null ? null : _key, StateFolder = _state, InstanceName = "ws-7", HostPseudonym = "h" },
        _wire, _boot, _world.Hub.Clock);

    private void Pass(TimeSpan time)
    {
        _boot.Pass(time);
        _world.Hub.Clock.Advance(time);
    }

    /// <summary>The network, as bad as the test wants it.</summary>
    private sealed class BentWire(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly List<string> _renewals = [];

        public List<(string Path, string Body)> Sent { get; } = [];
        public bool Replay { get; set; }
        public bool ReplayFirst { get; set; }
        public (string Path, bool AfterTheHubActed)? Cut { get; set; }
        public Action<JsonNode>? Bend { get; set; }
        public Action? BeforeAnswer { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            Sent.Add((path, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
            var cut = Cut is { } c && path.EndsWith(c.Path, StringComparison.Ordinal);
            if (cut && !Cut!.Value.AfterTheHubActed) throw new HttpRequestException("The connection was cut.");
            if (path.EndsWith("permits:renew", StringComparison.Ordinal) && (Replay || ReplayFirst)) return Json(ReplayFirst ? _renewals[0] : _renewals[^1]);
            var answer = await base.SendAsync(request, cancellationToken);
            if (cut) throw new HttpRequestException("The connection was cut.");
            if (!path.EndsWith("permits:renew", StringComparison.Ordinal)) return answer;
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (answer.StatusCode != HttpStatusCode.OK) return answer;
            _renewals.Add(text);
            var node = JsonNode.Parse(text)!;
            Bend?.Invoke(node);
            BeforeAnswer?.Invoke();
            return Json(node.ToJsonString());
        }

        private static HttpResponseMessage Json(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
    }
}

internal static class ReportReading
{
    /// <summary>The stop reports of all pauses of MCI, newest last.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ReadReportsAsync(this HttpClient client)
    {
        var pauses = (await IncidentHub.Tests.Support.ApiCalls.ReadAsync(client, "/api/v1/programs/MCI/pauses")).GetProperty("items").EnumerateArray().Reverse();
        var reports = new List<JsonElement>();
        foreach (var pause in pauses) reports.Add(await IncidentHub.Tests.Support.ApiCalls.ReadAsync(client, $"/api/v1/pauses/{pause.GetProperty("id").GetString()}"));
        return reports;
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using IncidentHub.Benchmarks.Fleet;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Collector;
using IncidentHub.Tests.Support;
using IncidentHub.Tests.Switch.Collectors;

namespace IncidentHub.Tests.Faults;

/// <summary>The commands of the README's section about backups, run as they stand there on a hub under load, and what follows.</summary>
[Collection(nameof(RealProcesses))]
public sealed class BackupTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Fleet = 20, Sockets = 8;
    private readonly string _folder = Directory.CreateTempSubdirectory("incidenthub-backup-").FullName;
    private readonly ConcurrentQueue<string> _acknowledged = new();
    private HubProcess _hub = null!, _other = null!;
    private RealProgram _program = null!;
    private volatile bool _over;
    private int _renewals;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubProcess.StartAsync();
        _other = _hub.Elsewhere();
        _program = await RealProgram.LaunchAsync(_hub, "BACKUP", ttl: 5, gracePeriod: 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        await _hub.DisposeAsync();
        await _other.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_backup_under_load_has_every_act_acknowledged_before_and_collectors_trust_its_hub_once_a_person_confirms()
    {
        await using var collector = await _program.ClientAsync();
        await collector.StartAsync();
        var gate = collector.Gate(_program.Code);
        var unaware = await _program.CollectorAsync();
        var load = await LoadAsync();
        await Waiting.UntilAsync(() => gate.Status.IsOpen && _acknowledged.Count > 20 && Volatile.Read(ref _renewals) > 1_000,
            "the hub is busy");

        var (acknowledged, renewals) = (_acknowledged.ToArray(), Volatile.Read(ref _renewals));
        Assert.Contains("checked: ", await DocumentedAsync(_hub, "backup"), StringComparison.Ordinal);
        output.WriteLine(
            $"{Volatile.Read(ref _renewals) - renewals} renewals and {_acknowledged.Count - acknowledged.Length} acts during the backup");
        Assert.True(Volatile.Read(ref _renewals) > renewals, "Renewals go on.");
        Assert.True(_acknowledged.Count > acknowledged.Length, "Acts go on.");

        // After the backup: a pause, which one collector hears of, and another does not.
        await _program.PauseAsync();
        await Waiting.UntilAsync(() => gate.Status.Reason == GateReason.Paused, "the collector stops");
        var seen = gate.Status.Epoch;
        _over = true;
        await load;
        await _hub.KillAsync();

        Assert.Contains("records, verified", await DocumentedAsync(_other, "restore"), StringComparison.Ordinal);
        Assert.StartsWith("OK: ", await DocumentedAsync(_other, "audit"), StringComparison.Ordinal);
        await _other.StartAgainAsync();
        await Waiting.UntilAsync(() => gate.Status.Reason == GateReason.EpochWentBack, "the collector does not trust the restored hub");
        Assert.Equal("restored", (await unaware.AskAsync()).Stop!.Value.GetProperty("reasonCode").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await _program.Owner.GetAsync("/api/v1/programs")).StatusCode);

        using var owner = await _program.AsAsync("owner");
        foreach (var code in acknowledged) await owner.ReadAsync($"/api/v1/programs/{code}");
        var standing = await owner.ReadAsync($"/api/v1/programs/{_program.Code}/switch");
        Assert.Equal((1, seen), (standing.GetProperty("collectorsAhead").GetInt64(), standing.GetProperty("highestEpochSeen").GetInt64()));
        Assert.False(gate.Status.IsOpen);
        await owner.MakeAsync($"/api/v1/programs/{_program.Code}/switch/confirm",
            new { epoch = standing.GetProperty("epoch").GetInt64(), reason = "The pause was a rehearsal." });
        await Waiting.UntilAsync(() => gate.Status is { IsOpen: true } open && open.Epoch > seen, "the collector goes on");
        Assert.NotNull((await unaware.AskAsync()).Permit);
        Assert.StartsWith("OK: ", await DocumentedAsync(_other, "audit"), StringComparison.Ordinal);
    }

    private async Task<Task> LoadAsync()
    {
        var key = await _program.KeyAsync();
        var fleet = await Task.WhenAll(Enumerable.Range(0, Fleet).Select(_ => _program.CollectorAsync(key)));
        return Task.WhenAll([.. Enumerable.Range(0, Sockets).Select(s => Task.Run(() => RenewAsync(fleet, s))), Task.Run(ActAsync)]);
    }

    private async Task RenewAsync(TestCollector[] fleet, int first)
    {
        using var socket = await RawConnection.OpenAsync(new Uri(_hub.Url));
        for (var n = first; !_over; n += Sockets)
        {
            var (status, _) = await socket.AskAsync(RawConnection.Request("/api/v1/collectors/permits:renew", fleet[n % Fleet].Secret,
                $$"""{"nonce":"backup-{{n:D8}}","programs":[{"code":"{{_program.Code}}","epochSeen":0,"lastSequence":0}]}"""));
            Assert.Equal(200, status);
            Interlocked.Increment(ref _renewals);
        }
    }

    private async Task ActAsync()
    {
        using var owner = await _program.AsAsync("owner");
        for (var n = 0; !_over; n++)
        {
            var body = new { code = $"ACK-{n}", name = $"Program {n}", purpose = "Counted.", owner = "owner", unit = "Research" };
            using var answer = await owner.PostAsJsonAsync("/api/v1/programs", body);
            answer.EnsureSuccessStatusCode();
            _acknowledged.Enqueue(body.code);
        }
    }

    // The line of the README that begins with this command, with a folder of this machine.
    private async Task<string> DocumentedAsync(HubProcess hub, string command)
    {
        var section = (await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "README.md"))).Split("### Backup and restore")[1];
        var line = section.Split("```")[1].Split('\n').Single(l => l.StartsWith($"out/incidenthub {command} ", StringComparison.Ordinal));
        var (code, said) = await hub.RunAsync(line.Replace("/backups", _folder, StringComparison.Ordinal).Split(' ')[1..]);
        Assert.True(code == 0, $"{line}: {code} {said}");
        return said;
    }
}

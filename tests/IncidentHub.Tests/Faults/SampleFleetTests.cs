using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Faults;

/// <summary>The sample collectors that a hub in Development starts, as real processes: permits of MCI last twenty seconds here.</summary>
[Collection(nameof(RealProcesses))]
public sealed class SampleFleetTests : IAsyncLifetime
{
    private const int Count = 5;
    private readonly List<(string Name, string Value)> _settings = [("Demo__Collectors", "0")];
    private readonly List<int> _fleets = [];
    private HubProcess _hub = null!;
    private RealProgram _mci = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubProcess.StartAsync(demo: true, _settings);
        await SetSwitchAsync();
        await _hub.KillAsync();
        _settings[0] = ("Demo__Collectors", Count.ToString(CultureInfo.InvariantCulture));
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _mci.DisposeAsync();
        await _hub.KillAsync();
        foreach (var fleet in _fleets) await KillAsync(fleet);
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task A_pause_is_proven_by_acknowledgements_and_one_permit_expiry_and_all_collectors_continue_after_it()
    {
        await CollectingAsync();
        var drill = await _mci.PauseAsync(drillSeconds: 30);
        JsonElement report = default;
        await Waiting.UntilAsync(
            async () => Time(report = await _mci.ReportAsync(drill), "fullStopAt") is not null,
            "the stop of all is proven");
        int Number(string of) => report.GetProperty(of).GetInt32();
        Assert.Equal((Count, Count - 1, 1), (Number("population"), Number("confirmed"), Number("assured")));
        // The slow one took its time; the one that hangs is proven by the end of its permit.
        Assert.Contains(report.GetProperty("curve").EnumerateArray(), p =>
            p.GetProperty("stopped").GetInt64() == Count - 1 && p.GetProperty("afterSeconds").GetDouble() > 14);
        Assert.True(report.GetProperty("fullStopAt").GetDateTimeOffset() <= report.GetProperty("guaranteedAt").GetDateTimeOffset());
        await CollectingAsync();
    }

    [Fact]
    public async Task The_collectors_end_with_a_killed_hub_continue_with_the_next_one_and_register_again_with_another_database()
    {
        var first = await CollectingAsync();
        await _hub.KillAsync();
        await EndedAsync(_fleets[^1]);

        var again = TimeProvider.System.GetUtcNow();
        await StartAsync();
        Assert.Equal(first, await CollectingAsync(heardSince: again));
        await _hub.KillAsync();
        await EndedAsync(_fleets[^1]);

        var (folder, name) = (Path.GetDirectoryName(_hub.DatabaseFile)!, Path.GetFileName(_hub.DatabaseFile));
        foreach (var file in Directory.GetFiles(folder, name + "*")) File.Delete(file);
        await StartAsync();
        Assert.Empty((await CollectingAsync()).Intersect(first));
    }

    private async Task StartAsync()
    {
        await _hub.StartAgainAsync();
        if (_mci is not null) await _mci.DisposeAsync();
        _mci = await RealProgram.OfAsync(_hub, "MCI");
        int? fleet = null;
        await Waiting.UntilAsync(() => (fleet = Fleet(_hub.Id)) is not null, "the hub starts its sample collectors");
        _fleets.Add(fleet!.Value);
    }

    private async Task SetSwitchAsync()
    {
        await using var mci = await RealProgram.OfAsync(_hub, "MCI");
        var (status, answer) = await mci.Owner.SendAsync(HttpMethod.Put, "/api/v1/programs/MCI", new
        {
            name = "Model Capability Initiative",
            purpose = "Records how work is done.",
            unit = "Research",
            owner = "owner",
            deputies = new[] { "deputy" },
            regions = new[] { "US" },
            lawfulBasis = "Legitimate interest",
            categories = new[] { "keystrokes", "mouse-movements", "clicks", "screen-snapshots" },
            ttlSeconds = 20,
            gracePeriodSeconds = 1,
            renewalSeconds = 1,
        });
        Assert.True(status == System.Net.HttpStatusCode.OK, $"{status} {answer}");
    }

    /// <summary>Returns once the expected number holds permits, and no more are registered; returns their ids.</summary>
    private async Task<List<Guid>> CollectingAsync(DateTimeOffset heardSince = default)
    {
        List<JsonElement> all = [];
        await Waiting.UntilAsync(
            async () =>
            {
                all = [.. (await _mci.Owner.ReadAsync("/api/v1/collectors?program=MCI")).GetProperty("items").EnumerateArray()];
                var now = TimeProvider.System.GetUtcNow();
                return all.Count(c => Time(c, "permitExpiresAt") > now && Time(c, "heardAt") > heardSince) == Count;
            },
            "all sample collectors hold permits");
        Assert.Equal(Count, all.Count);
        return [.. all.Select(c => c.GetProperty("id").GetGuid()).Order()];
    }

    private static DateTimeOffset? Time(JsonElement of, string property) =>
        of.GetProperty(property) is { ValueKind: JsonValueKind.String } text ? text.GetDateTimeOffset() : null;

    // Read from the system, because the process is not a child of this one. A process that has ended and was not reaped is a zombie.
    private static Task EndedAsync(int process) =>
        Waiting.UntilAsync(() => Stat(process) is not { } stat || stat.State == "Z", "the sample collectors end");

    // A process that did not end by itself has failed a test, and must not remain.
    private static async Task KillAsync(int process)
    {
        try
        {
            using var fleet = Process.GetProcessById(process);
            if (IsFleet(process)) fleet.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
        await EndedAsync(process);
    }

    private static int? Fleet(int hub) => Directory.GetDirectories("/proc")
        .Select(d => int.TryParse(Path.GetFileName(d), out var id) ? id : 0)
        .Where(id => id > 0 && Stat(id)?.Parent == hub && IsFleet(id))
        .Select(id => (int?)id).FirstOrDefault();

    private static (string State, int Parent)? Stat(int process)
    {
        // After the name in brackets: the state, the parent.
        if (Read($"/proc/{process}/stat") is not { Length: > 0 } text) return null;
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (fields[0], int.Parse(fields[1], CultureInfo.InvariantCulture));
    }

    private static bool IsFleet(int process) =>
        Read($"/proc/{process}/cmdline")?.Contains("demo-collectors", StringComparison.Ordinal) == true;

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            // It has ended in the meantime.
            return null;
        }
    }
}

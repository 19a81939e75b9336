using IncidentHub.Browser.Tests.Support;

namespace IncidentHub.Tests.Faults;

/// <summary>Runs its tests sequentially, and beside no others: on a machine under full load, tests of seconds are unreliable.</summary>
[CollectionDefinition(nameof(RealProcesses), DisableParallelization = true)]
[Trait("Lane", "Faults")]
public sealed class RealProcesses : ICollectionFixture<SharedHub>;

/// <summary>
/// One hub process for all tests that do not need their own: each works in its own program. A test may kill it, if it starts it again for
/// the next ones.
/// </summary>
public sealed class SharedHub : IAsyncDisposable
{
    private HubProcess? _hub;
    private int _programs;

    internal async Task<HubProcess> StartedAsync()
    {
        // The shortest permitted time between publication and first signature of a key.
        _hub ??= await HubProcess.StartAsync(settings: ("Keys__PublishAhead", "00:00:02"));
        if (!_hub.IsRunning) await _hub.StartAgainAsync();
        return _hub;
    }

    /// <summary>A live program that no other test uses.</summary>
    internal async Task<RealProgram> ProgramAsync(int ttl = 5, int gracePeriod = 1, int renewal = 1) =>
        await RealProgram.LaunchAsync(await StartedAsync(), $"REAL-{++_programs}", ttl, gracePeriod, renewal);

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null) await _hub.DisposeAsync();
    }
}

using IncidentHub.Browser.Tests.Support;

namespace IncidentHub.Tests.Faults;

/// <summary>One after the other, and beside nothing else: a machine under full load is no test of seconds.</summary>
[CollectionDefinition(nameof(RealProcesses), DisableParallelization = true)]
[Trait("Lane", "Faults")]
public sealed class RealProcesses : ICollectionFixture<SharedHub>;

/// <summary>
/// One hub process for all tests that do not need one of their own: each works in a program of its own. It may be killed, if it is started
/// again; whoever comes next finds it running.
/// </summary>
public sealed class SharedHub : IAsyncDisposable
{
    private HubProcess? _hub;
    private int _programs;

    internal async Task<HubProcess> StartedAsync()
    {
        // Keys sign as soon after they are published as is allowed.
        _hub ??= await HubProcess.StartAsync(settings: ("Keys__PublishAhead", "00:00:02"));
        if (!_hub.IsRunning) await _hub.StartAgainAsync();
        return _hub;
    }

    /// <summary>A live program that no other test knows.</summary>
    internal async Task<RealProgram> ProgramAsync(int ttl = 5, int gracePeriod = 1, int renewal = 1) =>
        await RealProgram.LaunchAsync(await StartedAsync(), $"REAL-{++_programs}", ttl, gracePeriod, renewal);

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null) await _hub.DisposeAsync();
    }
}

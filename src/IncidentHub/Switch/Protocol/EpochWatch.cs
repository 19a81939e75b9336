using IncidentHub.Platform.Database;
using IncidentHub.Platform.Live;
using IncidentHub.Switch.Collectors;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Switch.Protocol;

/// <summary>
/// Detects changes by other processes of the hub on the same database: raised switches, and collectors that were revoked or registered
/// again, within two seconds. A SQLite file has one process, so nothing is polled.
/// </summary>
internal sealed partial class EpochWatch : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private readonly Db _db;
    private readonly HubNode _node;
    private readonly SwitchBroadcaster _broadcaster;
    private readonly ILogger<EpochWatch> _log;

    public EpochWatch(Db db, HubNode node, NodeWatch others, SwitchBroadcaster broadcaster, CollectorAuthentication authentication,
        ILogger<EpochWatch> log)
    {
        (_db, _node, _broadcaster, _log) = (db, node, broadcaster, log);
        others.Changed += authentication.Forget;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_node.HasOthers) return;
        using var timer = new PeriodicTimer(Pace);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }
        }
    }

    /// <summary>One poll: one statement for all programs.</summary>
    internal async Task LookAsync(CancellationToken ct) =>
        _broadcaster.Take(await _db.ReadAsync(sql => ProgramSwitch.EpochsAsync(sql), ct));

    [LoggerMessage(LogLevel.Warning, "The switches could not be read; retrying")]
    private partial void LogFailed(Exception e);
}

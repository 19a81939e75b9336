using System.Threading.Channels;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Live;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// Writes the population of a pause immediately after the pause is committed. <see cref="PauseTick"/> completes what a process that died
/// left undone.
/// </summary>
internal sealed partial class StopPopulation(Db db, ProgramReader programs, StopReports reports, CommitFeed commits,
    ILogger<StopPopulation> log) : BackgroundService
{
    private readonly Channel<Guid> _began = Channel.CreateUnbounded<Guid>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>
    /// Returns when the population of every active pause of these programs is written, by any process. One read where nothing is to be
    /// done.
    /// </summary>
    public async Task CountedAsync(IReadOnlyCollection<Guid> programIds, CancellationToken ct = default)
    {
        foreach (var id in await db.ReadAsync(sql => StopStore.UncountedAsync(sql, programIds), ct)) await CountAsync(id, ct);
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        commits.Committed += Take;
        return base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        commits.Committed -= Take;
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var id in _began.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await CountAsync(id, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e, id);
            }
        }
    }

    private Task CountAsync(Guid pauseId, CancellationToken ct) => db.WriteAsync<Done>(
        async tx =>
        {
            if (await PauseStore.FindAsync(tx, pauseId) is not { IsPopulationPending: true } pause) return Counted;
            await reports.WritePopulationAsync(tx, (await programs.FindAsync(tx, pause.ProgramId))!, pause);
            return default(Done);
        },
        WriteLane.Pause,
        ct);

    private void Take(object announcement)
    {
        if (announcement is PauseBegan began) _began.Writer.TryWrite(began.PauseId);
    }

    // A refusal, so that nothing is committed.
    private static readonly Refusal Counted = Refusal.NotAllowed("counted", "The population is written.");

    [LoggerMessage(LogLevel.Error, "The population of pause {Pause} could not be written; retrying")]
    private partial void LogFailed(Exception e, Guid pause);
}

using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Platform.Keys;
using Microsoft.Extensions.Options;

namespace IncidentHub.Switch.KeyRotation;

/// <summary>Makes a new key where the present one is old.</summary>
internal sealed partial class SigningKeyRotation(
    SigningKeys keys, SigningKeyCommands commands, IOptions<KeysOptions> options, TimeProvider clock, ILogger<SigningKeyRotation> log)
    : DurableJob
{
    public override async Task RunAsync(CancellationToken ct)
    {
        // Another process may have made one.
        await keys.LoadAsync(ct);
        var days = options.Value.RotateAfterDays;
        if (days == 0 || clock.GetUtcNow() - keys.Periods[0].MadeAt < TimeSpan.FromDays(days)) return;
        var made = await commands.RotateAsync(Actor.System, ct);
        if (made.IsOk) LogRotated(made.Value.Kid, made.Value.SignsFrom);
    }

    [LoggerMessage(LogLevel.Information, "Made signing key {Kid}; it signs from {SignsFrom}")]
    private partial void LogRotated(string kid, DateTimeOffset signsFrom);
}

/// <summary>
/// Keeps this process's signing keys up to date: reads them again at least every minute, every second where there may be other processes,
/// and where somebody shows an unknown one, since another process may have made it. It runs in every process: each signs for itself.
/// </summary>
internal sealed partial class SigningKeyRotationService(Db db, SigningKeys keys,
    IOptions<KeysOptions> options, ILogger<SigningKeyRotationService> log)
    : BackgroundService
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), NotOftenerThan = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _unknown = new(0, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        keys.UnknownKey += Wake;
        // A key that another process withdrew is not to be believed here for a minute more. A SQLite file has one process.
        var atMost = db.Engine == Engine.Sqlite ? Minute : NotOftenerThan;
        var every = options.Value.PublishAhead / 3 < atMost ? options.Value.PublishAhead / 3 : atMost;
        while (!stoppingToken.IsCancellationRequested)
        {
            await _unknown.WaitAsync(every, stoppingToken);
            try
            {
                await keys.LoadAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
            }
            // Whoever shows one unknown key after the other does not make the hub read all day.
            await Task.Delay(NotOftenerThan, stoppingToken);
        }
    }

    public override void Dispose()
    {
        keys.UnknownKey -= Wake;
        _unknown.Dispose();
        base.Dispose();
    }

    private void Wake()
    {
        try
        {
            if (_unknown.CurrentCount == 0) _unknown.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // Woken already, or stopping.
        }
    }

    [LoggerMessage(LogLevel.Error, "The signing keys could not be read; tried again soon")]
    private partial void LogFailed(Exception e);
}

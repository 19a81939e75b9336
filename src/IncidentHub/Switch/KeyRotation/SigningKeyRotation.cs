using IncidentHub.Domain.Access;
using IncidentHub.Platform.Jobs;
using IncidentHub.Platform.Keys;
using Microsoft.Extensions.Options;

namespace IncidentHub.Switch.KeyRotation;

/// <summary>Creates a new key where the current one has reached its maximum age.</summary>
internal sealed partial class SigningKeyRotation(
    SigningKeys keys, SigningKeyCommands commands, IOptions<KeysOptions> options, TimeProvider clock, ILogger<SigningKeyRotation> log)
    : DurableJob
{
    public override async Task RunAsync(CancellationToken ct)
    {
        // Another process may have created one.
        await keys.LoadAsync(ct);
        var days = options.Value.RotateAfterDays;
        if (days == 0 || clock.GetUtcNow() - keys.Periods[0].MadeAt < TimeSpan.FromDays(days)) return;
        var made = await commands.RotateAsync(Actor.System, ct);
        if (made.IsOk) LogRotated(made.Value.Kid, made.Value.SignsFrom);
    }

    [LoggerMessage(LogLevel.Information, "Created signing key {Kid}; it signs from {SignsFrom}")]
    private partial void LogRotated(string kid, DateTimeOffset signsFrom);
}

/// <summary>
/// Keeps this process's signing keys up to date: reloads them at least every minute, every second where there may be other processes, and
/// when an unknown key id is presented, since another process may have created the key. Runs in every process, because each one signs.
/// </summary>
internal sealed partial class SigningKeyRotationService(HubNode node, SigningKeys keys,
    IOptions<KeysOptions> options, ILogger<SigningKeyRotationService> log)
    : BackgroundService
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), NotOftenerThan = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _unknown = new(0, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        keys.UnknownKey += Wake;
        // A key that another process withdrew must not be accepted here for another minute.
        var atMost = node.HasOthers ? NotOftenerThan : Minute;
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
            // A client that presents many unknown key ids must not cause continuous reloads.
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
            // Already signalled, or stopping.
        }
    }

    [LoggerMessage(LogLevel.Error, "The signing keys could not be read; retrying")]
    private partial void LogFailed(Exception e);
}

using System.Collections.Concurrent;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Access.Audit;

/// <summary>
/// Audits reads of restricted things: one record for a reader, a subject and an hour, however often it is read. A read only notes it; the
/// records are written afterwards, together, in a transaction of their own.
/// </summary>
internal sealed partial class RestrictedReads(Db db, TimeProvider clock, ILogger<RestrictedReads> log) : BackgroundService
{
    private const int MostAtOnce = 200, MostKept = 20_000;
    private static readonly TimeSpan Again = TimeSpan.FromHours(1), Pace = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(Guid Reader, string Action, string Subject), DateTimeOffset> _noted = new();
    private readonly ConcurrentQueue<Read> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1);

    /// <param name="action">Such as <c>incident.read</c>, or <c>incident.listed</c> where a list showed it.</param>
    /// <param name="about">The restricted incidents that it told of: the audit log shows its subject to those who may see them.</param>
    public void Note(Actor reader, string action, string subject, IReadOnlyList<Guid> about)
    {
        if (reader.Kind == ActorKind.System) return;
        var (key, now) = ((reader.Id, action, subject), clock.GetUtcNow());
        // Of two reads at the same moment one is noted.
        var isNew = _noted.TryGetValue(key, out var at) ? now - at >= Again && _noted.TryUpdate(key, now, at) : _noted.TryAdd(key, now);
        if (isNew) _waiting.Enqueue(new(reader, action, subject, about, now));
    }

    /// <summary>Writes what was noted so far.</summary>
    public async Task WriteAsync()
    {
        await _writing.WaitAsync();
        try
        {
            while (!_waiting.IsEmpty) await WriteSomeAsync();
        }
        finally
        {
            _writing.Release();
        }
        if (_noted.Count <= MostKept) return;
        foreach (var (key, at) in _noted.Where(n => clock.GetUtcNow() - n.Value >= Again)) _noted.TryRemove(KeyValuePair.Create(key, at));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWriteAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryWriteAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync writes the rest.
        }
    }

    private async Task TryWriteAsync()
    {
        try
        {
            await WriteAsync();
        }
        catch (Exception e)
        {
            LogFailed(e, _waiting.Count);
        }
    }

    private async Task WriteSomeAsync()
    {
        var some = _waiting.Take(MostAtOnce).ToList();
        await db.WriteAsync<Done>(async tx =>
        {
            foreach (var read in some)
            {
                await tx.RecordAsync(read.Reader, new JournalEntry
                {
                    Action = read.Action,
                    Subject = read.Subject,
                    About = read.About,
                    Detail = new { ReadAt = read.At },
                });
            }
            return default(Done);
        });
        // Only after the commit: what was not written is tried again.
        for (var n = 0; n < some.Count; n++) _waiting.TryDequeue(out _);
    }

    [LoggerMessage(LogLevel.Error, "{Count} reads of restricted things are not audited yet")]
    private partial void LogFailed(Exception exception, int count);

    private sealed record Read(Actor Reader, string Action, string Subject, IReadOnlyList<Guid> About, DateTimeOffset At);
}

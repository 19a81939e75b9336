using System.IO.Pipelines;

namespace IncidentHub.Switch.Protocol;

/// <summary>The open event stream of one collector. Only the broadcaster's thread writes to it.</summary>
/// <param name="abort">Aborts the connection, for a client that does not read.</param>
internal sealed class EventStream(Guid collectorId, IReadOnlyCollection<Guid> programs, PipeWriter writer, Action abort)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _flushing = Task.CompletedTask;

    public Guid CollectorId => collectorId;

    public IReadOnlyCollection<Guid> Programs => programs;

    /// <summary>Its position in the heartbeat round.</summary>
    public int Turn { get; set; }

    /// <summary>Ended; nothing is written to it any more.</summary>
    public Task Ended => _ended.Task;

    /// <summary>
    /// Copies the bytes into the connection's buffer and never waits. False where the client has disconnected, or has not read what the
    /// buffer holds: drop it.
    /// </summary>
    public bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        if (!_flushing.IsCompletedSuccessfully) return false;
        try
        {
            bytes.CopyTo(writer.GetSpan(bytes.Length));
            writer.Advance(bytes.Length);
            var flush = writer.FlushAsync();
            if (!flush.IsCompletedSuccessfully) _flushing = flush.AsTask();
            else if (flush.Result.IsCompleted) return false;
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    public void End() => _ended.TrySetResult();

    /// <summary>
    /// Aborts the connection first: once the stream has ended, its request may be over and the connection may serve another one.
    /// </summary>
    public void Cut()
    {
        abort();
        End();
    }
}

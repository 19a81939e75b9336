using System.IO.Pipelines;

namespace IncidentHub.Switch.Protocol;

/// <summary>One collector's open stream of events. Only the broadcaster's thread writes to it.</summary>
/// <param name="abort">Cuts the connection: for a reader that does not read.</param>
internal sealed class EventStream(Guid collectorId, IReadOnlyCollection<Guid> programs, PipeWriter writer, Action abort)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _flushing = Task.CompletedTask;

    public Guid CollectorId => collectorId;

    public IReadOnlyCollection<Guid> Programs => programs;

    /// <summary>In which part of the heartbeat's round its turn comes.</summary>
    public int Turn { get; set; }

    /// <summary>Over, and nobody writes to it any more.</summary>
    public Task Ended => _ended.Task;

    /// <summary>
    /// Copies the bytes into the connection's buffer and never waits. False where the reader is gone, or has not taken what the buffer
    /// holds: drop it.
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

    /// <summary>Cuts the connection first: once it has ended, its request may be over and the connection serve another.</summary>
    public void Cut()
    {
        abort();
        End();
    }
}

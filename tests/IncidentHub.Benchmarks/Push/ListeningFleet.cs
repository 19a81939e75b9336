using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using IncidentHub.Benchmarks.Fleet;

namespace IncidentHub.Benchmarks.Push;

/// <summary>Many open event streams over real sockets, and when each received an epoch.</summary>
internal sealed class ListeningFleet : IDisposable
{
    private static readonly byte[] EpochIs = "\"epoch\":"u8.ToArray();
    private readonly List<RawConnection> _connections = [];
    private readonly long[] _heardAt;
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _waitingFor = long.MaxValue;
    private int _heard;

    private ListeningFleet(int count) => _heardAt = new long[count];

    /// <summary>Called on the reading thread with the index of each stream that received the epoch.</summary>
    public Action<int>? Heard { get; set; }

    public int Lost { get; private set; }

    /// <summary>Opens the streams, 64 at a time, and returns when each has received its first event.</summary>
    /// <param name="request">The request of each; if null, nothing is sent or awaited.</param>
    public static async Task<ListeningFleet> OpenAsync(Uri address, int count, Func<int, string>? request)
    {
        var fleet = new ListeningFleet(count);
        var numbers = new ConcurrentQueue<int>(Enumerable.Range(0, count));
        await Task.WhenAll(Enumerable.Range(0, 64).Select(opener => Task.Run(async () =>
        {
            while (numbers.TryDequeue(out var n))
            {
                var connection = await RawConnection.OpenAsync(address, 1 + n / 5_000);
                lock (fleet._connections) fleet._connections.Add(connection);
                var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _ = fleet.ReadAsync(connection, n, first);
                if (request is null) continue;
                await connection.SendAsync(Encoding.ASCII.GetBytes(request(n)));
                await first.Task;
            }
        })));
        return fleet;
    }

    /// <summary>Starts to count the streams that receive this epoch or a later one; completes when all have.</summary>
    public Task ExpectAsync(long epoch)
    {
        Volatile.Write(ref _waitingFor, epoch);
        return _all.Task;
    }

    public int HeardSoFar => Volatile.Read(ref _heard);

    /// <summary>When this share of the streams had received the epoch, as a timestamp.</summary>
    public long HeardBy(double share) =>
        _heardAt.Order().ElementAt(Math.Clamp((int)Math.Ceiling(_heardAt.Length * share) - 1, 0, _heardAt.Length - 1));

    public void Dispose()
    {
        foreach (var connection in _connections) connection.Dispose();
    }

    private async Task ReadAsync(RawConnection connection, int n, TaskCompletionSource first)
    {
        var buffer = new byte[512];
        try
        {
            while (true)
            {
                var read = await connection.ReceiveAsync(buffer);
                if (read == 0) break;
                var text = buffer.AsSpan(0, read);
                var at = text.LastIndexOf(EpochIs);
                if (at < 0) continue;
                first.TrySetResult();
                if (_heardAt[n] != 0 || Number(text[(at + EpochIs.Length)..]) < Volatile.Read(ref _waitingFor)) continue;
                _heardAt[n] = Stopwatch.GetTimestamp();
                Heard?.Invoke(n);
                if (Interlocked.Increment(ref _heard) == _heardAt.Length) _all.TrySetResult();
            }
        }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // Closed.
        }
        Lost++;
        first.TrySetException(new IOException("The stream ended before its first event."));
        _ = first.Task.Exception;
    }

    private static long Number(ReadOnlySpan<byte> digits)
    {
        long number = 0;
        for (var n = 0; n < digits.Length && digits[n] is >= (byte)'0' and <= (byte)'9'; n++) number = number * 10 + digits[n] - '0';
        return number;
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IncidentHub.Collector.Agent;

/// <summary>
/// Simulates the recorder of one program: creates synthetic events, checks the gate before and after each one, and before each upload.
/// </summary>
internal sealed class Recorder(ICollectionGate gate, AgentOptions options, Action<string> say)
{
    private readonly Lock _lock = new();
    private readonly List<string> _buffer = [];
    private readonly Random _random = new();
    private GateStatus? _told;
    private long _last;
    private long _discarded;

    /// <summary>The buffer, for the evidence of a stop.</summary>
    public BufferState Buffered()
    {
        lock (_lock)
        {
            return _buffer.Count == 0
                ? BufferState.Empty
                : new(_buffer.Count, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', _buffer)))));
        }
    }

    /// <summary>The instruction for the buffer. This sample cannot seal: it holds instead.</summary>
    public void Stop(BufferPolicy policy)
    {
        if (policy != BufferPolicy.Purge) return;
        lock (_lock)
        {
            say($"{gate.Program} purges {_buffer.Count} events");
            _buffer.Clear();
        }
    }

    /// <summary>Records one event if the gate allows it.</summary>
    public void Step()
    {
        Tell(gate.Status);
        var category = options.Categories[_random.Next(options.Categories.Count)];
        var act = gate.Begin(category);
        if (!act.Allowed) return;
        var (at, what) = Capture(category);
        if (!act.Keep(out var sequence))
        {
            _discarded++;
            return;
        }
        _last = sequence;
        lock (_lock) _buffer.Add(JsonSerializer.Serialize(new { sequence, category, bootMs = at, what }));
        if (_buffer.Count >= options.BatchSize) HandOn(category);
    }

    // Each event contains its time of capture on the suspend-proof clock, so that tests can check that none is later than its permit.
    private (long BootMs, object What) Capture(string category)
    {
        var at = BootClock.System.Nanoseconds / 1_000_000;
        object what = category switch
        {
            "keystrokes" => new { key = (char)('a' + _random.Next(26)) },
            "clicks" => new { button = "left", x = _random.Next(1920), y = _random.Next(1080) },
            _ => new { x = _random.Next(1920), y = _random.Next(1080) },
        };
        return (at, what);
    }

    private void HandOn(string category)
    {
        // The check before an upload: what was captured while allowed stays in the buffer.
        if (!gate.MayCollect(category)) return;
        lock (_lock)
        {
            var file = Path.Combine(options.Out, $"{gate.Program}-{_last:D8}.ndjson");
            File.WriteAllLines(file + ".part", _buffer);
            File.Move(file + ".part", file, overwrite: true);
            _buffer.Clear();
        }
    }

    private void Tell(GateStatus now)
    {
        if (_told is not null && _told.IsOpen == now.IsOpen && _told.Reason == now.Reason && _told.Categories.SequenceEqual(now.Categories))
            return;
        _told = now;
        say(now.IsOpen
            ? $"{gate.Program} COLLECTING {string.Join(", ", now.Categories)} (epoch {now.Epoch})"
            : $"{gate.Program} STOPPED {now.Reason} (epoch {now.Epoch}); {Buffered().Items} events held, {_discarded} discarded");
    }
}

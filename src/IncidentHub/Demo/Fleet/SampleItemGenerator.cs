using System.Security.Cryptography;
using System.Text;
using IncidentHub.Collector;

namespace IncidentHub.Demo.Fleet;

/// <summary>Generates items if the gate allows it, buffers them and uploads them in batches. They contain no data.</summary>
internal sealed class SampleItemGenerator(ICollectionGate gate)
{
    private const int Batch = 40;
    private readonly Lock _lock = new();
    private readonly List<string> _buffer = [];

    public GateReason Reason => gate.Status.Reason;

    /// <summary>The buffered items, for the evidence of a stop.</summary>
    public BufferState Buffered()
    {
        lock (_lock)
        {
            if (_buffer.Count == 0) return BufferState.Empty;
            return new(_buffer.Count, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', _buffer)))));
        }
    }

    /// <summary>Records one item if the gate allows it.</summary>
    public void Step()
    {
        if (gate.Status is not { IsOpen: true, Categories: { Count: > 0 } categories }) return;
        var category = categories[Random.Shared.Next(categories.Count)];
        var act = gate.Begin(category);
        if (!act.Allowed || !act.Keep(out var sequence)) return;
        lock (_lock)
        {
            _buffer.Add($"{sequence} {category}");
            // The check before an upload; no ingestion receives these batches.
            if (_buffer.Count >= Batch && gate.MayCollect(category)) _buffer.Clear();
        }
    }
}

using System.Text.Json;

namespace IncidentHub.Collector;

/// <summary>What is to become of items that were captured while it was allowed and not handed on yet.</summary>
public enum BufferPolicy
{
    /// <summary>Keep them as they are, hand nothing on. What the hub asks for where it asks for nothing else.</summary>
    Hold,

    /// <summary>Keep them so that nobody can read them here any more.</summary>
    Seal,

    /// <summary>Delete them.</summary>
    Purge,
}

/// <summary>A program was paused or ended, wholly or in part.</summary>
/// <param name="Epoch">The program's epoch since then.</param>
/// <param name="Gate">What may still be collected: under a partial pause the gate is open for the rest.</param>
/// <param name="Buffer">What is to become of what waits.</param>
public sealed record StopNotice(string Program, long Epoch, GateStatus Gate, BufferPolicy Buffer)
{
    // A word that this version does not know is no reason to delete anything.
    internal static BufferPolicy PolicyOf(JsonElement stop) => stop.TryGetProperty("bufferPolicy", out var word) ? word.GetString() switch
    {
        "seal" => BufferPolicy.Seal,
        "purge" => BufferPolicy.Purge,
        _ => BufferPolicy.Hold,
    } : BufferPolicy.Hold;
}

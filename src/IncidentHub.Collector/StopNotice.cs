using System.Text.Json;

namespace IncidentHub.Collector;

/// <summary>The instruction for items that were captured while allowed and not uploaded yet.</summary>
public enum BufferPolicy
{
    /// <summary>Keep them unchanged and upload nothing. The default.</summary>
    Hold,

    /// <summary>Keep them unreadable on this device.</summary>
    Seal,

    /// <summary>Delete them.</summary>
    Purge,
}

/// <summary>A program was paused or terminated, wholly or in part.</summary>
/// <param name="Epoch">The program's epoch since then.</param>
/// <param name="Gate">The gate's state: under a partial pause it is open for the other categories.</param>
/// <param name="Buffer">The instruction for the buffer.</param>
public sealed record StopNotice(string Program, long Epoch, GateStatus Gate, BufferPolicy Buffer)
{
    // An unknown value never deletes anything.
    internal static BufferPolicy PolicyOf(JsonElement stop) => stop.TryGetProperty("bufferPolicy", out var word) ? word.GetString() switch
    {
        "seal" => BufferPolicy.Seal,
        "purge" => BufferPolicy.Purge,
        _ => BufferPolicy.Hold,
    } : BufferPolicy.Hold;
}

using System.Buffers.Binary;

namespace IncidentHub.Domain.Collectors;

/// <summary>
/// The position of a device in a staged resume, 0 to 9,999, from a stable hash. <see cref="Last"/> is released with everybody else.
/// </summary>
public static class DeviceBucket
{
    public const int Last = 9_999;

    /// <param name="sha256">The SHA-256 of the stable identifier of the device: its public key, or the targeting key of a flag
    /// client.</param>
    public static int Of(ReadOnlySpan<byte> sha256) => (int)(BinaryPrimitives.ReadUInt32BigEndian(sha256) % (Last + 1));
}

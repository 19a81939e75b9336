using System.Buffers.Binary;

namespace IncidentHub.Domain.Collectors;

/// <summary>
/// A device's place in a staged resume, 0 to 9,999: of a hash, so that it is the same every time. <see cref="Last"/> is released with
/// everybody else.
/// </summary>
public static class DeviceBucket
{
    public const int Last = 9_999;

    /// <param name="sha256">The SHA-256 of what stays the same for the device: its public key, or the key that a flag client targets it
    /// by.</param>
    public static int Of(ReadOnlySpan<byte> sha256) => (int)(BinaryPrimitives.ReadUInt32BigEndian(sha256) % (Last + 1));
}

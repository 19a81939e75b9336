namespace IncidentHub.Domain.Flags;

/// <summary>The receipt code of an anonymous reporter: 80 random bits. Only its digest is stored.</summary>
public static class FlagReceipt
{
    private static readonly SecretCode Code = new(16);

    /// <summary>Writes ten random bytes as <c>XXXX-XXXX-XXXX-XXXX</c>.</summary>
    public static string Write(ReadOnlySpan<byte> random) => Code.Write(random);

    /// <summary>As stored; null for text that cannot be a code.</summary>
    public static string? Digest(string? typed) => Code.Digest(typed);
}

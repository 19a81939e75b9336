using System.Security.Cryptography;
using System.Text;

namespace IncidentHub.Domain.Flags;

/// <summary>
/// The receipt code of an anonymous reporter: 80 random bits in an alphabet without easily confused characters. Only its digest is stored.
/// </summary>
public static class FlagReceipt
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Symbols = 16;

    /// <summary>Writes ten random bytes as <c>XXXX-XXXX-XXXX-XXXX</c>.</summary>
    public static string Write(ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, Symbols * 5 / 8);
        var text = new StringBuilder(Symbols + 3);
        int bits = 0, held = 0, written = 0;
        foreach (var b in random)
        {
            held = ((held << 8) | b) & 0xFFFF;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                if (written > 0 && written % 4 == 0) text.Append('-');
                text.Append(Alphabet[(held >> (bits - 5)) & 31]);
                written++;
            }
        }
        return text.ToString();
    }

    /// <summary>
    /// As stored: lower-case SHA-256 of the code without its dashes; null for text that cannot be a code. Accepts lower case, O for 0, and
    /// I or L for 1.
    /// </summary>
    public static string? Digest(string? typed)
    {
        if (typed is null || typed.Length > 64) return null;
        var code = new StringBuilder(Symbols);
        foreach (var c in typed.ToUpperInvariant())
        {
            if (c is '-' || char.IsWhiteSpace(c)) continue;
            var symbol = c switch { 'O' => '0', 'I' or 'L' => '1', _ => c };
            if (!Alphabet.Contains(symbol, StringComparison.Ordinal)) return null;
            code.Append(symbol);
        }
        // 80 random bits need no salt and no slow hash.
        return code.Length == Symbols ? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(code.ToString()))) : null;
    }
}

using System.Security.Cryptography;
using System.Text;

namespace IncidentHub.Domain;

/// <summary>
/// A secret that people copy by hand, in groups of four, in an alphabet without easily confused characters. Only its digest is stored.
/// </summary>
/// <param name="symbols">How many; each is five random bits.</param>
public sealed class SecretCode(int symbols)
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>How many random bytes a code is written from.</summary>
    public int Bytes => symbols * 5 / 8;

    public string Write(ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, Bytes);
        var text = new StringBuilder(symbols + symbols / 4);
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
    public string? Digest(string? typed)
    {
        if (typed is null || typed.Length > 64) return null;
        var code = new StringBuilder(symbols);
        foreach (var c in typed.ToUpperInvariant())
        {
            if (c is '-' || char.IsWhiteSpace(c)) continue;
            var symbol = c switch { 'O' => '0', 'I' or 'L' => '1', _ => c };
            if (!Alphabet.Contains(symbol, StringComparison.Ordinal)) return null;
            code.Append(symbol);
        }
        // That many random bits need no salt and no slow hash.
        return code.Length == symbols ? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(code.ToString()))) : null;
    }
}

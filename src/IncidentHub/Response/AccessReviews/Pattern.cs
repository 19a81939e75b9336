using System.Text;

namespace IncidentHub.Response.AccessReviews;

/// <summary>A text in which «*» stands for anything; the case of ASCII letters does not matter.</summary>
internal sealed class Pattern(string text)
{
    private readonly byte[][] _parts = [.. text.Trim().Split('*').Select(Encoding.UTF8.GetBytes)];

    public bool Matches(ReadOnlySpan<byte> value)
    {
        var first = _parts[0];
        if (value.Length < first.Length || !Same(value[..first.Length], first)) return false;
        if (_parts.Length == 1) return value.Length == first.Length;
        value = value[first.Length..];
        for (var i = 1; i < _parts.Length - 1; i++)
        {
            var at = IndexOf(value, _parts[i]);
            if (at < 0) return false;
            value = value[(at + _parts[i].Length)..];
        }
        var last = _parts[^1];
        return value.Length >= last.Length && Same(value[^last.Length..], last);
    }

    private static int IndexOf(ReadOnlySpan<byte> value, ReadOnlySpan<byte> part)
    {
        for (var at = 0; at + part.Length <= value.Length; at++) if (Same(value.Slice(at, part.Length), part)) return at;
        return -1;
    }

    // Ascii.EqualsIgnoreCase is false for everything that is not ASCII.
    private static bool Same(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => a.SequenceEqual(b) || Ascii.EqualsIgnoreCase(a, b);
}

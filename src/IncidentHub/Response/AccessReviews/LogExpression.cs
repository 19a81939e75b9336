using System.Buffers;
using System.Text;
using System.Text.Json;
using IncidentHub.Domain.AccessReviews;

namespace IncidentHub.Response.AccessReviews;

/// <summary>An expression of a <see cref="LogMapping"/>: alternatives, each of one or more parts that are joined.</summary>
internal sealed class LogExpression
{
    public LogExpression(string text) => Alternatives =
        [.. text.Split('|').Select(a => a.Split('+').Select(p => p.Trim()).Where(p => p.Length > 0).ToArray()).Where(a => a.Length > 0)];

    public string[][] Alternatives { get; }

    /// <summary>The value in an object; empty where no alternative has one.</summary>
    public void Read(JsonElement row, ArrayBufferWriter<byte> to)
    {
        to.ResetWrittenCount();
        foreach (var parts in Alternatives)
        {
            foreach (var part in parts) Write(row, part, to, "/"u8);
            if (to.WrittenCount > 0) return;
        }
    }

    /// <summary>Writes what stands at a path, after a separator where something was written before.</summary>
    public static void Write(JsonElement row, ReadOnlySpan<char> path, ArrayBufferWriter<byte> to, ReadOnlySpan<byte> separator)
    {
        while (true)
        {
            // Some exports hold a list as a text.
            if (row.ValueKind == JsonValueKind.String && path.Length > 0 && row.GetString() is ['[' or '{', ..] text)
            {
                WriteText(text, path, to, separator);
                return;
            }
            if (path.IsEmpty)
            {
                Value(row, to, separator);
                return;
            }
            if (path.StartsWith("[]"))
            {
                if (row.ValueKind != JsonValueKind.Array) return;
                path = path[2..].TrimStart('.');
                foreach (var item in row.EnumerateArray()) Write(item, path, to, ", "u8);
                return;
            }
            if (row.ValueKind != JsonValueKind.Object) return;
            // A member may have dots in its name.
            if (row.TryGetProperty(path, out var whole))
            {
                Value(whole, to, separator);
                return;
            }
            var end = path.IndexOfAny('.', '[');
            if (end < 0) return;
            if (!row.TryGetProperty(path[..end], out row)) return;
            path = path[end] == '.' ? path[(end + 1)..] : path[end..];
        }
    }

    /// <summary>The same in a text that is JSON; nothing where it is not.</summary>
    public static void WriteText(string json, ReadOnlySpan<char> path, ArrayBufferWriter<byte> to, ReadOnlySpan<byte> separator)
    {
        try
        {
            using var inner = JsonDocument.Parse(json);
            Write(inner.RootElement, path, to, separator);
        }
        catch (JsonException)
        {
            // Not a list after all: the row has no value there.
        }
    }

    private static void Value(JsonElement value, ArrayBufferWriter<byte> to, ReadOnlySpan<byte> separator)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => "",
        };
        if (text.Length == 0) return;
        if (to.WrittenCount > 0) to.Write(separator);
        Encoding.UTF8.GetBytes(text, to);
    }
}

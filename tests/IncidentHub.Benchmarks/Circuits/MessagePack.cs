using System.Buffers.Binary;
using System.Text;

namespace IncidentHub.Benchmarks.Circuits;

/// <summary>Writes the part of MessagePack that the protocol uses.</summary>
internal sealed class PackWriter
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => _bytes.ToArray();

    public void Array(int count) => _bytes.Add((byte)(0x90 | count));

    public void Map(int count) => _bytes.Add((byte)(0x80 | count));

    public void Integer(long value)
    {
        if (value is >= 0 and < 128)
        {
            _bytes.Add((byte)value);
            return;
        }
        _bytes.Add(0xd3);
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(eight, value);
        _bytes.AddRange(eight);
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            _bytes.Add(0xc0);
            return;
        }
        var utf8 = Encoding.UTF8.GetBytes(value);
        _bytes.Add(0xdb);
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(four, utf8.Length);
        _bytes.AddRange(four);
        _bytes.AddRange(utf8);
    }

    public void Value(object? value)
    {
        switch (value)
        {
            case null: _bytes.Add(0xc0); break;
            case bool flag: _bytes.Add((byte)(flag ? 0xc3 : 0xc2)); break;
            case long number: Integer(number); break;
            case string text: Text(text); break;
            default: throw new NotSupportedException(value.GetType().Name);
        }
    }
}

/// <summary>Reads the part of MessagePack that the protocol uses.</summary>
internal sealed class PackReader(ReadOnlyMemory<byte> bytes)
{
    private int _at;

    public int ArrayLength()
    {
        var head = Next();
        return head switch
        {
            >= 0x90 and <= 0x9f => head & 15,
            0xdc => Number(2),
            _ => throw new FormatException($"Not an array: {head:x2}"),
        };
    }

    public long Integer()
    {
        var head = Next();
        return head switch
        {
            < 128 => head,
            >= 0xe0 => (sbyte)head,
            0xcc => Number(1),
            0xcd => Number(2),
            0xce => (uint)Number(4),
            0xd0 => (sbyte)Number(1),
            0xd1 => (short)Number(2),
            0xd2 => Number(4),
            0xcf or 0xd3 => ((long)Number(4) << 32) | (uint)Number(4),
            _ => throw new FormatException($"Not an integer: {head:x2}"),
        };
    }

    public string Text()
    {
        var length = TextLength(Next());
        var text = Encoding.UTF8.GetString(bytes.Span.Slice(_at, length));
        _at += length;
        return text;
    }

    public ReadOnlyMemory<byte> Binary()
    {
        var head = Next();
        var length = head switch
        {
            0xc4 => Number(1),
            0xc5 => Number(2),
            0xc6 => Number(4),
            _ =>
            throw new FormatException($"Not binary: {head:x2}")
        };
        _at += length;
        return bytes.Slice(_at - length, length);
    }

    /// <summary>Skips nil, an empty map, or a text.</summary>
    public void Skip()
    {
        var head = Next();
        if (head is 0xc0 or 0x80) return;
        _at += TextLength(head);
    }

    private static bool IsShortText(int head) => head is >= 0xa0 and <= 0xbf;

    private int TextLength(int head) => IsShortText(head)
        ? head & 31
        : head switch { 0xd9 => Number(1), 0xda => Number(2), 0xdb => Number(4), _ => throw new FormatException($"Not a text: {head:x2}") };

    private byte Next() => bytes.Span[_at++];

    private int Number(int size)
    {
        var value = 0;
        for (var n = 0; n < size; n++) value = value << 8 | Next();
        return value;
    }
}

using System.Buffers;
using System.Text.Json;
using IncidentHub.Domain.AccessReviews;

namespace IncidentHub.Response.AccessReviews;

/// <summary>
/// A log of objects: one a line, or in an array, with or without CloudTrail's wrapper, also several of them one after the other. A line
/// that is no object is refused alone; in an array nothing after it could be told apart.
/// </summary>
internal sealed class JsonRows : LogRows
{
    private const string Wrapper = "\"Records\"";
    private readonly Stream _content;
    private readonly LogExpression[] _expressions;
    private readonly ArrayBufferWriter<byte>[] _values = [new(), new(), new(), new()];
    private byte[] _buffer = new byte[1024 * 1024];
    private int _start, _end;
    // Of the first byte of the buffer.
    private long _base, _line;
    private long _offset, _rowLine;
    private bool _inArray, _isRead, _atEnd, _wasInArray;
    private RefusedReason _fault;
    private IReadOnlyList<string> _names = [];

    public JsonRows(LogSource source, LogMapping mapping, LogPlace? place)
    {
        if (place is not null) source.Skip(place.Offset);
        _content = source.Content;
        (_base, _line, _inArray) = place is null ? (0, 1, false) : (place.Offset, place.Line, place.InArray);
        _expressions = [new(mapping.Time), new(mapping.Account), new(mapping.Object), new(mapping.Action)];
        // A byte order mark.
        if (place is null && Has(3) && _buffer.AsSpan(0, 3).SequenceEqual("\uFEFF"u8)) _start = 3;
    }

    public override long Offset => _offset;

    public override long Line => _rowLine;

    public override RefusedReason Fault => _fault;

    public override ReadOnlySpan<byte> Time => _values[0].WrittenSpan;

    public override ReadOnlySpan<byte> Account => _values[1].WrittenSpan;

    public override ReadOnlySpan<byte> Object => _values[2].WrittenSpan;

    public override ReadOnlySpan<byte> Action => _values[3].WrittenSpan;

    public override IReadOnlyList<string> Names => _names;

    public override LogPlace Place() => new(_offset, _rowLine, null, null, _wasInArray);

    public override bool Read()
    {
        while (true)
        {
            if (!SkipBlanks()) return _inArray ? throw new LogException("The log ends within its array: the file is cut off.") : false;
            var next = _buffer[_start];
            if (_inArray && next is (byte)']')
            {
                // The wrapper has nothing else that a review reads.
                (_inArray, _start) = (false, _start + 1);
                continue;
            }
            if (!_inArray && next == '[')
            {
                (_inArray, _start) = (true, _start + 1);
                continue;
            }
            if (!_inArray && next == '{' && SkipWrapper()) continue;
            if (!_inArray && next == '}')
            {
                _start++;
                continue;
            }
            (_offset, _rowLine, _wasInArray) = (_base + _start, _line, _inArray);
            var length = _inArray ? ObjectLength() : LineLength();
            Parse(_buffer.AsMemory(_start, length));
            _line += _buffer.AsSpan(_start, length).Count((byte)'\n');
            _start += length;
            return true;
        }
    }

    public override void Dispose()
    {
    }

    private void Parse(ReadOnlyMemory<byte> record)
    {
        foreach (var value in _values) value.ResetWrittenCount();
        _fault = RefusedReason.Unreadable;
        try
        {
            using var json = JsonDocument.Parse(record);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return;
            if (!_isRead) _names = [.. Paths(json.RootElement, "").Take(200)];
            _isRead = true;
            for (var i = 0; i < _expressions.Length; i++) _expressions[i].Read(json.RootElement, _values[i]);
            _fault = RefusedReason.None;
        }
        // Half a surrogate is an InvalidOperationException.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            foreach (var value in _values) value.ResetWrittenCount();
        }
    }

    private static IEnumerable<string> Paths(JsonElement row, string before)
    {
        foreach (var member in row.EnumerateObject())
        {
            var path = before + member.Name;
            var inner = member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() > 0 ? member.Value[0] : member.Value;
            if (inner.ValueKind != JsonValueKind.Object) yield return path;
            else foreach (var name in Paths(inner, path + (inner.Equals(member.Value) ? "." : "[]."))) yield return name;
        }
    }

    private bool SkipBlanks()
    {
        while (true)
        {
            for (; _start < _end; _start++)
            {
                var next = _buffer[_start];
                if (next == '\n') _line++;
                else if (next is not ((byte)' ' or (byte)'\t' or (byte)'\r') && !(_inArray && next == ',')) return true;
            }
            if (!Fill()) return false;
        }
    }

    // «{ "Records": [»: the members before it would be a header that CloudTrail does not write.
    private bool SkipWrapper()
    {
        Has(256);
        var at = _start + 1;
        ReadOnlySpan<byte> text = _buffer.AsSpan(0, _end);
        while (at < _end && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        if (!text[at..].StartsWith("\"Records\""u8)) return false;
        at += Wrapper.Length;
        while (at < _end && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)':') at++;
        if (at >= _end || text[at] != '[') return false;
        _line += text[_start..at].Count((byte)'\n');
        (_inArray, _start) = (true, at + 1);
        return true;
    }

    private int LineLength()
    {
        for (var from = 0; ;)
        {
            var end = _buffer.AsSpan(_start + from, _end - _start - from).IndexOf((byte)'\n');
            if (end >= 0) return from + end;
            from = _end - _start;
            if (!Fill()) return from;
        }
    }

    private int ObjectLength()
    {
        var (at, depth, inText) = (0, 0, false);
        while (true)
        {
            while (_start + at < _end)
            {
                var rest = _buffer.AsSpan(_start + at, _end - _start - at);
                var next = inText ? rest.IndexOfAny((byte)'"', (byte)'\\') : rest.IndexOfAny((byte)'"', (byte)'{', (byte)'}');
                if (next < 0)
                {
                    at = _end - _start;
                    break;
                }
                if (depth == 0 && next > 0) throw new LogException($"Line {_line:N0}: the array holds something that is no object.");
                if (rest[next] == '\\')
                {
                    if (next + 1 == rest.Length)
                    {
                        at += next;
                        break;
                    }
                    at += next + 2;
                    continue;
                }
                at += next + 1;
                if (rest[next] == '"') inText = !inText;
                else if (rest[next] == '{') depth++;
                else if (--depth == 0) return at;
                if (depth == 0) throw new LogException($"Line {_line:N0}: the array holds something that is no object.");
            }
            if (!Fill()) throw new LogException("The log ends within a record: the file is cut off.");
        }
    }

    private bool Has(int bytes)
    {
        while (_end - _start < bytes) if (!Fill()) return false;
        return true;
    }

    /// <summary>Reads more behind what is there. False at the end.</summary>
    private bool Fill()
    {
        if (_atEnd) return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_base, _end, _start) = (_base + _start, _end - _start, 0);
        }
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaxRecord)
                throw new LogException($"Line {_line:N0}: a record is longer than {MaxRecord / 1024 / 1024} MB.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        try
        {
            var read = _content.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _atEnd = read == 0;
            return read > 0;
        }
        catch (InvalidDataException)
        {
            throw new LogException("The compressed file is damaged.");
        }
    }
}

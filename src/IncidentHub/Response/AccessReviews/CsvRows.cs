using System.Buffers;
using System.Text;
using CsvHelper;
using IncidentHub.Domain.AccessReviews;

namespace IncidentHub.Response.AccessReviews;

/// <summary>A log as a table with a header.</summary>
internal sealed class CsvRows : LogRows
{
    private readonly CsvReader _csv;
    private readonly Column _time, _account, _object, _action;
    private readonly long _offset, _line;
    private bool _malformed;

    public CsvRows(LogSource source, LogMapping mapping, LogPlace? place)
    {
        if (place is not null) source.Skip(place.Offset);
        (_offset, _line) = place is null ? (0, 0) : (place.Offset, place.Line - 1);
        _csv = CsvReader.Create(source.Content, new CsvReaderOptions
        {
            HasHeader = place is null,
            Separator = place?.Separator,
            TrackLineNumbers = true,
            MaxRecordSize = MaxRecord,
            BufferSize = 256 * 1024,
            OnMalformedRecord = _ => _malformed = true,
        }, leaveOpen: true);
        if (place is null) _csv.ReadHeader();
        Names = place?.Columns ?? [.. (_csv.Headers ?? []).Select(h => h.Trim())];
        (_time, _account) = (new(this, mapping.Time), new(this, mapping.Account));
        (_object, _action) = (new(this, mapping.Object), new(this, mapping.Action));
        _malformed = false;
        if (Names.Count == 0) return;
        foreach (var (column, text) in new[] { (_time, mapping.Time), (_account, mapping.Account) })
        {
            if (column.IsMissing)
                throw new LogException($"The table has no column «{text}». Its columns: {string.Join(", ", Names.Take(40))}.");
        }
    }

    public override long Offset => _offset + _csv.ByteOffset;

    public override long Line => _line + _csv.LineNumber;

    public override RefusedReason Fault => _malformed ? RefusedReason.Unreadable : RefusedReason.None;

    public override ReadOnlySpan<byte> Time => _time.Read();

    public override ReadOnlySpan<byte> Account => _account.Read();

    public override ReadOnlySpan<byte> Object => _object.Read();

    public override ReadOnlySpan<byte> Action => _action.Read();

    public override IReadOnlyList<string> Names { get; }

    public override bool Read()
    {
        _malformed = false;
        return _csv.Read();
    }

    /// <summary>What an exception of the library means for people; null: nothing about the log.</summary>
    public static LogException? Explain(Exception e) => e switch
    {
        CsvFormatException { LineNumber: var line } => new($"The record at line {line:N0} or after it is longer than "
            + $"{MaxRecord / 1024 / 1024} MB. Is a quotation mark never closed?"),
        InvalidDataException => new("The compressed file is damaged."),
        _ => null,
    };

    public override LogPlace Place() => new(Offset, Line, _csv.Separator, Names, false);

    public override void Dispose() => _csv.Dispose();

    private int IndexOf(string name)
    {
        for (var i = 0; i < Names.Count; i++) if (string.Equals(Names[i], name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }

    /// <summary>An expression over the columns. One that is a column is read without a copy.</summary>
    private sealed class Column
    {
        private readonly CsvRows _rows;
        private readonly int _only = -1;
        private readonly (int Column, string Path)[][] _alternatives;
        private readonly ArrayBufferWriter<byte> _value = new();

        public Column(CsvRows rows, string expression)
        {
            _rows = rows;
            _alternatives = [.. new LogExpression(expression).Alternatives.Select(parts => parts.Select(Find).ToArray())
                .Where(parts => Array.Exists(parts, p => p.Column >= 0))];
            if (_alternatives is [[(var column, "")]]) _only = column;

            (int Column, string Path) Find(string part)
            {
                if (rows.IndexOf(part) is >= 0 and var whole) return (whole, "");
                for (var at = part.IndexOfAny(['.', '[']); at > 0; at = part.IndexOfAny(['.', '['], at + 1))
                    if (rows.IndexOf(part[..at]) is >= 0 and var cell) return (cell, part[at] == '.' ? part[(at + 1)..] : part[at..]);
                return (-1, "");
            }
        }

        public bool IsMissing => _alternatives.Length == 0;

        public ReadOnlySpan<byte> Read()
        {
            if (_only >= 0) return _rows._csv.GetSpan(_only);
            _value.ResetWrittenCount();
            foreach (var parts in _alternatives)
            {
                foreach (var (column, path) in parts) Write(column, path);
                if (_value.WrittenCount > 0) break;
            }
            return _value.WrittenSpan;
        }

        private void Write(int column, string path)
        {
            if (column < 0) return;
            var cell = _rows._csv.GetSpan(column);
            if (cell.IsEmpty) return;
            if (path.Length > 0)
            {
                LogExpression.WriteText(Encoding.UTF8.GetString(cell), path, _value, "/"u8);
                return;
            }
            if (_value.WrittenCount > 0) _value.Write("/"u8);
            _value.Write(cell);
        }
    }
}

using CsvHelper;
using IncidentHub.Domain.AccessReviews;

namespace IncidentHub.Response.AccessReviews;

/// <summary>The log cannot be read any further; the message says why, for people.</summary>
internal sealed class LogException(string message) : Exception(message);

/// <summary>The rows of a log, one after the other. Values are UTF-8 and stand until the next row is read.</summary>
internal abstract class LogRows : IDisposable
{
    /// <summary>A longer record is damaged: a quotation mark or a brace that is never closed.</summary>
    public const int MaxRecord = 4 * 1024 * 1024;

    /// <summary>Where the row begins, in bytes of the uncompressed log.</summary>
    public abstract long Offset { get; }

    /// <summary>The number of its first line.</summary>
    public abstract long Line { get; }

    /// <summary>What is wrong with the row as a whole.</summary>
    public abstract RefusedReason Fault { get; }

    public abstract ReadOnlySpan<byte> Time { get; }

    public abstract ReadOnlySpan<byte> Account { get; }

    public abstract ReadOnlySpan<byte> Object { get; }

    public abstract ReadOnlySpan<byte> Action { get; }

    /// <summary>The names that a mapping may use: of columns, or of members of the current row.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Reads the next row. False at the end.</summary>
    public abstract bool Read();

    /// <summary>How to go on from the current row.</summary>
    public abstract LogPlace Place();

    public abstract void Dispose();

    /// <summary>What a mapping may name, where the one that was stated does not fit; nothing where the log cannot be read at all.</summary>
    public static IReadOnlyList<string> NamesOf(LogSource source, LogFormat format)
    {
        if (source.IsCompressed || format != LogFormat.Csv) return [];
        source.Content.Position = 0;
        try
        {
            using var csv = CsvReader.Create(source.Content, new CsvReaderOptions { MaxRecordSize = MaxRecord }, leaveOpen: true);
            csv.ReadHeader();
            return [.. (csv.Headers ?? []).Select(h => h.Trim())];
        }
        catch (Exception e) when (CsvRows.Explain(e) is not null)
        {
            return [];
        }
    }

    /// <param name="place">Null: from the beginning.</param>
    public static LogRows Open(LogSource source, LogMapping mapping, LogPlace? place) =>
        mapping.Format == LogFormat.Csv ? new CsvRows(source, mapping, place) : new JsonRows(source, mapping, place);
}

/// <summary>A place in a log, from which reading goes on.</summary>
/// <param name="Separator">Of a table, found in its header.</param>
/// <param name="Columns">The header of a table.</param>
/// <param name="InArray">Within an array of objects.</param>
internal sealed record LogPlace(long Offset, long Line, char? Separator, IReadOnlyList<string>? Columns, bool InArray)
{
    /// <summary>Behind the last row.</summary>
    public static readonly LogPlace End = new(-1, 0, null, null, false);

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsEnd => Offset < 0;
}

/// <summary>The file of a log, plain or gzip.</summary>
internal sealed class LogSource : IDisposable
{
    private readonly FileStream _file;

    public LogSource(FileStream file)
    {
        _file = file;
        Span<byte> magic = stackalloc byte[2];
        file.Position = 0;
        IsCompressed = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
        file.Position = 0;
        Content = IsCompressed ? new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress) : file;
    }

    public bool IsCompressed { get; }

    /// <summary>The uncompressed log.</summary>
    public Stream Content { get; }

    /// <summary>How much of the file was taken in, for a progress bar.</summary>
    public long Position => _file.Position;

    public long Size => _file.Length;

    /// <summary>Goes on at an offset of the uncompressed log: what is before it is decompressed again.</summary>
    public void Skip(long offset)
    {
        if (!IsCompressed)
        {
            _file.Position = offset;
            return;
        }
        var chunk = new byte[256 * 1024];
        while (offset > 0)
        {
            var read = Content.Read(chunk, 0, (int)Math.Min(offset, chunk.Length));
            if (read == 0) throw new LogException("The file is shorter than it was.");
            offset -= read;
        }
    }

    public void Dispose()
    {
        Content.Dispose();
        _file.Dispose();
    }
}

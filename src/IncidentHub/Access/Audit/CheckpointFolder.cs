using System.Globalization;
using System.Text;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Audit;

/// <summary>Writes checkpoints as files into the configured folder, and reads kept ones.</summary>
internal sealed partial class CheckpointFolder(Db db, IOptions<AuditOptions> options, ILogger<CheckpointFolder> log)
{
    private const string Extension = ".jws";

    private long _written;
    private volatile bool _failing;

    /// <summary>Whether the last attempt failed.</summary>
    public bool IsFailing => _failing;

    /// <summary>Writes those that are not there yet. A failure is logged once, and tried again at the next call.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        if (!options.Value.HasFolder) return;
        try
        {
            foreach (var row in await db.ReadAsync(sql => CheckpointStore.AfterAsync(sql, _written), ct))
            {
                if (row.Checkpoint is { } checkpoint) await CreateAsync(checkpoint, ct);
                _written = row.Number;
            }
            _failing = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_failing) LogFailed(e, options.Value.CheckpointFolder);
            _failing = true;
        }
    }

    /// <summary>
    /// The checkpoints of a folder, one a file, or of one file, one a line. A text that is none is reported by its name.
    /// </summary>
    /// <exception cref="FormatException">There is none, or a text is none.</exception>
    public static IReadOnlyList<AuditCheckpoint> Read(string path)
    {
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*" + Extension).Order(StringComparer.Ordinal).ToArray() : [path];
        var found = (from file in files
                     from line in File.ReadLines(file)
                     where line.Length > 0
                     select AuditCheckpoint.Parse(line) ?? throw new FormatException(
                         $"{file} holds a text that is no checkpoint.")).ToList();
        return found.Count > 0 ? found : throw new FormatException($"There are no checkpoints in {path}.");
    }

    /// <summary>The digest in the name lets another checkpoint of the same number stand beside it: both are kept.</summary>
    internal static string NameOf(AuditCheckpoint checkpoint) =>
        $"checkpoint-{checkpoint.Number.ToString("D8", CultureInfo.InvariantCulture)}-{checkpoint.Digest[..16]}{Extension}";

    private async Task CreateAsync(AuditCheckpoint checkpoint, CancellationToken ct)
    {
        var file = Path.Combine(options.Value.CheckpointFolder, NameOf(checkpoint));
        if (File.Exists(file)) return;
        await using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        // One write: a file that is cut short by a crash cannot be completed on a write-once volume.
        await stream.WriteAsync(Encoding.ASCII.GetBytes(checkpoint.Jws + "\n"), ct);
        stream.Flush(flushToDisk: true);
    }

    [LoggerMessage(LogLevel.Error, "Checkpoints of the audit log could not be written into {Folder}; retrying")]
    private partial void LogFailed(Exception e, string folder);
}

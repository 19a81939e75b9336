using System.Security.Cryptography;
using IncidentHub.Domain.Evidence;
using IncidentHub.Platform.Http;
using Microsoft.Extensions.Options;

namespace IncidentHub.Response.Evidence;

/// <summary>
/// The files themselves, named by the id of their evidence. A file is written under a temporary name, flushed to the disk and renamed
/// before the transaction that records it; one that no transaction recorded is swept away later.
/// </summary>
internal sealed class EvidenceFiles(EvidenceFolder folder, IOptionsMonitor<EvidenceOptions> options)
{
    private const string Partial = ".part";
    private const int Chunk = 128 * 1024;
    private const long Reserve = 1024 * 1024 * 1024;

    // Validated at the start: a disk that is full later is met where a file is written.
    private string Folder => folder.PathOf(options.CurrentValue);

    /// <summary>Writes the file, and calculates its digest meanwhile. On a refusal or an exception nothing is left.</summary>
    public async Task<Result<EvidenceFile>> WriteAsync(Guid id, Stream from, CancellationToken ct)
    {
        var part = NameOf(id) + Partial;
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var (size, chunk, read) = (0L, new byte[Chunk], 0);
            await using (var to = new FileStream(part, Options(FileMode.CreateNew)))
            {
                while ((read = await FileForm.ReadAsync(from, chunk, ct)) > 0)
                {
                    if ((size += read) > EvidenceRules.MaxSize) return Dropped(part, EvidenceRules.TooLarge);
                    hash.AppendData(chunk, 0, read);
                    await to.WriteAsync(chunk.AsMemory(0, read), ct);
                }
                to.Flush(flushToDisk: true);
            }
            File.Move(part, NameOf(id));
            return new EvidenceFile(size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Whether this many bytes leave enough room on the disk for the evidence of those who may add it.</summary>
    public bool HasRoomFor(long bytes) => new DriveInfo(Folder).AvailableFreeSpace - bytes > Reserve;

    /// <summary>Removes a file that was not recorded.</summary>
    public void Delete(Guid id) => File.Delete(NameOf(id));

    /// <summary>Opens the file; null where it is missing.</summary>
    public FileStream? Open(Guid id)
    {
        try
        {
            return new FileStream(NameOf(id), new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.Read,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                BufferSize = Chunk,
            });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The digest of the file as it is now; null where it is missing. The stream is at its beginning afterwards.</summary>
    public static async Task<string?> DigestAsync(FileStream? file, CancellationToken ct)
    {
        if (file is null) return null;
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
        file.Position = 0;
        return digest;
    }

    /// <summary>Files that were last written before that time: the ids of whole ones, and the temporary ones.</summary>
    public (IReadOnlyList<Guid> Whole, IReadOnlyList<string> Partial) Before(DateTimeOffset time)
    {
        var old = new DirectoryInfo(Folder).EnumerateFiles().Where(f => f.LastWriteTimeUtc < time.UtcDateTime).ToList();
        return ([.. old.Where(f => f.Extension.Length == 0 && Guid.TryParseExact(f.Name, "N", out _)).Select(f => Guid.Parse(f.Name))],
            [.. old.Where(f => f.Extension == Partial).Select(f => f.FullName)]);
    }

    private string NameOf(Guid id) => Path.Combine(Folder, id.ToString("N"));

    private static Refusal Dropped(string part, Refusal why)
    {
        // Open files can be deleted on Linux; on Windows the sweep takes it.
        if (!OperatingSystem.IsWindows()) File.Delete(part);
        return why;
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}

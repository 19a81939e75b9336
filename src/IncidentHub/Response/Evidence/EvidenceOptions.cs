using IncidentHub.Platform.Database;
using Microsoft.Extensions.Options;

namespace IncidentHub.Response.Evidence;

/// <summary>Configuration section <c>Evidence</c>.</summary>
internal sealed class EvidenceOptions
{
    /// <summary>The folder of the files. Empty: <c>evidence</c> beside the SQLite file; on SQL Server <c>data/evidence</c>.</summary>
    public string Path { get; set; } = "";
}

/// <summary>The hub does not start with a folder in which it cannot keep files.</summary>
internal sealed class EvidenceFolder(Connections connections) : IValidateOptions<EvidenceOptions>
{
    private static readonly byte[] Probe = new byte[4096];

    public ValidateOptionsResult Validate(string? name, EvidenceOptions options)
    {
        try
        {
            var folder = PathOf(options);
            // Existing folders keep the permissions that an operator gave them.
            if (!OperatingSystem.IsWindows() && !Directory.Exists(folder))
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Directory.CreateDirectory(folder);
            var probe = System.IO.Path.Combine(folder, $"{Guid.CreateVersion7():N}.probe");
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.DeleteOnClose);
            // A full disk takes the name of a file, but not its content.
            file.Write(Probe);
            return ValidateOptionsResult.Success;
        }
        catch (IOException e) when (DatabaseFaults.IsFull(e))
        {
            return ValidateOptionsResult.Fail("The disk of the folder Evidence:Path is full. Make room.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ValidateOptionsResult.Fail("Evidence:Path is a folder in which the hub can create files, or empty.");
        }
    }

    public string PathOf(EvidenceOptions options) => System.IO.Path.GetFullPath(
        options.Path.Length > 0 ? options.Path
        : connections.DatabaseFile is { } file ? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, "evidence")
        : System.IO.Path.Combine("data", "evidence"));
}

using System.Diagnostics;

namespace IncidentHub.Tests.Faults;

/// <summary>A file system of some megabytes, in memory. Mounting one needs the rights of an administrator of the machine.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const string Ballast = "ballast";
    private readonly string _folder = Directory.CreateTempSubdirectory("incidenthub-disk-").FullName;
    private readonly bool _isMounted;

    /// <summary>Skips the test where this machine mounts none.</summary>
    public SmallDisk(int megabytes)
    {
        _isMounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", _folder);
        if (!_isMounted) Dispose();
        Assert.SkipUnless(_isMounted, "No file system can be mounted here (mount -t tmpfs).");
    }

    public string Folder => _folder;

    private long Free => new DriveInfo(_folder).AvailableFreeSpace;

    /// <summary>Fills it but for this many bytes.</summary>
    public void Fill(long but = 0)
    {
        var block = new byte[4096];
        using var file = new FileStream(Path.Combine(_folder, Ballast), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 0);
        file.Position = file.Length;
        while (Free > but)
        {
            try
            {
                file.Write(block);
            }
            catch (IOException)
            {
                return;
            }
        }
    }

    public void MakeRoom() => File.Delete(Path.Combine(_folder, Ballast));

    public void SetReadOnly(bool isReadOnly) =>
        Assert.True(Run("mount", "-o", isReadOnly ? "remount,ro" : "remount,rw", _folder), "The file system was not mounted again.");

    public void Dispose()
    {
        // Lazily: a process that was killed may not have closed its files yet.
        if (_isMounted) Run("umount", "--lazy", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    private static bool Run(string command, params IReadOnlyList<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

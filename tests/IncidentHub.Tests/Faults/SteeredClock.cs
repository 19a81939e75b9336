using System.Globalization;

namespace IncidentHub.Tests.Faults;

/// <summary>
/// The wall clock of a process, set while it runs by libfaketime, which intercepts calls to the C library. Clocks that measure durations
/// are not affected, as when the clock of a machine is set.
/// </summary>
internal sealed class SteeredClock : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"incidenthub-clock-{Guid.CreateVersion7():N}");

    public SteeredClock() => Set(TimeSpan.Zero);

    /// <summary>Environment variables for the process.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("LD_PRELOAD", Library), ("FAKETIME_TIMESTAMP_FILE", _file), ("FAKETIME_NO_CACHE", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
            ("NO_FAKE_STAT", "1"),
        // A workaround for old C libraries, which here makes every timed wait of the runtime return at once.
        ("FAKETIME_FORCE_MONOTONIC_FIX", "0"),
        // Sessions do not end when the clock is set forward by hours.
        ("Identity__SessionIdle", "1.00:00:00"), ("Identity__SessionLifetime", "2.00:00:00"),
    ];

    private static string Library => Directory.EnumerateDirectories("/usr/lib")
        .Select(d => Path.Combine(d, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("libfaketime is missing: tests/run installs it, or 'apt-get install libfaketime'.");

    /// <summary>Sets the process's wall clock to the machine's plus an offset.</summary>
    public void Set(TimeSpan ahead)
    {
        // Written atomically: the process reads it at any time.
        File.WriteAllText(_file + ".new", ahead.TotalSeconds.ToString("+0;-0", CultureInfo.InvariantCulture));
        File.Move(_file + ".new", _file, overwrite: true);
    }

    public void Dispose() => File.Delete(_file);
}

using System.Runtime.InteropServices;

namespace IncidentHub.Collector;

/// <summary>
/// A clock that only runs forward and counts through suspend: a laptop that slept past its permit's end finds the permit expired.
/// </summary>
public abstract class BootClock
{
    /// <summary>
    /// The system's clock: <c>CLOCK_BOOTTIME</c> on Linux, <c>CLOCK_MONOTONIC</c> on macOS (which runs while asleep), the tick count on
    /// Windows.
    /// </summary>
    public static BootClock System { get; } =
        OperatingSystem.IsLinux() ? new PosixClock(7) : OperatingSystem.IsMacOS() ? new PosixClock(6) : new TickClock();

    /// <summary>Nanoseconds since an arbitrary start, the same for all processes of this boot.</summary>
    public abstract long Nanoseconds { get; }

    private sealed class PosixClock(int id) : BootClock
    {
        public override long Nanoseconds => Read(id, out var time) == 0
            ? time.Seconds * 1_000_000_000 + time.Nanoseconds
            : throw new InvalidOperationException("The system has no clock that counts through suspend; collecting cannot be bounded.");

        [DllImport("libc", EntryPoint = "clock_gettime"), SuppressGCTransition]
        private static extern int Read(int id, out Timespec time);

        [StructLayout(LayoutKind.Sequential)]
        private struct Timespec
        {
            // 64-bit systems only: both fields of a timespec are 64 bits wide there.
            public long Seconds;
            public long Nanoseconds;
        }
    }

    private sealed class TickClock : BootClock
    {
        public override long Nanoseconds => Environment.TickCount64 * 1_000_000;
    }
}

using System.Runtime.InteropServices;

namespace IncidentHub.Platform.Database;

/// <summary>Uses the operating system's own SQLite, which the system keeps patched.</summary>
internal static class SqliteLibrary
{
    private static readonly Lock Gate = new();
    private static bool _loaded;

    /// <summary>Loads the library once. Throws <see cref="PlatformNotSupportedException"/> that names the package where it is missing.</summary>
    public static void Load()
    {
        lock (Gate)
        {
            if (_loaded) return;
            var name = OperatingSystem.IsWindows() ? "winsqlite3" : OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0";
            if (!NativeLibrary.TryLoad(name, out var handle))
            {
                throw new PlatformNotSupportedException(
                    $"The SQLite library ({name}) is missing. Install it: 'apt-get install libsqlite3-0' on Debian and Ubuntu, 'dnf install sqlite-libs' on Fedora.");
            }
            NativeLibrary.SetDllImportResolver(
                typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly,
                (library, _, _) => library == "e_sqlite3" ? handle : IntPtr.Zero);
            SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
            SQLitePCL.raw.FreezeProvider();
            _loaded = true;
        }
    }
}

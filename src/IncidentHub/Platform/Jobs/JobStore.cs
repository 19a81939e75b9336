using Hangfire;
using Hangfire.SqlServer;
using Hangfire.Storage.SQLite;
using IncidentHub.Platform.Database;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Platform.Jobs;

/// <summary>
/// The storage of jobs: on SQL Server a schema of the hub's database; on SQLite a separate file, because the many small transactions of the
/// job storage would occupy the hub's single writer. The file may be deleted while the hub is stopped: schedules are written again, and due
/// work is kept in the hub's tables.
/// </summary>
internal sealed class JobStore(Connections connections, DatabaseLock file) : IDisposable
{
    private const string Schema = "HangFire";
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    // The invisibility timeout is not extended: a job that took longer would be started a second time.
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(6);

    private FileStream? _lock;
    private readonly Lock _opening = new();
    private JobStorage? _storage;

    /// <summary>Opened on first use. Throws <see cref="InvalidOperationException"/> where another process has the files open.</summary>
    public JobStorage Storage
    {
        get
        {
            lock (_opening)
                return _storage ??= connections.DatabaseFile is { } hub ? OpenFile(hub) : OpenServer(connections.ConnectionString);
        }
    }

    private SQLiteStorage OpenFile(string hub)
    {
        file.Take();
        var jobs = Path.Combine(Path.GetDirectoryName(hub)!, "jobs.db");
        _lock = DatabaseLock.Take(jobs);
        DurableFiles.CreateMissing(jobs);
        var storage = new SQLiteStorage(jobs, new SQLiteStorageOptions { QueuePollInterval = Poll, InvisibilityTimeout = LongestRun });
        ReleaseOfKilled(jobs);
        return storage;
    }

    // No other process has the file: fetched jobs, locks and servers in it belong to processes that have ended.
    private static void ReleaseOfKilled(string jobs)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = jobs, Pooling = false, DefaultTimeout = 5 };
        using var connection = new SqliteConnection(file.ToString());
        connection.Open();
        using var release = connection.CreateCommand();
        release.CommandText = "UPDATE JobQueue SET FetchedAt = 0; DELETE FROM DistributedLock; DELETE FROM Server;";
        release.ExecuteNonQuery();
    }

    private static SqlServerStorage OpenServer(string connectionString)
    {
        using (var connection = new SqlConnection(connectionString))
        {
            connection.Open();
            SqlServerObjectsInstaller.Install(connection, Schema, enableHeavyMigrations: true);
        }
        return new SqlServerStorage(connectionString, new SqlServerStorageOptions
        {
            SchemaName = Schema,
            PrepareSchemaIfNecessary = false,
            SqlClientFactory = SqlClientFactory.Instance,
            QueuePollInterval = Poll,
        });
    }

    public void Dispose()
    {
        (_storage as IDisposable)?.Dispose();
        _lock?.Dispose();
    }
}

using Hangfire;
using Hangfire.SqlServer;
using Hangfire.Storage.SQLite;
using IncidentHub.Platform.Database;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Platform.Jobs;

/// <summary>
/// Where jobs are kept: on SQL Server in a schema of the hub's database; on SQLite in a file of their own, because the job storage's many
/// small transactions would take the hub's one writer from everybody else. The file may be deleted while the hub is down: schedules are
/// written again, and what is due stands in the hub's tables.
/// </summary>
internal sealed class JobStore(Connections connections, DatabaseLock file) : IDisposable
{
    private const string Schema = "HangFire";
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    // It does not slide: a job that took longer would be started again beside itself.
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(6);

    private FileStream? _lock;
    private readonly Lock _opening = new();
    private JobStorage? _storage;

    /// <summary>
    /// Opened when it is first asked for. Throws <see cref="InvalidOperationException"/> where another process has the files.
    /// </summary>
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
        var storage = new SQLiteStorage(jobs, new SQLiteStorageOptions { QueuePollInterval = Poll, InvisibilityTimeout = LongestRun });
        ReleaseOfKilled(jobs);
        return storage;
    }

    // Nobody else has the file: whoever took a job, held a lock or was a server is gone.
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

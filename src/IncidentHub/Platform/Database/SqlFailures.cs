using Microsoft.Data.SqlClient;

namespace IncidentHub.Platform.Database;

/// <summary>What an error of SQL Server means for whoever sent the statement; by its number.</summary>
internal enum SqlFailure
{
    /// <summary>A fault of the statement or its data: sending it again fails again.</summary>
    Fault,

    /// <summary>The server rolled back what stood in the way of others: the same work may succeed at once.</summary>
    Rerun,

    /// <summary>Somebody else inserted the same row first: the work finds it when it runs again.</summary>
    Duplicate,

    /// <summary>The server could not be reached, or not in time: broken connection, failover, overload.</summary>
    Away,
}

/// <summary>Numbers of errors of SQL Server and Azure SQL.</summary>
internal static class SqlFailures
{
    private const int MostAttempts = 4;

    // Deadlock victim, lock timeout, update conflicts of snapshots and of memory-optimised tables.
    private static readonly HashSet<int> Reruns = [1205, 1222, 3960, 3961, 41301, 41302, 41305, 41325, 41839];

    private static readonly HashSet<int> Duplicates = [2601, 2627];

    private static readonly HashSet<int> Absences =
    [
        // The client: timeout, no connection, connection broken by either side or by the network.
        -2, -1, 0, 2, 20, 53, 64, 121, 233, 258, 10053, 10054, 10060, 10061, 11001,
        // The server: shut down, session ended, database not open, another replica is the primary one.
        596, 615, 921, 922, 927, 976, 978, 982, 983, 3906, 4060, 6005, 17142, 17197, 18401,
        // Azure SQL: moved, throttled, busy, resuming.
        4221, 10928, 10929, 40143, 40166, 40197, 40501, 40540, 40613, 42108, 42109, 49918, 49919, 49920,
    ];

    public static SqlFailure Of(int number) => Reruns.Contains(number) ? SqlFailure.Rerun
        : Duplicates.Contains(number) ? SqlFailure.Duplicate
        : Absences.Contains(number) ? SqlFailure.Away : SqlFailure.Fault;

    /// <summary>The same of an exception, by whatever of it is known; other exceptions are faults.</summary>
    public static SqlFailure Of(Exception exception) => exception switch
    {
        SqlException e => e.Errors.Count == 0 ? Of(e.Number) : e.Errors.Cast<SqlError>().Select(error => Of(error.Number)).Max(),
        DatabaseAwayException => SqlFailure.Away,
        _ => SqlFailure.Fault,
    };

    /// <summary>Whether the database could not be reached; also where other exceptions enclose that one.</summary>
    public static bool IsAway(Exception? exception) =>
        exception is not null and not CommitUnknownException && (Of(exception) == SqlFailure.Away || IsAway(exception.InnerException));

    /// <summary>
    /// Runs a read again while it is the victim of a deadlock: a statement outside of a transaction changes nothing, so that it may.
    /// </summary>
    public static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await read();
            }
            catch (SqlException e) when (Of(e) == SqlFailure.Rerun && attempt < MostAttempts)
            {
                await Task.Delay(Pause(attempt));
            }
        }
    }

    /// <summary>The pause before the next attempt: longer each time, and by chance, so that two that met do not meet again.</summary>
    public static TimeSpan Pause(int attempt) => TimeSpan.FromMilliseconds(Random.Shared.Next(5, 20 << Math.Min(attempt, 5)));
}

/// <summary>The database could not be reached, or not in time. Nothing was changed.</summary>
internal sealed class DatabaseAwayException(Exception inner) : Exception("The database cannot be reached.", inner);

/// <summary>
/// The connection broke while the transaction was being committed: whether it was is not known. The work is not run again.
/// </summary>
internal sealed class CommitUnknownException(Exception inner)
    : Exception("The connection to the database broke at the end of a transaction, which may have been committed.", inner);

using System.Data.Common;
using IncidentHub.Platform.Clock;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Live;
using IncidentHub.Tests.Support;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Options;

namespace IncidentHub.Tests.Platform.Database;

/// <summary>What the writer for SQL Server does with errors of the server. The transactions are those of a SQLite file.</summary>
public class SqlServerWriterTests
{
    private readonly List<WriteLane> _lanes = [];
    private readonly List<object> _announced = [];
    private int _runs;

    [Theory]
    [InlineData(1205, 4)]
    [InlineData(3960, 4)]
    [InlineData(10054, 2)]
    [InlineData(40613, 2)]
    [InlineData(-2, 1)]
    [InlineData(547, 1)]
    public async Task Work_runs_again_where_the_server_rolled_it_back_and_once_more_where_the_connection_broke(int number, int runs)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(_ => throw SqlErrors.Of(number)));
        Assert.Equal(runs, _runs);
        Assert.Equal(SqlFailures.Of(number), SqlFailures.Of(failure));
        Assert.Equal(SqlFailures.Of(number) == SqlFailure.Away, failure is DatabaseAwayException);

        _runs = 0;
        if (runs == 1) return;
        Assert.NotNull(await RunAsync(_ => _runs == 1 ? throw SqlErrors.Of(number) : Task.FromResult(true)));
        Assert.Equal(2, _runs);
        Assert.Single(_announced);
    }

    [Theory]
    [InlineData(2601)]
    [InlineData(2627)]
    public async Task A_second_insert_of_a_row_is_a_conflict_whose_work_starts_anew(int number)
    {
        await Assert.ThrowsAsync<ConcurrencyConflictException>(() => RunAsync(_ => throw SqlErrors.Of(number)));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Work_whose_commit_failed_never_runs_again()
    {
        await Assert.ThrowsAsync<CommitUnknownException>(() => RunAsync(tx =>
        {
            // The COMMIT that follows finds no transaction.
            tx.Transaction!.Rollback();
            return Task.FromResult(true);
        }));
        Assert.Equal(1, _runs);
        Assert.Empty(_announced);
    }

    [Fact]
    public async Task Work_that_declines_is_rolled_back_and_the_lane_is_known_to_the_session()
    {
        Assert.Null(await RunAsync(_ => Task.FromResult(false), WriteLane.Pause));
        Assert.Empty(_announced);
        Assert.Equal([WriteLane.Pause], _lanes);
    }

    [Fact]
    public void Pauses_have_connections_of_their_own_and_no_connection_error_is_answered_from_memory()
    {
        var connections = new Connections(Options.Create(new DatabaseOptions
        {
            Provider = Engine.SqlServer,
            ConnectionString = "Server=db;Database=hub;User Id=hub;Password=none;Min Pool Size=50",
        }));
        var (all, pause) = (new SqlConnectionStringBuilder(connections.ConnectionString),
            new SqlConnectionStringBuilder(connections.PauseConnectionString));
        Assert.Equal(("IncidentHub", "IncidentHub pause"), (all.ApplicationName, pause.ApplicationName));
        Assert.Equal((50, 20), (all.MinPoolSize, pause.MinPoolSize));
        Assert.All([all, pause], b => Assert.Equal((PoolBlockingPeriod.NeverBlock, 3), (b.PoolBlockingPeriod, b.ConnectRetryCount)));
        var own = new Connections(Options.Create(new DatabaseOptions
        {
            Provider = Engine.SqlServer,
            ConnectionString = "Server=db;Database=hub;User Id=hub;Password=none;ConnectRetryCount=7",
        }));
        Assert.Equal(7, new SqlConnectionStringBuilder(own.ConnectionString).ConnectRetryCount);
    }

    private async Task<UnitOfWork?> RunAsync(Func<UnitOfWork, Task<bool>> work, WriteLane lane = WriteLane.Normal)
    {
        var feed = new CommitFeed();
        feed.Committed += _announced.Add;
        var connections = new Connections(Options.Create(new DatabaseOptions { ConnectionString = "Data Source=:memory:" }));
        var writer = new SqlServerWriter(connections, new Statements(Engine.SqlServer), feed, new Clock(_lanes));
        return await writer.RunAsync(
            tx =>
            {
                _runs++;
                tx.Announce("done");
                return work(tx);
            },
            lane,
            CancellationToken.None);
    }

    private sealed class Clock(List<WriteLane> lanes) : ITransactionClock
    {
        public Task<DateTimeOffset> BeginAsync(DbConnection connection, DbTransaction transaction, WriteLane lane)
        {
            lanes.Add(lane);
            return Task.FromResult(DateTimeOffset.UnixEpoch);
        }
    }
}

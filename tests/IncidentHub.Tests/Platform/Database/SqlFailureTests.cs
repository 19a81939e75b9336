using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Platform.Database;

public class SqlFailureTests
{
    [Theory]
    [InlineData(1205, SqlFailure.Rerun)]
    [InlineData(1222, SqlFailure.Rerun)]
    [InlineData(3960, SqlFailure.Rerun)]
    [InlineData(41302, SqlFailure.Rerun)]
    [InlineData(2601, SqlFailure.Duplicate)]
    [InlineData(2627, SqlFailure.Duplicate)]
    [InlineData(-2, SqlFailure.Away)]
    [InlineData(64, SqlFailure.Away)]
    [InlineData(233, SqlFailure.Away)]
    [InlineData(10054, SqlFailure.Away)]
    [InlineData(3906, SqlFailure.Away)]
    [InlineData(4060, SqlFailure.Away)]
    [InlineData(40613, SqlFailure.Away)]
    [InlineData(49920, SqlFailure.Away)]
    [InlineData(208, SqlFailure.Fault)]
    [InlineData(547, SqlFailure.Fault)]
    [InlineData(2628, SqlFailure.Fault)]
    [InlineData(18456, SqlFailure.Fault)]
    internal void An_error_is_judged_by_its_number(int number, SqlFailure failure)
    {
        Assert.Equal(failure, SqlFailures.Of(number));
        Assert.Equal(failure, SqlFailures.Of(SqlErrors.Of(number)));
    }

    [Fact]
    public void Of_several_errors_the_worst_counts_and_what_encloses_one_is_judged_by_it()
    {
        Assert.Equal(SqlFailure.Away, SqlFailures.Of(SqlErrors.Of(3621, 10054)));
        Assert.True(SqlFailures.IsAway(new InvalidOperationException("outside", SqlErrors.Of(10054))));
        Assert.True(SqlFailures.IsAway(new DatabaseAwayException(new InvalidOperationException("The pool is empty."))));
        Assert.False(SqlFailures.IsAway(new InvalidOperationException("outside", SqlErrors.Of(2627))));
        Assert.False(SqlFailures.IsAway(null));
    }

    [Fact]
    public async Task A_read_that_is_the_victim_of_a_deadlock_runs_again_and_no_other()
    {
        var runs = 0;
        Assert.Equal("read", await SqlFailures.ReadAsync(() => ++runs < 3 ? throw SqlErrors.Of(1205) : Task.FromResult("read")));
        Assert.Equal(3, runs);
        runs = 0;
        await Assert.ThrowsAsync<Microsoft.Data.SqlClient.SqlException>(() => SqlFailures.ReadAsync<int>(() =>
        {
            runs++;
            throw SqlErrors.Of(208);
        }));
        Assert.Equal(1, runs);
        await Assert.ThrowsAsync<Microsoft.Data.SqlClient.SqlException>(() => SqlFailures.ReadAsync<int>(() =>
        {
            runs++;
            throw SqlErrors.Of(1205);
        }));
        Assert.Equal(1 + 4, runs);
    }

    [Fact]
    public void The_pause_before_the_next_attempt_grows_and_differs()
    {
        var pauses = Enumerable.Range(0, 200).Select(_ => SqlFailures.Pause(3)).ToList();
        Assert.All(pauses, p => Assert.InRange(p, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(160)));
        Assert.True(pauses.Distinct().Count() > 20);
        Assert.True(Enumerable.Range(0, 200).Max(_ => SqlFailures.Pause(1)) <= TimeSpan.FromMilliseconds(40));
    }
}

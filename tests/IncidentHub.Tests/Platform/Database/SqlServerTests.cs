using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Database;

public class SqlServerTests
{
    [Fact]
    public async Task The_hub_starts_on_SQL_Server_and_writes_and_reads()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(TestEngine.SqlServer), "INCIDENTHUB_TEST_SQLSERVER names no server.");
        Assert.SkipWhen(TestEngine.Current != Engine.SqlServer, "This is the run on SQLite; the run on SQL Server follows.");
        await using var hub = new TestHub();
        Assert.Equal(Engine.SqlServer, hub.Db.Engine);
        Assert.Equal(DemoAccounts.All.Count, (await hub.Services.GetRequiredService<People>().ListAsync()).Count);
    }

    [Fact]
    public async Task Concurrent_writers_that_insert_the_same_first_row_are_all_counted()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(TestEngine.SqlServer), "INCIDENTHUB_TEST_SQLSERVER names no server.");
        Assert.SkipWhen(TestEngine.Current != Engine.SqlServer, "This is the run on SQLite; the run on SQL Server follows.");
        await using var world = await SwitchWorld.StartAsync();
        var key = new { world.ProgramId, PauseId = Guid.Empty, Class = "A" };
        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.Hub.Db.WriteAsync<int>(
            async tx => await tx.ExecuteAsync("QuarantineCounter_Add", key) == 1 ? 1 : await tx.ExecuteAsync(
                "QuarantineCounter_Insert", key))));
        Assert.All(written, w => Assert.True(w.IsOk));
        Assert.Equal(8, await world.Hub.Db.ReadAsync(sql => sql.ScalarAsync<long>("QuarantineCounter_Count", key)));
    }
}

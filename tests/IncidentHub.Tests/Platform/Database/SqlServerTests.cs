using IncidentHub.Platform.Database;
using IncidentHub.Platform.Identity;
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
}

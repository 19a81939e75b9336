using Dapper;
using IncidentHub.Switch.ApiKeys;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Tests.Switch.ApiKeys;

public class EnrolmentKeysCarriedOverTests
{
    [Fact]
    public async Task A_key_of_before_there_were_scopes_enrols_as_it_did_and_its_collectors_keep_their_enrolment()
    {
        DapperSetup.Apply();
        await using var connection = new SqliteConnection("Data Source=:memory:;Foreign Keys=True");
        await connection.OpenAsync();
        foreach (var script in Migrator.Scripts(Engine.Sqlite).Where(s => s.Number < 9)) await connection.ExecuteAsync(script.Text);
        var (key, program, collector) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        const string then = "2026-01-01T00:00:00.0000000Z";
        // The program itself does not matter here.
        await connection.ExecuteAsync("PRAGMA foreign_keys = OFF");
        await connection.ExecuteAsync(
            """
            INSERT INTO EnrolmentKey VALUES (@key, 'Workstations', @hash, 'US', 'clicks', @then, @key, 'Program owner', '2999-01-01T00:00:00.0000000Z', NULL, NULL);
            INSERT INTO EnrolmentKeyProgram VALUES (@key, @program);
            INSERT INTO Collector VALUES (@collector, 't', 'x', 'y', 's', 'ws-1', 'h', '1', 7, @then, NULL, NULL);
            INSERT INTO CollectorProgram VALUES (@collector, @program, @key, 'US', 'clicks', NULL, NULL, NULL, NULL, NULL, NULL, 0, 0);
            """,
            new { key, program, collector, then, hash = Secrets.Hash("ihe_old") });
        foreach (var script in Migrator.Scripts(Engine.Sqlite).Where(s => s.Number == 9)) await connection.ExecuteAsync(script.Text);

        var sql = new Sql(Engine.Sqlite, new Statements(Engine.Sqlite), connection, null);
        var known = await ApiKeyReader.FindAsync(sql, "ihe_old", DateTimeOffset.Parse("2026-06-01T00:00:00Z"));
        Assert.NotNull(known);
        Assert.Equal((key, IncidentHub.Domain.Access.Scopes.Enrol, "US"), (known.Id, known.Scopes, known.Region));
        Assert.True(known.Reaches(program));
        Assert.False(known.Reaches(collector));
        Assert.Equal("ApiKey", await connection.ExecuteScalarAsync<string>(
            "SELECT \"table\" FROM pragma_foreign_key_list('CollectorProgram') WHERE \"from\" = 'EnrolmentKeyId'"));
    }
}

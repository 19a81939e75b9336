using Dapper;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using IncidentHub.Tests.Switch.Collectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace IncidentHub.Tests.Platform.Database;

/// <summary>
/// A hub on a database that a later version has migrated: nodes are replaced one after the other, and one may be set back.
/// </summary>
public class LaterSchemaTests
{
    [Fact]
    public async Task A_hub_starts_on_a_schema_that_a_later_version_added_to_and_does_everything_of_a_pause()
    {
        Assert.SkipWhen(TestEngine.Current != Engine.Sqlite, "Changes the SQLite file by hand.");
        await using var world = await SwitchWorld.StartAsync(new TestHub { LaterScript = LaterVersion.Expansion });
        var collector = await world.CollectorAsync("US");
        var permit = (await collector.AskAsync()).Token!;
        await world.Responder.MakeAsync("/api/v1/incidents",
            new { title = "Readable by everyone", sev = 2, programs = new[] { new { program = "MCI", kind = "Source" } } });
        await world.Hub.CountedAsync();
        world.Hub.Clock.Advance(TimeSpan.FromSeconds(2));
        var stop = (await collector.AskAsync()).Stop!.Value;
        Assert.Equal("paused", stop.GetProperty("reasonCode").GetString());
        ApiCalls.AssertOk(await collector.StopAsync(collector.Ack(permit, stop.GetProperty("epoch").GetInt64())));

        await world.Responder.MakeAsync("/api/v1/incidents/INC-1/contain", new { });
        var (second, privacy) = (await world.Hub.AsAsync("responder-2"), await world.Hub.AsAsync("privacy"));
        foreach (var criterion in (await privacy.ReadAsync("/api/v1/decisions/D-1")).GetProperty("criteria").EnumerateArray())
            await second.MakeAsync($"/api/v1/decisions/D-1/criteria/{criterion.Text("kind")}/meet", new { evidence = "Looked." });
        await world.Responder.MakeAsync("/api/v1/decisions/D-1/propose", new { outcome = "Resume", rationale = "It was repaired." });
        foreach (var approver in new[] { world.Owner, privacy }) await approver.MakeAsync("/api/v1/decisions/D-1/approve", new { });
        Assert.NotNull((await collector.AskAsync()).Permit);

        Assert.True(await VerifyAsync(world.Hub));
        Assert.Equal(LaterVersion.Number, (await world.Hub.QueryAsync<int>($"SELECT MAX(Number) FROM {Migrator.Journal}")).Single());
    }

    // Both hubs write the same rows while nodes are replaced: what the later one wrote is not forgotten by the digests of this one.
    [Fact]
    public async Task A_digest_covers_columns_that_a_later_version_added()
    {
        Assert.SkipWhen(TestEngine.Current != Engine.Sqlite, "Changes the SQLite file by hand.");
        await using var hub = new TestHub { LaterScript = LaterVersion.Expansion };
        var responder = await hub.AsAsync("responder");
        await (await hub.AsAsync("owner")).MakeAsync("/api/v1/programs",
            new { code = "MCI", name = "Program", purpose = "Teach.", owner = "owner", unit = "Research" });
        var task = (await responder.MakeAsync("/api/v1/tasks",
            new { what = "Look again", program = "MCI", owner = "responder", dueAt = hub.Clock.Now.AddDays(1) })).Text("code");
        await hub.Db.ReadAsync(sql => ((Sql)sql).Connection.ExecuteAsync("UPDATE WorkTask SET Later = 'written by the later version'"));
        Assert.False(await VerifyAsync(hub));
        await responder.MakeAsync($"/api/v1/tasks/{task}/complete", new { note = "Done." });
        Assert.True(await VerifyAsync(hub));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(0, true)]
    [InlineData(7, true)]
    [InlineData(9_000, false)]
    public async Task A_schema_is_refused_only_where_a_later_version_took_away_what_this_build_may_use(int? needs, bool starts)
    {
        await using var database = await MigratedSqlite.CreateAsync();
        await using (var connection = await database.OpenAsync()) LaterVersion.Record(connection, LaterVersion.Number, needs);
        var last = Migrator.Scripts(Engine.Sqlite)[^1].Number;
        var error = await Record.ExceptionAsync(() => new Migrator(database.Connections, TimeProvider.System,
            NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None));
        if (starts) Assert.Null(error);
        else
        {
            Assert.Equal($"The database has schema 9000; this build knows {last}, and script 9000_later may have taken away what it uses. "
                + "Start a build that knows schema 9000 or a later one, or restore the backup from before the upgrade.",
                Assert.IsType<InvalidOperationException>(error).Message);
        }
        Assert.Equal(starts, SqliteFile.Fault(database.Connections.DatabaseFile!) is null);
    }

    [Fact]
    public async Task A_journal_of_an_older_build_gets_the_column_that_says_what_a_script_needs()
    {
        await using var database = await MigratedSqlite.CreateAsync();
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync($"ALTER TABLE {Migrator.Journal} DROP COLUMN Needs");
        await new Migrator(database.Connections, TimeProvider.System, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>($"SELECT COUNT(Needs) FROM {Migrator.Journal}"));
    }

    [Theory]
    [InlineData("CREATE TABLE A (x INT);", 0)]
    [InlineData("-- A column goes that no build after 35 uses.\n-- needs: 0035\nALTER TABLE A DROP COLUMN x;", 35)]
    public void A_script_that_takes_something_away_says_which_script_a_build_must_know(string text, int needs) =>
        Assert.Equal(needs, new Migration(40, "later", text).Needs);

    private static async Task<bool> VerifyAsync(TestHub hub) =>
        (await (await hub.AsAsync("auditor")).ReadAsync("/api/v1/audit/verification")).GetProperty("ok").GetBoolean();
}

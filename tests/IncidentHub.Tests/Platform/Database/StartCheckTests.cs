using System.Security.Cryptography;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace IncidentHub.Tests.Platform.Database;

public class StartCheckTests
{
    [Theory]
    [InlineData(true, 150, null)]
    [InlineData(true, 130, null)]
    [InlineData(true, 120, "COMPATIBILITY_LEVEL = 150")]
    [InlineData(false, 160, "READ_COMMITTED_SNAPSHOT ON")]
    public void A_database_with_another_isolation_or_an_old_level_is_refused_with_the_statement_that_changes_it(
        bool snapshot, int level, string? says)
    {
        var fault = StartCheck.FaultOf(new() { IsSnapshot = snapshot, Level = level });
        if (says is null) Assert.Null(fault);
        else Assert.Contains(says, fault);
    }

    [Fact]
    public async Task A_node_with_another_master_key_is_refused_in_one_sentence_that_names_the_setting()
    {
        await using var hub = new TestHub();
        _ = hub.Services;
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            Assert.Null(await CheckWith(hub.Services.GetRequiredService<MasterKey>()).FaultAsync());
            var fault = await CheckWith(MasterKey.Find(file)!).FaultAsync();
            Assert.Contains("another master key", fault);
            Assert.Contains("Keys:MasterKeyFile", fault);
            Assert.Contains(file, fault);
            Assert.False(await CheckWith(MasterKey.Find(file)!).PassesAsync());
        }
        finally
        {
            File.Delete(file);
        }

        StartCheck CheckWith(MasterKey key) => new(hub.Services.GetRequiredService<Connections>(),
            hub.Services.GetRequiredService<Statements>(), key, NullLogger<StartCheck>.Instance);
    }

    [Fact]
    public void A_lock_that_was_not_taken_stops_the_migration()
    {
        Migrator.Check(0);
        Migrator.Check(1);
        foreach (var refused in (int[])[-1, -2, -3, -999])
            Assert.Contains("Another node", Assert.Throws<InvalidOperationException>(() => Migrator.Check(refused)).Message);
    }

    [Theory]
    [InlineData(StartCheck.Settings)]
    [InlineData(StartCheck.ServerKeyTable)]
    [InlineData(Migrator.TakeLock)]
    [InlineData(Migrator.ReleaseLock)]
    [InlineData(Migrator.MakeJournal)]
    [InlineData(Migrator.JournalHasNeeds)]
    [InlineData(Migrator.AddNeeds)]
    public void What_is_sent_before_the_first_statement_is_T_SQL(string text)
    {
        new TSql150Parser(true).Parse(new StringReader(text), out var errors);
        Assert.Empty(errors);
    }
}

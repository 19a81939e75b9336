using System.Globalization;
using IncidentHub.Domain.Pauses;
using IncidentHub.Demo.Fleet;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IncidentHub.Tests.Demo;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_story_is_loaded_once_and_follows_the_rules()
    {
        await using var hub = new TestHub { Demo = true };
        var responder = await hub.AsAsync("responder");

        Assert.Equal(240, await CountAsync(hub, "SELECT COUNT(*) FROM Incident WHERE Status = 'Closed'"));
        Assert.Equal(["F-88"], (await responder.ReadAsync("/api/v1/flags?status=Waiting")).GetProperty("items").EnumerateArray()
            .Select(f => f.Text("code")));
        Assert.Equal("MCI", (await responder.ReadAsync("/api/v1/flags/F-88")).Text("program"));
        Assert.Equal(CollectionStatus.Collecting, await StateAsync(hub, "MCI"));
        Assert.Equal(CollectionStatus.Paused, await StateAsync(hub, "CALL-NOTES"));
        Assert.Equal(CollectionStatus.PauseProposed, await StateAsync(hub, "DESK-VISION"));
        Assert.Equal(CollectionStatus.Terminated, await StateAsync(hub, "KEY-PULSE"));
        Assert.Equal(4, (await responder.ReadAsync("/api/v1/datasets?program=MCI&overExposed=true&encryptionAtRest=No"))
            .GetProperty("items").GetArrayLength());
        Assert.Contains("workplace-agent-7b", (await responder.ReadAsync("/api/v1/datasets/private-conversations/downstream"))
            .ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await CountAsync(hub, "SELECT COUNT(*) FROM TimelineEntry WHERE HappenedAt > RecordedAt"));
        Assert.Equal(
            0, await CountAsync(
            hub, "SELECT COUNT(*) FROM AuditEntry a JOIN AuditEntry b ON b.Sequence = a.Sequence + 1 WHERE b.At < a.At AND a.Act NOT LIKE "
                + "'policy%' AND a.Act <> 'person.demo-accounts' AND a.Act NOT LIKE 'sev-policy%'"));

        // One note was redacted: what remains says so, and the text is nowhere.
        Assert.Equal(1, await CountAsync(hub, "SELECT COUNT(*) FROM TimelineEntry WHERE RedactedAt > HappenedAt AND Body IS NULL "
            + $"AND RedactReason = '{IncidentHub.Demo.DemoRedactions.Reason}'"));
        foreach (var column in (string[])["TimelineEntry.Body", "TimelineEntry.Title", "TimelineEntry.Data", "AuditEntry.Payload"])
        {
            Assert.Equal(0, await CountAsync(hub, $"SELECT COUNT(*) FROM {column.Split('.')[0]} "
                + $"WHERE {column.Split('.')[1]} LIKE '%{IncidentHub.Demo.DemoRedactions.Pasted}%'"));
        }

        // A database that has a program is not changed.
        var before = await CountAsync(hub, "SELECT COUNT(*) FROM AuditEntry");
        await hub.Services.GetRequiredService<IncidentHub.Demo.DemoLoader>().StartAsync(CancellationToken.None);
        Assert.Equal(before, await CountAsync(hub, "SELECT COUNT(*) FROM AuditEntry"));
    }

    [Fact]
    public async Task Two_loads_produce_the_same_story()
    {
        await using var first = new TestHub { Demo = true };
        await using var second = new TestHub { Demo = true };
        const string story =
            "SELECT Code || ' ' || Title || ' ' || Sev || ' ' || DeclaredAt || ' ' || COALESCE(ClosedAt, '-') FROM Incident ORDER BY "
                + "Number";
        Assert.Equal(await TextsAsync(first, story), await TextsAsync(second, story));
        const string flags =
            "SELECT Code || ' ' || Concern || ' ' || FlaggedAt || ' ' || COALESCE(ReceiptHash, '-') FROM Flag ORDER BY Number";
        Assert.Equal(await TextsAsync(first, flags), await TextsAsync(second, flags));
    }

    [Theory]
    [InlineData(false, true, 5, true)]
    [InlineData(false, true, 0, false)]
    [InlineData(false, false, 5, false)]
    [InlineData(true, true, 5, false)]
    public async Task Sample_collectors_run_only_in_Development_and_only_with_the_demo_story(
        bool production, bool story, int collectors, bool expected)
    {
        var settings = new Dictionary<string, string> { ["Demo:Collectors"] = collectors.ToString(CultureInfo.InvariantCulture) };
        await using var hub = new TestHub { Production = production, Demo = story, Settings = settings };
        Assert.Equal(expected, hub.Services.GetServices<IHostedService>().Any(s => s is FleetProcess));
    }

    private static Task<CollectionStatus> StateAsync(TestHub hub, string code) => hub.Db.ReadAsync(async sql =>
    {
        var program = (await hub.Services.GetRequiredService<ProgramReader>().FindByCodeAsync(sql, code))!;
        return (await hub.Services.GetRequiredService<PauseReader>().ProgramStatesAsync(sql, [program], null))[program.Id].Status;
    });

    private static async Task<int> CountAsync(TestHub hub, string sql)
    {
        await using var connection = await hub.Services.GetRequiredService<Connections>().OpenAsync(CancellationToken.None);
        return await connection.ExecuteScalarAsync<int>(sql);
    }

    private static async Task<List<string>> TextsAsync(TestHub hub, string sql)
    {
        await using var connection = await hub.Services.GetRequiredService<Connections>().OpenAsync(CancellationToken.None);
        return [.. await connection.QueryAsync<string>(sql)];
    }
}

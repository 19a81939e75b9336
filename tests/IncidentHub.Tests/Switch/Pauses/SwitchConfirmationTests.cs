using System.Net;
using System.Net.Http.Headers;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Insight.Home;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Live;
using IncidentHub.Tests.Support;
using IncidentHub.Tests.Switch.Collectors;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Switch.Pauses;

public class SwitchConfirmationTests
{
    private const string Switch = "/api/v1/programs/MCI/switch";

    [Fact]
    public async Task After_a_restored_backup_no_permit_is_issued_until_the_owner_confirms_whatever_else_raises_the_epoch()
    {
        await using var world = await SwitchWorld.StartAsync();
        await world.AddProgramAsync("OTHER");
        var collector = await world.CollectorAsync("US");
        Assert.NotNull((await collector.AskAsync()).Permit);
        await world.Hub.Db.WriteAsync<Done>(async tx =>
        {
            await tx.RaiseAsync(new DatabaseRestored(null), Actor.System);
            return default(Done);
        });
        // The sessions of before are read again by a node that starts.
        var (owner, responder) = (await world.Hub.AsAsync("owner"), await world.Hub.AsAsync("responder"));
        // What this hub keeps in memory, a hub that starts does not have.
        await PauseAndLiftAsync(world, owner);

        var (_, permit, stop) = await collector.AskAsync();
        Assert.Null(permit);
        Assert.Equal("restored", stop!.Value.GetProperty("reasonCode").GetString());
        var flag = await FlagAsync(world, owner);
        Assert.False(flag.GetProperty("value").GetBoolean());
        // A program whose switch was never changed is held as well.
        Assert.True((await owner.ReadAsync("/api/v1/programs/OTHER/switch")).GetProperty("needsConfirmation").GetBoolean());

        // Any permit since the backup is unknown: a pause waits for the longest one.
        var ordered = await owner.MakeAsync("/api/v1/programs/MCI/pauses", new { reason = "Not certain", drillSeconds = 60 });
        Assert.True(ordered.GetProperty("pause").GetProperty("guaranteedAt").GetDateTimeOffset() >= world.Hub.Clock.Now.AddMinutes(9));

        var standing = await owner.ReadAsync(Switch);
        Assert.True(standing.GetProperty("needsConfirmation").GetBoolean());
        var body = new { epoch = standing.GetProperty("epoch").GetInt64(), reason = "Compared with the orders." };
        Assert.Equal(HttpStatusCode.Forbidden, (await responder.PostAsync(Switch + "/confirm", body)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await KeyAsync(world, owner, "write")).PostAsync(Switch + "/confirm", body)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await owner.PostAsync(Switch + "/confirm", body with { epoch = body.epoch - 1 })).Status);
        var (status, confirmed) = await owner.PostAsync(Switch + "/confirm", body);
        Assert.True(status == HttpStatusCode.OK, confirmed.ToString());
        Assert.Equal(body.epoch + 1, confirmed.GetProperty("epoch").GetInt64());
        Assert.False(confirmed.GetProperty("needsConfirmation").GetBoolean());
        Assert.Equal("nothing_to_confirm", (await owner.PostAsync(Switch + "/confirm", body)).Body.Text("code"));

        // The drill still stops it.
        Assert.Equal("drill", (await collector.AskAsync()).Stop!.Value.GetProperty("reasonCode").GetString());
        world.Hub.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.TickAsync();
        Assert.NotNull((await collector.AskAsync()).Permit);
    }

    [Fact]
    public async Task A_collector_that_saw_a_higher_epoch_asks_for_a_confirmation_which_goes_beyond_it_and_ignores_absurd_claims()
    {
        await using var world = await SwitchWorld.StartAsync();
        var (honest, absurd) = (await world.CollectorAsync("US"), await world.CollectorAsync("US"));
        var told = 0;
        using var page = world.Hub.Services.GetRequiredService<LiveFeed>().Subscribe(["programs"], () => told++, TestHub.Actor("owner"));
        await absurd.RenewAsync(epochSeen: long.MaxValue);
        foreach (var account in Told) Assert.Empty(await NotTrustedAsync(world, account));
        Assert.Equal(0, told);
        await honest.RenewAsync(epochSeen: 9);
        // Once, not with every renewal.
        await honest.RenewAsync(epochSeen: 9);
        Assert.Equal(1, told);
        foreach (var account in Told)
        {
            var item = Assert.Single(await NotTrustedAsync(world, account));
            Assert.Equal("MCI: 1 collector has stopped and does not trust the hub", item.Text);
            Assert.Equal("seen: epoch 9; the hub has 2, from an older state", item.Note);
            Assert.Equal("programs/MCI", item.Href);
        }
        foreach (var account in (string[])["owner-2", "responder", "executive", "auditor"])
            Assert.Empty(await NotTrustedAsync(world, account));
        var standing = await world.Owner.ReadAsync(Switch);
        Assert.Equal(1, standing.GetProperty("collectorsAhead").GetInt64());
        Assert.Equal(9, standing.GetProperty("highestEpochSeen").GetInt64());
        await world.Owner.MakeAsync(Switch + "/confirm",
            new { epoch = standing.GetProperty("epoch").GetInt64(), reason = "The file was put back by hand." });
        Assert.Equal(10, (await honest.AskAsync()).Permit!.Value.GetProperty("epoch").GetInt64());
        Assert.False((await world.Owner.ReadAsync(Switch)).GetProperty("needsConfirmation").GetBoolean());
        foreach (var account in Told) Assert.Empty(await NotTrustedAsync(world, account));
    }

    private static readonly string[] Told = ["owner", "deputy", "administrator"];

    private static async Task<IReadOnlyList<InboxItem>> NotTrustedAsync(SwitchWorld world, string account) =>
        [.. (await world.Hub.Services.GetRequiredService<HomeQueries>().LoadAsync(TestHub.Actor(account))).Inbox.Items
            .Where(i => i.Kind == InboxQueries.NotTrusted)];

    private static async Task PauseAndLiftAsync(SwitchWorld world, HttpClient owner)
    {
        await owner.MakeAsync("/api/v1/programs/MCI/pauses", new { reason = "Raises the epoch", drillSeconds = 1 });
        world.Hub.Clock.Advance(TimeSpan.FromSeconds(10));
        await world.TickAsync();
    }

    private static async Task<System.Text.Json.JsonElement> FlagAsync(SwitchWorld world, HttpClient owner) =>
        await (await KeyAsync(world, owner, "evaluate"))
            .MakeAsync("/ofrep/v1/evaluate/flags/program.MCI.collect", new { context = new { } });

    private static async Task<HttpClient> KeyAsync(SwitchWorld world, HttpClient owner, string scope)
    {
        var key = (await owner.MakeAsync("/api/v1/keys",
            new { name = scope, scopes = new[] { scope }, programs = scope == "write" ? null : new[] { "MCI" } })).Text("key");
        var client = world.Hub.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }
}

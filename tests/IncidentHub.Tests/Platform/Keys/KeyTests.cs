using IncidentHub.Domain;
using System.Net;
using System.Security.Cryptography;
using IncidentHub.Platform.Keys;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using IncidentHub.Switch.KeyRotation;

namespace IncidentHub.Tests.Platform.Keys;

public class KeyTests
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    private static async Task<SigningPeriod> RotateAsync(TestHub hub) =>
        (await hub.Services.GetRequiredService<SigningKeyCommands>().RotateAsync(TestHub.Actor("administrator"))).Value;

    private static SigningKeys OfAnotherProcess(TestHub hub) =>
        new(hub.Db, hub.Services.GetRequiredService<MasterKey>(), hub.Clock, Options.Create(new KeysOptions { PublishAhead = Ahead }));

    [Fact]
    public async Task Signatures_of_a_retired_key_still_verify_and_no_other_key_verifies_them()
    {
        await using var hub = new TestHub();
        var keys = hub.Services.GetRequiredService<SigningKeys>();
        var old = keys.Current;
        var signature = old.Sign("permit"u8);
        await RotateAsync(hub);
        hub.Clock.Advance(Ahead);
        Assert.NotEqual(old.Kid, keys.Current.Kid);
        Assert.True(keys.Verify(old.Kid, "permit"u8, signature));
        Assert.False(keys.Verify(keys.Current.Kid, "permit"u8, signature));
        Assert.False(keys.Verify(old.Kid, "permit!"u8, signature));
        Assert.False(keys.Verify("no-such-key", "permit"u8, signature));
        Assert.True(keys.Verify(keys.Current.Kid, "permit"u8, keys.Current.Sign("permit"u8)));
        Assert.Equal(2, keys.Public.Count);
    }

    [Fact]
    public async Task A_new_key_is_published_for_longer_than_keys_are_cached_before_it_signs()
    {
        await using var hub = new TestHub();
        var client = hub.CreateClient();
        var keys = hub.Services.GetRequiredService<SigningKeys>();
        var old = keys.Current.Kid;
        var next = await RotateAsync(hub);
        using var answer = await client.GetAsync("/.well-known/jwks.json");
        Assert.Contains(next.Kid, await answer.Content.ReadAsStringAsync());
        Assert.True(answer.Headers.CacheControl!.MaxAge <= Ahead / 2);
        hub.Clock.Advance(Ahead - TimeSpan.FromSeconds(1));
        Assert.Equal(old, keys.Current.Kid);
        hub.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(next.Kid, keys.Current.Kid);
        Assert.Equal(next.SignsFrom, hub.Clock.Now);
    }

    [Fact]
    public async Task A_key_created_by_another_process_triggers_a_reload_and_is_known_after_it()
    {
        await using var hub = new TestHub();
        _ = hub.CreateClient();
        var other = OfAnotherProcess(hub);
        await other.LoadAsync(CancellationToken.None);
        var asked = 0;
        other.UnknownKey += () => asked++;
        var next = await RotateAsync(hub);
        hub.Clock.Advance(Ahead);
        var signature = hub.Services.GetRequiredService<SigningKeys>().Current.Sign("permit"u8);
        Assert.False(other.Verify(next.Kid, "permit"u8, signature));
        Assert.Equal(1, asked);
        await other.LoadAsync(CancellationToken.None);
        Assert.True(other.Verify(next.Kid, "permit"u8, signature));
        Assert.Equal(next.Kid, other.Current.Kid);
    }

    [Fact]
    public async Task Nodes_that_start_at_once_make_one_first_key()
    {
        await using var hub = new TestHub();
        await ChangeAsync(hub, "DELETE FROM KeyRecord");
        var nodes = Enumerable.Range(0, 8).Select(_ => OfAnotherProcess(hub)).ToList();
        await Task.WhenAll(nodes.Select(n => n.LoadAsync(CancellationToken.None)));
        Assert.Single(nodes.Select(n => n.Current.Kid).Distinct());
        Assert.Single(nodes[0].Periods);
    }

    [Fact]
    public async Task A_rotation_retires_every_key_that_has_no_end()
    {
        await using var hub = new TestHub();
        await RotateAsync(hub);
        hub.Clock.Advance(Ahead);
        // As two nodes left it that each made a first key.
        await ChangeAsync(hub, "UPDATE KeyRecord SET RetiredAt = NULL");
        var next = await RotateAsync(hub);
        hub.Clock.Advance(Ahead);
        var keys = hub.Services.GetRequiredService<SigningKeys>();
        Assert.Equal(next.Kid, keys.Current.Kid);
        Assert.Equal([next.Kid], keys.Periods.Where(p => p.SignsUntil is null).Select(p => p.Kid));
    }

    private static Task ChangeAsync(TestHub hub, string sql) => hub.Db.WriteAsync<Done>(async tx =>
    {
        await Dapper.SqlMapper.ExecuteAsync(tx.Connection, sql, transaction: tx.Transaction);
        return default(Done);
    });

    [Fact]
    public async Task An_old_key_is_replaced_automatically_and_a_fresh_one_is_not()
    {
        await using var hub = new TestHub();
        var rotation = hub.Services.GetRequiredService<SigningKeyRotation>();
        var keys = hub.Services.GetRequiredService<SigningKeys>();
        hub.Clock.Advance(TimeSpan.FromDays(90) - TimeSpan.FromSeconds(1));
        await rotation.RunAsync(CancellationToken.None);
        Assert.Single(keys.Periods);
        hub.Clock.Advance(TimeSpan.FromSeconds(1));
        await rotation.RunAsync(CancellationToken.None);
        await rotation.RunAsync(CancellationToken.None);
        Assert.Equal(2, keys.Periods.Count);
        var audit = await (await hub.AsAsync("auditor")).GetStringAsync("/api/v1/audit?act=signing-key.");
        Assert.Contains("\"actorName\":\"IncidentHub\"", audit);
    }

    [Fact]
    public async Task Only_an_administrator_creates_a_new_key_and_not_while_the_next_one_waits()
    {
        await using var hub = new TestHub();
        foreach (var denied in new[] { "owner", "responder", "auditor" })
        {
            var client = await hub.AsAsync(denied);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync("/api/v1/signing-keys/rotate", null)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/v1/signing-keys")).StatusCode);
        }
        var administrator = await hub.AsAsync("administrator");
        var made = await administrator.MakeAsync("/api/v1/signing-keys/rotate");
        Assert.Equal(hub.Clock.Now + Ahead, made.GetProperty("signsFrom").GetDateTimeOffset());
        var (status, problem) = await administrator.SendAsync(HttpMethod.Post, "/api/v1/signing-keys/rotate");
        Assert.Equal((HttpStatusCode.Conflict, "rotation_under_way"), (status, problem.Text("code")));
        hub.Clock.Advance(Ahead);
        await administrator.MakeAsync("/api/v1/signing-keys/rotate");
        Assert.Equal(3, (await administrator.ReadAsync("/api/v1/signing-keys")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_database_holds_no_private_key_in_clear_text()
    {
        await using var hub = new TestHub();
        var master = hub.Services.GetRequiredService<MasterKey>();
        var rows = await hub.Db.ReadAsync(sql => sql.QueryAsync<KeyRow>("KeyRecord_List", new { Purpose = "signing" }));
        var row = Assert.Single(rows);
        Assert.NotEmpty(master.Decrypt(row.Secret, "signing"));
        Assert.ThrowsAny<CryptographicException>(() => ECDsa.Create().ImportPkcs8PrivateKey(Convert.FromBase64String(row.Secret), out _));
        Assert.ThrowsAny<CryptographicException>(() => master.Decrypt(row.Secret, "data-protection"));
    }

    [Fact]
    public async Task The_public_keys_are_served_without_their_private_halves()
    {
        await using var hub = new TestHub();
        var jwks = await hub.CreateClient().GetStringAsync("/.well-known/jwks.json");
        Assert.Contains(hub.Services.GetRequiredService<SigningKeys>().Current.Kid, jwks);
        Assert.DoesNotContain("\"d\"", jwks);
    }
}

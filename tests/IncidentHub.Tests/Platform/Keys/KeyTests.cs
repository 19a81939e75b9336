using System.Security.Cryptography;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Keys;

public class KeyTests
{
    [Fact]
    public async Task What_a_retired_key_signed_still_verifies_and_no_other_key_verifies_it()
    {
        await using var hub = new TestHub();
        var keys = hub.Services.GetRequiredService<SigningKeys>();
        var old = keys.Current;
        var signature = old.Sign("permit"u8);
        await keys.RotateAsync(CancellationToken.None);
        Assert.NotEqual(old.Kid, keys.Current.Kid);
        Assert.True(keys.Verify(old.Kid, "permit"u8, signature));
        Assert.False(keys.Verify(keys.Current.Kid, "permit"u8, signature));
        Assert.False(keys.Verify(old.Kid, "permit!"u8, signature));
        Assert.False(keys.Verify("no-such-key", "permit"u8, signature));
        Assert.Equal(2, keys.Public.Count);
    }

    [Fact]
    public async Task The_database_holds_no_private_key_in_the_clear()
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

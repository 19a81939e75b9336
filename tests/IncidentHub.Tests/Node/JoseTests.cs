using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using IncidentHub.Collector;
using IncidentHub.Tests.Faults;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Node;

/// <summary>The hub's signatures, verified by a third-party library with only the published keys.</summary>
[Collection(nameof(RealProcesses))]
public sealed class JoseTests
{
    [Fact]
    public async Task Permits_admissions_notices_and_receipts_from_before_and_after_a_key_rotation_verify_with_jose()
    {
        await using var world = await NodeWorld.StartAsync(("Keys__PublishAhead", "00:00:02"));
        using var collector = await ByHand.RegisterAsync(world);
        var (permit, _) = await collector.RenewAsync();
        var admitted = await AdmissionAsync(world, permit!, 1);
        var made = await (await world.AsAsync("administrator")).MakeAsync("/api/v1/signing-keys/rotate");
        var next = permit;
        for (var i = 0; Kid(next!) != made.Text("kid"); i++)
        {
            Assert.True(i < 300, "The next key never signed.");
            await Task.Delay(100);
            (next, _) = await collector.RenewAsync();
        }
        var admittedNext = await AdmissionAsync(world, next!, 2);
        await world.Owner.MakeAsync("/api/v1/programs/MCI/pauses", new { reason = "Data readable by everyone" });
        var (none, stop) = await collector.RenewAsync();
        Assert.Null(none);
        var receipt = await collector.StopAsync(next!);

        const string permitType = "ih-permit+jwt", admitType = "ih-admit+jwt";
        (string Token, string Type)[] before = [(permit!, permitType), (admitted, admitType)];
        (string Token, string Type)[] after = [(next!, permitType), (admittedNext, admitType), (stop!, "ih-stop+jwt"),
            (receipt, "ih-receipt+jwt")];
        (string Token, string Type)[] tokens = [.. before, .. after, (Forged(permit!), permitType)];
        var found =
            (await NodeTool.RunAsync("tokens.mjs", JsonSerializer.Serialize(tokens.Select(t => new[] { t.Item1, t.Item2 })),
            world.Hub.Url + "/.well-known/jwks.json")).EnumerateArray().ToList();
        Assert.Equal(before.Concat(after).Select(t => (t.Type, "MCI")), found.SkipLast(1).Select(f => (f.Text("typ"), f.Text("aud"))));
        Assert.All(found[..2], f => Assert.Equal(Kid(permit!), f.Text("kid")));
        Assert.All(found[2..^1], f => Assert.Equal(made.Text("kid"), f.Text("kid")));
        Assert.NotEqual(made.Text("kid"), Kid(permit!));
        Assert.Equal("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", found[^1].Text("error"));
    }

    [Fact]
    public async Task Signatures_of_a_withdrawn_key_do_not_verify_with_jose_and_those_of_the_next_key_do()
    {
        await using var world = await NodeWorld.StartAsync();
        using var collector = await ByHand.RegisterAsync(world);
        var (permit, _) = await collector.RenewAsync();
        var admitted = await AdmissionAsync(world, permit!, 1);
        await (await world.AsAsync("administrator")).MakeAsync(
            $"/api/v1/signing-keys/{Kid(permit!)}/withdraw", new { reason = "A copy was found." });
        var (next, _) = await collector.RenewAsync();
        var admittedNext = await AdmissionAsync(world, next!, 2);
        string[][] tokens = [[permit!, "ih-permit+jwt"], [admitted, "ih-admit+jwt"], [next!, "ih-permit+jwt"],
            [admittedNext, "ih-admit+jwt"]];
        var found = (await NodeTool.RunAsync("tokens.mjs", JsonSerializer.Serialize(tokens), world.Hub.Url + "/.well-known/jwks.json"))
            .EnumerateArray().ToList();
        Assert.All(found[..2], f => Assert.Equal("ERR_JWKS_NO_MATCHING_KEY", f.Text("error")));
        Assert.All(found[2..], f => Assert.Equal((Kid(next!), "MCI"), (f.Text("kid"), f.Text("aud"))));
        Assert.NotEqual(Kid(permit!), Kid(next!));
    }

    private static async Task<string> AdmissionAsync(NodeWorld world, string permit, int sequence)
    {
        using var ingestion = new HttpClient { BaseAddress = new Uri(world.Hub.Url) };
        ingestion.DefaultRequestHeaders.Add("X-API-Key", await world.KeyAsync("gate"));
        var answer = await ingestion.MakeAsync("/api/v1/gate/batches:check", new
        {
            program = "MCI",
            permits = new[] { new { permit, startOffsetMs = 0, endOffsetMs = 1 } },
            categories = new[] { "clicks" },
            firstSequence = sequence,
            lastSequence = sequence,
            items = 1,
            digest = new string((char)('a' + sequence), 64),
        });
        return answer.Text("admission");
    }

    private static string Kid(string token) => JsonElement.Parse(Base64Url.DecodeFromChars(token.Split('.')[0])).Text("kid");

    // A forged program in the claims, with the original signature.
    private static string Forged(string token)
    {
        var parts = token.Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        claims["aud"] = "OTHER";
        return $"{parts[0]}.{Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(claims.ToJsonString()))}.{parts[2]}";
    }

    /// <summary>A collector that stores the tokens that it receives.</summary>
    private sealed class ByHand : IDisposable
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly HttpClient _http;
        private string _id = "";
        private int _nonce = 10_000_000;

        private ByHand(NodeWorld world) => _http = new HttpClient { BaseAddress = new Uri(world.Hub.Url + "/api/v1/collectors/") };

        public static async Task<ByHand> RegisterAsync(NodeWorld world)
        {
            var made = new ByHand(world);
            made.Show(await world.KeyAsync("enrol"));
            var challenge = (await made._http.MakeAsync("challenge")).Text("challenge");
            var q = made._key.ExportParameters(false).Q;
            var answer = await made._http.MakeAsync("register", new
            {
                instanceName = "ws-1",
                hostPseudonym = "h",
                version = "1",
                publicKey = new { kty = "EC", crv = "P-256", x = Base64Url.EncodeToString(q.X!), y = Base64Url.EncodeToString(q.Y!) },
                proof = Jws.Sign("ih-enrol+jwt", new JsonObject { ["challenge"] = challenge }, made._key),
            });
            made._id = answer.Text("collectorId");
            made.Show(answer.Text("secret"));
            return made;
        }

        public async Task<(string? Permit, string? Stop)> RenewAsync()
        {
            var answer = await _http.MakeAsync("./permits:renew",
                new { nonce = $"nonce-{_nonce++}", programs = new[] { new { code = "MCI", epochSeen = 0, lastSequence = 0 } } });
            var program = answer.GetProperty("programs")[0];
            return (program.GetProperty("permit").GetString(), program.GetProperty("stop").GetString());
        }

        public async Task<string> StopAsync(string permit)
        {
            var claims = JsonElement.Parse(Base64Url.DecodeFromChars(permit.Split('.')[1]));
            var ack = Jws.Sign("ih-ack+jwt", new JsonObject
            {
                ["sub"] = _id,
                ["aud"] = "MCI",
                ["epoch"] = claims.GetProperty("epoch").GetInt64() + 1,
                ["jti"] = claims.Text("jti"),
                ["permit"] = permit,
                ["stoppedAtOffsetMs"] = 100,
                ["lastCollectedOffsetMs"] = 90,
                ["lastSequence"] = 1,
                ["itemsBuffered"] = 0,
            }, _key);
            return (await _http.MakeAsync("stops", new { ack })).Text("receipt");
        }

        public void Dispose()
        {
            _http.Dispose();
            _key.Dispose();
        }

        private void Show(string secret) => _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
    }
}

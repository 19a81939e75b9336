using IncidentHub.Domain;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentHub.Benchmarks.Support;

namespace IncidentHub.Benchmarks.Fleet;

/// <summary>The state of one simulated collector between two calls.</summary>
internal sealed class SimulatedCollector(Guid id, string secret)
{
    public Guid Id => id;
    public string Secret => secret;

    /// <summary>The last permit.</summary>
    public string? Permit { get; set; }
    public string? Jti { get; set; }

    /// <summary>The highest epoch that it has seen.</summary>
    public long Epoch { get; set; }

    /// <summary>When it renewed because of an event, as a timestamp; null if it has not.</summary>
    public long? HeardAt { get; set; }
}

/// <summary>
/// Many collectors of one program in one process. They are inserted into the hub's database instead of registered one by one, and share a
/// key pair: the measured requests cost the hub the same.
/// </summary>
internal sealed class SimulatedFleet
{
    public const string Program = "FLEET";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private long _nonce = 10_000_000;

    public IReadOnlyList<SimulatedCollector> Collectors { get; private set; } = [];

    public static async Task<SimulatedFleet> MakeAsync(HubUnderTest hub, HttpClient owner, string databaseFile, int count,
        string program = Program)
    {
        await Setup.PostAsync(owner, "/api/v1/programs", new
        {
            code = program,
            name = "Measured fleet",
            purpose = "To be measured.",
            owner = "owner",
            unit = "Research",
            regions = new[] { "US" },
            participation = "Mandatory",
            categories = new[] { "keystrokes", "clicks" },
            lawfulBasis = "Consent",
            ttlSeconds = 60,
            renewalSeconds = 20,
            gracePeriodSeconds = 2,
        });
        await Setup.PostAsync(owner, $"/api/v1/programs/{program}/launch", new { });
        await Setup.PostAsync(
            owner, "/api/v1/keys", new
            {
                name = "Measured fleet",
                scopes = new[] { "enrol" },
                programs = new[] { program },
                region = "US"
            });
        var fleet = new SimulatedFleet();
        fleet.Seed(databaseFile, count, program);
        return fleet;
    }

    /// <summary>A renewal request.</summary>
    public byte[] Renewal(SimulatedCollector collector, string program = Program)
    {
        var nonce = Interlocked.Increment(ref _nonce);
        return RawConnection.Request("/api/v1/collectors/permits:renew", collector.Secret, $$"""{"nonce":"n{{nonce}}","programs":[{"code":"{{program}}","epochSeen":{{collector.Epoch}},"lastSequence":7}]}""");
    }

    /// <summary>Processes the response to a renewal; true if it contained a permit.</summary>
    public static bool Take(SimulatedCollector collector, ReadOnlyMemory<byte> answer)
    {
        var reader = new Utf8JsonReader(answer.Span);
        string? permit = null;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            if (reader.ValueTextEquals("epoch"u8) && reader.Read()) collector.Epoch = Math.Max(collector.Epoch, reader.GetInt64());
            else if (reader.ValueTextEquals("permit"u8) && reader.Read()) permit = reader.GetString();
        }
        if (permit is null) return false;
        collector.Permit = permit;
        return true;
    }

    /// <summary>A signed acknowledgement request for the collector's current epoch, based on its last permit.</summary>
    public byte[] Stop(SimulatedCollector collector, string program = Program)
    {
        var jti = JsonElement.Parse(Base64Url.DecodeFromChars(collector.Permit!.Split('.')[1])).GetProperty("jti").GetString();
        var claims = $$"""{"sub":"{{collector.Id}}","aud":"{{program}}","epoch":{{collector.Epoch}},"jti":"{{jti}}","permit":"{{collector.Permit}}","stoppedAtOffsetMs":1500,"lastCollectedOffsetMs":1400,"lastSequence":12,"itemsBuffered":3,"bufferDigest":"{{new string('a', 64)}}"}""";
        var signed = Encode("""{"alg":"ES256","typ":"ih-ack+jwt"}""") + "." + Encode(claims);
        byte[] signature;
        lock (_key)
            signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return RawConnection.Request("/api/v1/collectors/stops", collector.Secret, $$"""{"ack":"{{signed}}.{{Base64Url.EncodeToString(signature)}}"}""");
    }

    private void Seed(string databaseFile, int count, string program)
    {
        using var connection = RowSet.Open(databaseFile);
        using var transaction = connection.BeginTransaction(deferred: false);
        var q = _key.ExportParameters(false).Q;
        var now = TimeProvider.System.GetUtcNow();
        using var one = connection.CreateCommand();
        one.Transaction = transaction;
        one.CommandText = """
            INSERT INTO Collector (Id, Thumbprint, PublicX, PublicY, SecretHash, InstanceName, HostPseudonym, AppVersion, Bucket, RegisteredAt, RevokedAt, RevokedByName)
            VALUES (@id, @thumbprint, @x, @y, @hash, @name, 'host', '1.0', @bucket, @now, NULL, NULL);
            INSERT INTO CollectorProgram (CollectorId, ProgramId, EnrolmentKeyId, Region, Categories, EpochSeen, LastSequence) SELECT @id, p.Id, (SELECT MAX(Id) FROM ApiKey), 'US', '', 0, 0 FROM Program p WHERE p.Code = @program;
            """;
        string[] names = ["@id", "@thumbprint", "@x", "@y", "@hash", "@name", "@bucket", "@now", "@program"];
        foreach (var name in names) one.Parameters.AddWithValue(name, "");
        var made = new List<SimulatedCollector>(count);
        for (var n = 0; n < count; n++)
        {
            var collector = new SimulatedCollector(OrderedId.Next(now),
                "ihc_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
            object[] values =
            [
                collector.Id.ToString("D"), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), Base64Url.EncodeToString(q.X!),
                    Base64Url.EncodeToString(q.Y!),
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(collector.Secret))), $"ws-{n}", n % 10_000,
                    IncidentHub.Platform.Database.DapperSetup.TimeText(now), program,
            ];
            for (var i = 0; i < names.Length; i++) one.Parameters[names[i]].Value = values[i];
            one.ExecuteNonQuery();
            made.Add(collector);
        }
        transaction.Commit();
        Collectors = made;
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}

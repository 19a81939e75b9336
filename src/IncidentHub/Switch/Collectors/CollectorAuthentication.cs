using System.Security.Cryptography;
using System.Text;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Concurrency;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Switch.Collectors;

/// <summary>An authenticated collector.</summary>
/// <param name="Key">Verifies the collector's signatures. Created with the record, although renewals do not need it: creating it costs more
/// than verifying, and after a pause all keys are needed at once.</param>
internal sealed record KnownCollector(Guid Id, string InstanceName, int Bucket, ECDsa Key, IReadOnlyDictionary<Guid, Enrolment> Programs)
{
    public Actor Actor => new(Id, $"Collector {InstanceName}", Roles.None, ActorKind.Key);
}

/// <summary>What a collector may collect for a program according to its enrolment.</summary>
/// <param name="Categories">Empty for all.</param>
internal sealed record Enrolment(string? Region, IReadOnlyList<string> Categories)
{
    private byte[]? _given;

    /// <summary>Records the permit that is being issued now.</summary>
    public void Given(string permit) => _given = Digest(permit);

    /// <summary>
    /// Whether exactly this permit was the last one issued by this process: then its signature need not be verified again.
    /// </summary>
    public bool IsLast(string? permit) => permit is not null && _given is { } given && given.AsSpan().SequenceEqual(Digest(permit));

    private static byte[] Digest(string permit) => SHA256.HashData(Encoding.UTF8.GetBytes(permit));
}

/// <summary>
/// Finds collectors by secret, with a cache: each one renews every few seconds. Revoking and registering again invalidate the cache at once
/// on this node, and within two seconds on the others, which hear of the collector's topic.
/// </summary>
internal sealed class CollectorAuthentication(Db db, TimeProvider clock)
{
    /// <summary>The prefix of a collector's own secret, which grants the scope <c>collect</c>.</summary>
    public const string Prefix = "ihc_";

    private const string TopicPrefix = "collector:";

    private readonly ReadCache<string, KnownCollector> _known = new(clock, TimeSpan.FromMinutes(10));

    /// <summary>Raised when a collector was revoked or registered again: connections that use its old secret must end.</summary>
    public event Action<Guid>? Forgotten;

    public ValueTask<KnownCollector?> FindAsync(string secret, CancellationToken ct) =>
        _known.GetAsync(Secrets.Hash(secret), (hash, stop) => db.ReadAsync(sql => LoadAsync(sql, hash), stop), ct);

    /// <summary>Whether the collector is cached: this process found it before, and it was not revoked here since.</summary>
    public bool Knows(string secret) => _known.Has(Secrets.Hash(secret));

    public void Forget(Guid collectorId)
    {
        _known.Forget(c => c.Id == collectorId);
        Forgotten?.Invoke(collectorId);
    }

    /// <summary>The topic of what is cached of a collector.</summary>
    public static string TopicOf(Guid collectorId) => TopicPrefix + collectorId;

    /// <summary>Forgets the collectors that another node changed.</summary>
    /// <param name="topics">Null: any may have been changed.</param>
    public void Forget(IReadOnlyCollection<string>? topics)
    {
        if (topics is null) _known.Forget(_ => true);
        foreach (var topic in topics ?? [])
        {
            if (topic.StartsWith(TopicPrefix, StringComparison.Ordinal)) Forget(Guid.Parse(topic[TopicPrefix.Length..]));
        }
    }

    private static async Task<KnownCollector?> LoadAsync(ISql sql, string hash)
    {
        if (await sql.FirstOrDefaultAsync<CollectorRow>("Collector_BySecret", new { SecretHash = hash }) is not { RevokedAt: null } row)
            return null;
        var programs = await sql.QueryAsync<EnrolmentRow>("Collector_Enrolments", new { CollectorId = row.Id });
        var key = new CollectorKey(row.PublicX, row.PublicY).Open()
            ?? throw new InvalidOperationException("A stored public key is not a point on its curve.");
        return new(row.Id, row.InstanceName, row.Bucket, key,
            programs.ToDictionary(p => p.ProgramId, p => new Enrolment(p.Region, Names.Split(p.Categories))));
    }

    private sealed record CollectorRow
    {
        public required Guid Id { get; init; }
        public required string InstanceName { get; init; }
        public required string PublicX { get; init; }
        public required string PublicY { get; init; }
        public required int Bucket { get; init; }
        public required DateTimeOffset? RevokedAt { get; init; }
    }

    private sealed record EnrolmentRow
    {
        public required Guid ProgramId { get; init; }
        public required string? Region { get; init; }
        public required string Categories { get; init; }
    }
}

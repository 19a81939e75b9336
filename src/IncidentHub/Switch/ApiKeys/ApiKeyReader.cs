using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Switch.ApiKeys;

/// <summary>
/// Published reader: keys by their secret, inside a transaction. Outside of transactions, use <see cref="ApiKeyAuthentication"/>.
/// </summary>
internal static class ApiKeyReader
{
    /// <summary>The key with this secret, or null where it is unknown, revoked or expired.</summary>
    public static async Task<KnownKey?> FindAsync(ISql sql, string secret, DateTimeOffset now) =>
        await ByHashAsync(sql, Secrets.Hash(secret)) is { } key && key.ExpiresAt > now ? key : null;

    /// <summary>Counts a further collector of the key. False where it has as many as it may have.</summary>
    public static async Task<bool> EnrolAsync(UnitOfWork tx, Guid keyId) => await tx.ExecuteAsync("ApiKey_Enrol", new { Id = keyId }) == 1;

    /// <summary>The hashes of all secrets that are valid now.</summary>
    public static async Task<IReadOnlyList<string>> HashesAsync(ISql sql, DateTimeOffset now) =>
        [.. (await sql.QueryAsync<HashRow>("ApiKey_Hashes", new { Now = now })).Select(r => r.KeyHash)];

    /// <summary>
    /// How many keys have read this program's flag within the last day. Such readers cache the flag: they are not bounded.
    /// </summary>
    public static Task<int> ReadersAsync(ISql sql, Guid programId, DateTimeOffset since, DateTimeOffset now) =>
        sql.ScalarAsync<int>("ApiKey_Readers", new { ProgramId = programId, Since = since, Now = now });

    internal static async Task<KnownKey?> ByHashAsync(ISql sql, string hash)
    {
        if (await sql.FirstOrDefaultAsync<ApiKeyRow>("ApiKey_ByHash", new { KeyHash = hash }) is not { RevokedAt: null } row) return null;
        var programs = await ProgramIdsAsync(sql, row.Id);
        return new(row.Id, row.Name, row.Granted, programs.Count == 0 ? null : programs.ToHashSet(), row.CreatedById, row.Region,
            Names.Split(row.Categories), row.ValidUntil, row.Networks is null ? null : NetworkList.Parse(Names.Split(row.Networks)));
    }

    internal static async Task<IReadOnlyList<Guid>> ProgramIdsAsync(ISql sql, Guid keyId) =>
        [.. (await sql.QueryAsync<ProgramIdRow>("ApiKeyProgram_OfKey", new { ApiKeyId = keyId })).Select(r => r.ProgramId)];

    private sealed record HashRow
    {
        public required string KeyHash { get; init; }
    }

    private sealed record ProgramIdRow
    {
        public required Guid ProgramId { get; init; }
    }
}

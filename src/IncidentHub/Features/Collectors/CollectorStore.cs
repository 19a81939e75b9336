using IncidentHub.Features.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Collectors;

/// <summary>Reads collectors and their keys.</summary>
internal static class CollectorStore
{
    public static Task<EnrolmentKeyRow?> KeyAsync(ISql sql, Guid id) => sql.FirstOrDefaultAsync<EnrolmentKeyRow>("EnrolmentKey_ById", new { Id = id });

    /// <summary>The key that this secret is, where it can still register.</summary>
    public static async Task<EnrolmentKeyRow?> UsableKeyAsync(ISql sql, string secret, DateTimeOffset now) =>
        await sql.FirstOrDefaultAsync<EnrolmentKeyRow>("EnrolmentKey_ByHash", new { KeyHash = Secrets.Hash(secret) }) is { RevokedAt: null } key && key.ExpiresAt > now ? key : null;

    public static async Task<IReadOnlyList<ProgramFacts>> KeyProgramsAsync(ISql sql, ProgramReader programs, Guid keyId)
    {
        var found = new List<ProgramFacts>();
        foreach (var row in await sql.QueryAsync<ProgramIdRow>("EnrolmentKey_Programs", new { EnrolmentKeyId = keyId }))
        {
            if (await programs.FindAsync(sql, row.ProgramId) is { } program) found.Add(program);
        }
        return found;
    }

    private sealed record ProgramIdRow
    {
        public required Guid ProgramId { get; init; }
    }
}

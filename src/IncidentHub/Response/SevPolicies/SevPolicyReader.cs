using IncidentHub.Domain.Severity;
using System.Collections.Concurrent;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.SevPolicies;

/// <summary>Published reader: the current SEV policy, and the versions that apply to earlier cycles.</summary>
internal sealed class SevPolicyReader
{
    // A version is immutable, so each is read once.
    private readonly ConcurrentDictionary<int, SevPolicy> _versions = new();

    public async Task<SevPolicy> CurrentAsync(ISql sql) => await VersionAsync(sql, await SevPolicyStore.NewestAsync(sql));

    /// <summary>All versions, the newest first.</summary>
    public Task<IReadOnlyList<PolicyVersion>> VersionsAsync(ISql sql) => SevPolicyStore.VersionsAsync(sql);

    /// <summary>Null if there is no such version.</summary>
    public Task<SevPolicy?> FindAsync(ISql sql, int version) => SevPolicyStore.FindAsync(sql, version);

    /// <summary>Throws <see cref="KeyNotFoundException"/> for a version that no cycle can have.</summary>
    public async Task<SevPolicy> VersionAsync(ISql sql, int version)
    {
        if (_versions.TryGetValue(version, out var known)) return known;
        var policy = await SevPolicyStore.FindAsync(sql, version)
            ?? throw new KeyNotFoundException($"There is no version {version} of the SEV policy.");
        // Not cached inside a transaction, because the newest version may still be rolled back.
        if (sql is not UnitOfWork) _versions[version] = policy;
        return policy;
    }
}

using System.Security.Cryptography;
using System.Text;
using IncidentHub.Access.Identity;
using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Concurrency;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.ApiKeys;

/// <summary>
/// Machine clients of an identity provider as keys: what a key of the hub has in its row, they have in the configuration. The programs are
/// looked up by their codes, which never change their meaning.
/// </summary>
internal sealed class MachineClients(Db db, ProgramReader programs, MachineTokens tokens, TimeProvider clock)
{
    private readonly ReadCache<MachineSettings, IReadOnlySet<Guid>> _programs = new(clock, TimeSpan.FromSeconds(10));

    /// <summary>Null: no valid token of a configured client. A client all of whose programs are unknown reaches none.</summary>
    public async ValueTask<KnownKey?> FindAsync(HttpContext http, CancellationToken ct)
    {
        if (await tokens.FindAsync(http) is not { } client) return null;
        var settings = client.Settings;
        var limited = settings.Programs.Length == 0 ? null : await _programs.GetAsync(settings, ProgramsAsync, ct);
        return new(IdOf(client), $"{client.Provider}/{settings.ClientId}", ScopeWords.Parse(settings.Scopes)!.Value, limited, Guid.Empty,
            settings.Region, settings.Categories, client.ExpiresAt);
    }

    private Task<IReadOnlySet<Guid>?> ProgramsAsync(MachineSettings settings, CancellationToken ct) => db.ReadAsync<IReadOnlySet<Guid>?>(
        async sql =>
        {
            var found = new HashSet<Guid>();
            foreach (var code in settings.Programs)
            {
                if (await programs.FindByCodeAsync(sql, code) is { } program) found.Add(program.Id);
            }
            return found;
        },
        ct);

    // The same for every token of the client, on every node: limits and records are the client's.
    private static Guid IdOf(MachineClient client) => new(SHA256.HashData(
        Encoding.UTF8.GetBytes($"machine client {client.Provider} {client.Settings.ClientId} {client.Settings.Audience}")).AsSpan(0, 16));
}

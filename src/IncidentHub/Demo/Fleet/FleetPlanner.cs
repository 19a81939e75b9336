using System.Security.Cryptography;
using System.Text;
using IncidentHub.Collector;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.ApiKeys;
using IncidentHub.Switch.Collectors;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;
using Microsoft.Extensions.Options;

namespace IncidentHub.Demo.Fleet;

/// <summary>
/// Decides which sample collectors run. Their key pairs are stored next to the database: those enrolled in it continue, the others are
/// new and are enrolled with keys that the program's owner creates, as in manual enrolment.
/// </summary>
internal sealed class FleetPlanner(
    FleetOptions options,
    Db db,
    ProgramReader programs,
    CollectorQueries collectors,
    ApiKeyCommands keys,
    Connections connections,
    IOptions<KeysOptions> masterKey)
{
    private const string Program = "MCI";

    private static readonly TimeSpan AcknowledgeAfter = TimeSpan.FromSeconds(15), HangsOn = TimeSpan.FromSeconds(10);

    private static readonly Installation Workstation = new("workstations", "ws", "1.4.2", []);
    private static readonly Installation Browser = new("browsers", "browser", "2.1.0", ["clicks", "mouse-movements"]);

    private string Root => Path.Combine(
        Path.GetDirectoryName(connections.DatabaseFile ?? Path.GetFullPath(masterKey.Value.MasterKeyFile))!, "demo-collectors");

    /// <summary>Null if there is no such program.</summary>
    public async Task<FleetPlan?> PlanAsync(Uri hub, CancellationToken ct)
    {
        if (await db.ReadAsync(sql => programs.FindByCodeAsync(sql, Program), ct) is not { } program) return null;
        var known = await KnownAsync(ct);
        var made = new Dictionary<(Installation, string?), string>();
        var members = new List<FleetMember>();
        for (var n = 1; n <= options.Collectors; n++)
        {
            var installation = n % 3 == 0 ? Browser : Workstation;
            var region = program.Regions.Count == 0 ? null : program.Regions[n % program.Regions.Count];
            var folder = Path.Combine(Root, $"{n:D3}");
            string? key = null;
            if (await IdAsync(hub, folder) is { } id && known.TryGetValue(id, out var isRevoked))
            {
                // It was revoked: it is not started again.
                if (isRevoked) continue;
            }
            else
            {
                // Its state is from a deleted database: it has seen higher epochs than this one has, and would reject every permit.
                if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
                if (!made.TryGetValue((installation, region), out key))
                    made[(installation, region)] = key = await KeyAsync(installation, region, ct);
            }
            var name = $"{installation.Prefix}-{20_000 + (n * 373 % 9000)}";
            members.Add(new(name, Host(n), installation.Version, folder, BehaviourOf(n), key));
        }
        return new(hub, program.Code, AcknowledgeAfter, Guarantee.Bound(program.Ttl, program.GracePeriod) + HangsOn, members);
    }

    // Each keeps its behaviour regardless of the total number.
    private static SampleBehaviour BehaviourOf(int n) => n switch
    {
        2 => SampleBehaviour.Slow,
        4 => SampleBehaviour.Hangs,
        _ => SampleBehaviour.Prompt,
    };

    private static async Task<Guid?> IdAsync(Uri hub, string folder)
    {
        if (!Directory.Exists(folder)) return null;
        await using var client = new CollectorClient(
            new CollectorOptions { Hub = hub, Programs = [Program], StateFolder = folder, InstanceName = "", HostPseudonym = "" });
        return client.CollectorId;
    }

    /// <summary>The collectors in the database, and whether each is revoked.</summary>
    private async Task<Dictionary<Guid, bool>> KnownAsync(CancellationToken ct)
    {
        var known = new Dictionary<Guid, bool>();
        string? cursor = null;
        do
        {
            var page = DemoScript.Must(await collectors.OfProgramAsync(Program, cursor, null, DemoScript.Owner, ct));
            foreach (var row in page.Items) known[row.Id] = row.RevokedAt is not null;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return known;
    }

    // Valid for a day: it is needed for the first registration only.
    private async Task<string> KeyAsync(Installation installation, string? region, CancellationToken ct)
    {
        var name = $"Sample {installation.Name}{(region is null ? "" : $", {region}")}";
        var command = new CreateApiKey(name, Scopes.Enrol, [Program], region, installation.Categories, ValidDays: 1);
        return DemoScript.Must(await keys.CreateAsync(command, DemoScript.Owner, ct)).Secret;
    }

    private static string Host(int n) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"sample host {n}")))[..12];

    /// <param name="Categories">The categories it is enrolled for; empty for all categories of the program.</param>
    private sealed record Installation(string Name, string Prefix, string Version, IReadOnlyList<string> Categories);
}

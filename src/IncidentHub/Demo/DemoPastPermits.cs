using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using Microsoft.AspNetCore.WebUtilities;

namespace IncidentHub.Demo;

/// <summary>
/// What no command can do: the permits of the past. Collectors that held permits when a pause became active, and whose permits then
/// expired: each is stopped by permit expiry. None has acknowledged, because their private keys are not available and no signature is
/// fabricated. Everything else in the story is a command.
/// </summary>
internal sealed class DemoPastPermits(ProgramReader programs, PauseReader pauses, StopProofs proofs)
{
    private const int PerProgram = 48;
    private readonly Dictionary<string, IReadOnlyList<Guid>> _enrolled = [];

    /// <summary>All of the program's collectors have just renewed.</summary>
    /// <param name="lifetime">The lifetime of their permits, where it was another than today.</param>
    public async Task RenewAsync(UnitOfWork tx, string code, TimeSpan? lifetime = null)
    {
        var program = (await programs.FindByCodeAsync(tx, code))!;
        if (!_enrolled.TryGetValue(code, out var collectors)) _enrolled[code] = collectors = await EnrolAsync(tx, program);
        var (epoch, ttl) = (await ProgramSwitch.EpochAsync(tx, program.Id), lifetime ?? program.Ttl);
        // Spread over one renewal interval: the last permit to be renewed is the last to expire.
        var permits = collectors.Select((id, n) => (Id: id, Iat: tx.Now - (program.Renewal * n / PerProgram))).ToList();
        await ProgramSwitch.RenewAsync(tx, program.Id, epoch, permits.Max(p => p.Iat) + ttl);
        await tx.ExecuteAsync("CollectorProgram_Renew", new
        {
            Rows = JsonSerializer.Serialize(permits.Select(p => new
            {
                c = p.Id,
                p = program.Id,
                jti = OrderedId.Next(p.Iat).ToString("N"),
                iat = DapperSetup.TimeText(p.Iat),
                exp = DapperSetup.TimeText(p.Iat + ttl),
                epoch,
                permitted = Names.Join(program.Categories),
                seen = epoch,
                seq = 1,
            })),
            tx.Now,
        });
    }

    /// <summary>The permits have expired: the stop is proven.</summary>
    public async Task ProveAsync(UnitOfWork tx, string code)
    {
        var program = (await programs.FindByCodeAsync(tx, code))!;
        foreach (var pause in (await pauses.OpenOfProgramAsync(tx, program.Id))
            .Where(p => p.Status == PauseStatus.Active && p.FullyStoppedAt is null)) await proofs.AssureAsync(tx, program, pause, tx.Now);
    }

    private static async Task<IReadOnlyList<Guid>> EnrolAsync(UnitOfWork tx, ProgramFacts program)
    {
        var key = OrderedId.Next(tx.Now);
        await tx.ExecuteAsync("ApiKey_Insert", new
        {
            Id = key,
            Name = "fleet roll-out",
            KeyHash = Digest($"key {program.Code}"),
            Scopes = "enrol",
            Region = program.Regions[0],
            Categories = "",
            CreatedAt = tx.Now.AddDays(-20),
            CreatedById = program.OwnerId,
            CreatedByName = program.OwnerName,
            ExpiresAt = tx.Now.AddDays(1),
            Networks = (string?)null,
            MaxCollectors = ApiKeyRules.DefaultCollectors,
        });
        await tx.ExecuteAsync("ApiKeyProgram_Insert", new { ApiKeyId = key, ProgramId = program.Id });
        await tx.RecordAsync(Actor.System, new JournalEntry
        {
            Action = "key.created",
            Subject = "key fleet roll-out",
            Detail = new { key },
        });
        await ProgramSwitch.EnsureAsync(tx, program);
        var ids = new List<Guid>();
        for (var n = 1; n <= PerProgram; n++)
        {
            var name = $"{program.Code} {n}";
            var collector = new
            {
                Id = OrderedId.Next(tx.Now),
                Thumbprint = Digest($"thumbprint {name}"),
                PublicX = Coordinate($"x {name}"),
                PublicY = Coordinate($"y {name}"),
                SecretHash = Digest($"secret {name}"),
                InstanceName = $"ws-{10_000 + (n * 373 % 9000)}",
                HostPseudonym = Digest($"host {name}")[..12],
                AppVersion = "1.4.2",
                Bucket = n * 10_000 / (PerProgram + 1),
                tx.Now,
            };
            await tx.ExecuteAsync("Collector_Insert", collector);
            await tx.ExecuteAsync("CollectorProgram_Insert",
                new
                {
                    CollectorId = collector.Id,
                    ProgramId = program.Id,
                    EnrolmentKeyId = key,
                    Region = program.Regions[0],
                    Categories = ""
                });
            ids.Add(collector.Id);
        }
        return ids;
    }

    private static string Digest(string of) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("demo " + of)));

    private static string Coordinate(string of) => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes("demo " + of)));
}

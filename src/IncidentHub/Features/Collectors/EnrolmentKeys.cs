using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Features.Audit;
using IncidentHub.Features.Pauses;
using IncidentHub.Features.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Collectors;

/// <summary>A key that can do one thing: register collectors for these programs, with this region and these categories.</summary>
/// <param name="Categories">Empty for all that the programs collect.</param>
internal sealed record CreateEnrolmentKey(IReadOnlyList<string> ProgramCodes, string? Name, string? Region, IReadOnlyList<string>? Categories, int? ValidDays);

/// <param name="Key">The secret, told this once.</param>
internal sealed record CreatedEnrolmentKey(Guid Id, string Key, EnrolmentKeyRow Row);

internal sealed record RevokeEnrolmentKey(Guid Id);

internal sealed class EnrolmentKeyHandler(Db db, ProgramReader programs)
{
    public const int DefaultDays = 30, MaxDays = 366, MaxPrograms = 20;

    public Task<Result<CreatedEnrolmentKey>> HandleAsync(CreateEnrolmentKey command, Actor actor, CancellationToken ct = default) => db.WriteAsync<CreatedEnrolmentKey>(
        async tx =>
        {
            if (AccessTable.Deny(actor, Act.ReadPrograms) is { } blind) return blind;
            var (found, refusal) = await ProgramsAsync(tx, command.ProgramCodes, actor);
            if (refusal is not null) return refusal;
            var days = command.ValidDays ?? DefaultDays;
            var region = string.IsNullOrWhiteSpace(command.Region) ? null : Regions.Key(command.Region);
            var categories = (command.Categories ?? []).Select(c => DataCategories.Key(c ?? "")).Where(c => c.Length > 0).Distinct().ToList();
            var check = new Validation().Text(command.Name, "name", 100)
                .Check(days is >= 1 and <= MaxDays, "validDays", $"Between 1 and {MaxDays}.")
                .Check(region is null || found.All(p => p.Regions.Any(r => RegionMatch.Reaches(r, region))), "region", "Not a region of every one of these programs.")
                .Check(categories.Count <= PauseScope.MaxNames && categories.All(c => found.Any(p => p.Categories.Contains(c))), "categories", "Name only categories that the programs collect.");
            if (check.ToRefusal() is { } invalid) return invalid;

            var key = Secrets.Make(Secrets.EnrolmentPrefix);
            var row = new EnrolmentKeyRow
            {
                Id = Guid.CreateVersion7(tx.Now), Name = command.Name!.Trim(), Region = region, Categories = Names.Join(categories), CreatedAt = tx.Now, CreatedByName = actor.Name,
                ExpiresAt = tx.Now.AddDays(days), RevokedAt = null,
            };
            await tx.ExecuteAsync("EnrolmentKey_Insert", new { row.Id, row.Name, KeyHash = Secrets.Hash(key), row.Region, row.Categories, row.CreatedAt, CreatedById = actor.Id, row.CreatedByName, row.ExpiresAt });
            await tx.ExecuteAsync("EnrolmentKeyProgram_Insert", found.Select(p => new { EnrolmentKeyId = row.Id, ProgramId = p.Id }).ToList());
            await AuditWriter.AppendAsync(tx, actor, "enrolment-key.created", $"enrolment key {row.Name}", new { row.Id, Programs = found.Select(p => p.Code), row.Region, categories, row.ExpiresAt });
            foreach (var program in found) tx.Touch($"program:{program.Id}");
            return new CreatedEnrolmentKey(row.Id, key, row);
        },
        ct: ct);

    public Task<Result<Done>> HandleAsync(RevokeEnrolmentKey command, Actor actor, CancellationToken ct = default) => db.WriteAsync<Done>(
        async tx =>
        {
            if (await CollectorStore.KeyAsync(tx, command.Id) is not { } key) return Refusal.NotFound("The enrolment key");
            var found = await CollectorStore.KeyProgramsAsync(tx, programs, key.Id);
            // Whoever may make keys for one of its programs may end it: ending is the safe direction.
            if (!found.Any(p => AccessTable.Allows(actor, Act.ManageKeys, p.Relation(actor)))) return Refusal.NotFound("The enrolment key");
            if (await tx.ExecuteAsync("EnrolmentKey_Revoke", new { key.Id, tx.Now, ByName = actor.Name }) == 0) return default(Done);
            await AuditWriter.AppendAsync(tx, actor, "enrolment-key.revoked", $"enrolment key {key.Name}", new { key.Id });
            foreach (var program in found) tx.Touch($"program:{program.Id}");
            return default(Done);
        },
        ct: ct);

    private async Task<(IReadOnlyList<ProgramFacts> Found, Refusal? Refusal)> ProgramsAsync(ISql sql, IReadOnlyList<string> codes, Actor actor)
    {
        if (codes.Count is 0 or > MaxPrograms) return ([], Refusal.Invalid("programs", $"Name 1 to {MaxPrograms} programs."));
        var found = new List<ProgramFacts>();
        foreach (var code in codes.Distinct())
        {
            if (await programs.FindByCodeAsync(sql, code ?? "") is not { } program) return ([], Refusal.NotFound("The program"));
            if (AccessTable.Deny(actor, Act.ManageKeys, program.Relation(actor)) is { } denied) return ([], denied);
            if (program.Lifecycle == ProgramLifecycle.Terminated) return ([], Refusal.NotAllowed("program_terminated", $"{program.Code} was terminated for good."));
            found.Add(program);
        }
        return (found, null);
    }
}

internal sealed record EnrolmentKeyRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string? Region { get; init; }
    public required string Categories { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedByName { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required DateTimeOffset? RevokedAt { get; init; }
}

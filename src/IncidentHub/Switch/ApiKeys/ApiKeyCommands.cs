using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Switch.ApiKeys;

/// <param name="Scopes">Null where an unknown scope was named.</param>
/// <param name="ProgramCodes">Empty: not limited to programs.</param>
/// <param name="Region">With <c>enrol</c>: the region of its collectors.</param>
/// <param name="Categories">With <c>enrol</c>: the categories that its collectors may collect; empty for all of the programs.</param>
internal sealed record CreateApiKey(string? Name, Scopes? Scopes,
    IReadOnlyList<string> ProgramCodes, string? Region, IReadOnlyList<string>? Categories, int? ValidDays)
{
    /// <summary>In CIDR notation; null or empty: usable from everywhere.</summary>
    public IReadOnlyList<string?>? Networks { get; init; }

    /// <summary>With <c>enrol</c>: how many collectors may register with it.</summary>
    public int? MaxCollectors { get; init; }
}

/// <param name="OverlapHours">For how long the secret before remains valid; 0: not at all.</param>
/// <param name="ValidDays">From now; null: the key expires when it would have.</param>
internal sealed record RotateApiKey(Guid Id, int? OverlapHours, int? ValidDays);

/// <param name="Secret">Returned only once.</param>
internal sealed record CreatedApiKey(ApiKeyRow Row, string Secret);

/// <summary>Changes of API keys, of machines and of people.</summary>
internal sealed class ApiKeyCommands(Db db, ProgramReader programs, ApiKeyAuthentication authentication)
{
    public Task<Result<CreatedApiKey>> CreateAsync(CreateApiKey command, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<CreatedApiKey>(
        async tx =>
        {
            if (AccessTable.Deny(actor, Act.MakeOwnKey) is { } denied) return denied;
            var region = string.IsNullOrWhiteSpace(command.Region) ? null : Regions.Key(command.Region);
            var categories = DataCategories.Keys(command.Categories ?? []);
            var days = command.ValidDays ?? ApiKeyRules.DefaultDays;
            var check = ApiKeyRules.Check(command.Name, command.Scopes, command.ProgramCodes.Count,
                region is not null || categories.Count > 0, days);
            var networks = NetworkList.Parse(command.Networks ?? []);
            ApiKeyRules.CheckLimits(check, command.Scopes ?? Scopes.None, networks, command.MaxCollectors);
            if (check.ToRefusal() is { } wrong) return wrong;
            var scopes = command.Scopes!.Value;
            var (found, refusal) = await ProgramsAsync(tx, command.ProgramCodes, actor);
            if (refusal is not null) return refusal;
            if (found.Count == 0 && AccessTable.Deny(actor, ApiKeyRules.ActFor(scopes)) is { } notAll) return notAll;
            check.Check(region is null || found.All(p => p.Regions.Any(r => RegionMatch.Reaches(r, region))), "region",
                "This is not a region of all of these programs.")
                .Check(categories.Count <= PauseScope.MaxNames && categories.All(c => found.Any(p => p.Categories.Contains(c))),
                    "categories", "Name only categories that the programs collect.");
            if (check.ToRefusal() is { } invalid) return invalid;

            var secret = Secrets.Make(ApiKeyAuthentication.Prefix);
            var row = new ApiKeyRow
            {
                Id = OrderedId.Next(tx.Now),
                Name = command.Name!.Clean(),
                Scopes = Names.Join(scopes.Words()),
                Region = region,
                Categories = Names.Join(categories),
                CreatedAt = tx.Now,
                CreatedById = actor.Id,
                CreatedByName = actor.Name,
                ExpiresAt = tx.Now.AddDays(days),
                RevokedAt = null,
                LastUsedAt = null,
                Networks = networks!.Texts.Count == 0 ? null : Names.Join(networks.Texts),
                MaxCollectors = command.MaxCollectors ?? ApiKeyRules.DefaultCollectors,
            };
            await tx.ExecuteAsync("ApiKey_Insert", new
            {
                row.Id,
                row.Name,
                KeyHash = Secrets.Hash(secret),
                row.Scopes,
                row.Region,
                row.Categories,
                row.CreatedAt,
                row.CreatedById,
                row.CreatedByName,
                row.ExpiresAt,
                row.Networks,
                row.MaxCollectors,
            });
            await tx.ExecuteAsync("ApiKeyProgram_Insert", found.Select(p => new { ApiKeyId = row.Id, ProgramId = p.Id }).ToList());
            await tx.RecordAsync(actor, ApiKeyHistory.Created(row, found));
            return new CreatedApiKey(row, secret);
        },
        ct: ct);

    /// <summary>
    /// Gives the key a new secret, which works at once. The secret before remains valid for the overlap, one before that ends now.
    /// </summary>
    public async Task<Result<CreatedApiKey>> RotateAsync(RotateApiKey command, Actor actor, CancellationToken ct = default)
    {
        var rotated = await db.WriteAsync<CreatedApiKey>(
            async tx =>
            {
                if (AccessTable.Deny(actor, Act.MakeOwnKey) is { } denied) return denied;
                if (await tx.FirstOrDefaultAsync<ApiKeyRow>("ApiKey_ById", new { command.Id }) is not { } key)
                    return Refusal.NotFound("The key");
                var found = await ProgramsOfAsync(tx, key.Id);
                if (!MayMake(actor, key, found)) return Refusal.NotFound("The key");
                var overlap = command.OverlapHours ?? ApiKeyRules.DefaultOverlapHours;
                if (ApiKeyRules.CheckRotation(overlap, command.ValidDays).ToRefusal() is { } invalid) return invalid;
                if (key.RevokedAt is not null || key.ExpiresAt <= tx.Now)
                    return Refusal.NotAllowed("key_ended", "The key was revoked or has expired. Make a new one.");
                var secret = Secrets.Make(ApiKeyAuthentication.Prefix);
                var next = key with
                {
                    OldKeyUntil = tx.Now.AddHours(overlap),
                    RotatedAt = tx.Now,
                    ExpiresAt = command.ValidDays is { } days ? tx.Now.AddDays(days) : key.ExpiresAt,
                };
                if (await tx.ExecuteAsync("ApiKey_Rotate",
                    new { next.Id, KeyHash = Secrets.Hash(secret), next.OldKeyUntil, tx.Now, next.ExpiresAt }) == 0)
                    throw new ConcurrencyConflictException("The key");
                await tx.RecordAsync(actor, ApiKeyHistory.Rotated(next, found));
                return new CreatedApiKey(next, secret);
            },
            ct: ct);
        if (rotated.IsOk) authentication.Forget(command.Id);
        return rotated;
    }

    public async Task<Result<Done>> RevokeAsync(Guid id, Actor actor, CancellationToken ct = default)
    {
        var revoked = await db.WriteAsync<Done>(
            async tx =>
            {
                if (await tx.FirstOrDefaultAsync<ApiKeyRow>("ApiKey_ById", new { Id = id }) is not { } key)
                    return Refusal.NotFound("The key");
                var found = await ProgramsOfAsync(tx, key.Id);
                if (!MayEnd(actor, key, found)) return Refusal.NotFound("The key");
                if (await tx.ExecuteAsync("ApiKey_Revoke", new { key.Id, tx.Now, ByName = actor.Name }) == 0) return default(Done);
                await tx.RecordAsync(actor, ApiKeyHistory.Revoked(key, found));
                return default(Done);
            },
            ct: ct);
        if (revoked.IsOk) authentication.Forget(id);
        return revoked;
    }

    // Revoking is the safe direction: permitted to administrators, to everybody who may create keys for one of its programs, and to the
    // owner of a personal key.
    private static bool MayEnd(Actor actor, ApiKeyRow key, IReadOnlyList<ProgramFacts> programs) =>
        AccessTable.Allows(actor, Act.ManageKeys)
        || programs.Any(p => AccessTable.Allows(actor, Act.ManageKeys, p.Relation(actor)))
        || (ApiKeyRules.ActsAsOwner(key.Granted) && key.CreatedById == actor.Id);

    // Whoever may make such a key may give it a new secret: for each of its programs, and a personal one its owner only.
    private static bool MayMake(Actor actor, ApiKeyRow key, IReadOnlyList<ProgramFacts> programs) =>
        ApiKeyRules.ActsAsOwner(key.Granted) ? key.CreatedById == actor.Id
        : AccessTable.Allows(actor, Act.ManageKeys)
            || (programs.Count > 0 && programs.All(p => AccessTable.Allows(actor, Act.ManageKeys, p.Relation(actor))));

    private async Task<IReadOnlyList<ProgramFacts>> ProgramsOfAsync(ISql sql, Guid keyId)
    {
        var found = new List<ProgramFacts>();
        foreach (var programId in await ApiKeyReader.ProgramIdsAsync(sql, keyId)) found.Add((await programs.FindAsync(sql, programId))!);
        return found;
    }

    private async Task<(IReadOnlyList<ProgramFacts> Found, Refusal? Refusal)> ProgramsAsync(
        ISql sql, IReadOnlyList<string> codes, Actor actor)
    {
        var found = new List<ProgramFacts>();
        foreach (var code in codes)
        {
            if (await programs.FindByCodeAsync(sql, code ?? "") is not { } program) return ([], Refusal.NotFound("The program"));
            if (AccessTable.Deny(actor, Act.ManageKeys, program.Relation(actor)) is { } denied) return ([], denied);
            if (program.Lifecycle == ProgramLifecycle.Terminated)
                return ([], Refusal.NotAllowed("program_terminated", $"{program.Code} was terminated permanently."));
            // Named twice, or in two cases.
            if (found.All(p => p.Id != program.Id)) found.Add(program);
        }
        return (found, null);
    }
}

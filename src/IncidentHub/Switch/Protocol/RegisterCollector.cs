using IncidentHub.Domain.Access;
using IncidentHub.Switch.ApiKeys;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;
using IncidentHub.Switch.Collectors;
using IncidentHub.Platform.Tokens;

namespace IncidentHub.Switch.Protocol;

/// <summary>Registers a collector with an enrolment key, after it has proven that it holds its private key.</summary>
/// <param name="Key">The secret of a key of the hub, which is read again in the transaction; null for a machine client.</param>
/// <param name="Enrolment">As it was authenticated.</param>
internal sealed record RegisterCollector(string? Key, KnownKey Enrolment, string? InstanceName, string? HostPseudonym, string? Version,
    CollectorKey PublicKey, string? Proof);

internal sealed record RegisteredCollector(Guid Id, string Secret);

internal sealed class RegisterCollectorHandler(Db db, ProgramReader programs, StopReports reports,
    CollectorAuthentication authentication, HubTokens tokens, TimeProvider clock)
{
    private static readonly TimeSpan ChallengeLives = TimeSpan.FromMinutes(2);

    /// <summary>The data that the collector signs: valid for a short time only, so that an old proof is worthless.</summary>
    public string Challenge(KnownKey key)
    {
        var now = clock.GetUtcNow();
        return tokens.Sign(TokenTypes.Challenge, w =>
        {
            w.WriteString("sub", key.Id.ToString());
            w.WriteString("jti", OrderedId.Next(now).ToString("N"));
            w.WriteNumber("exp", (now + ChallengeLives).ToUnixTimeSeconds());
        });
    }

    public async Task<Result<RegisteredCollector>> HandleAsync(RegisterCollector command, CancellationToken ct = default)
    {
        var check = new Validation().Line(command.InstanceName, "instanceName", 100).Line(command.HostPseudonym, "hostPseudonym", 100)
            .Line(command.Version, "version", 50);
        using var key = command.PublicKey.Open();
        check.Check(key is not null, "publicKey", "A P-256 public key as JWK: kty EC, crv P-256, x and y of 32 bytes in base64url.");
        if (check.ToRefusal() is { } invalid) return invalid;
        var challenge = HubTokens.Verify(command.Proof, TokenTypes.Enrol, key!) is { } proof
            ? tokens.Verify(proof.Text("challenge"), TokenTypes.Challenge) : null;
        if (challenge is null)
            return Refusal.Invalid("proof", "Sign a fresh challenge with the private half of this public key (typ ih-enrol+jwt).");

        var registered = await db.WriteAsync<RegisteredCollector>(
            async tx =>
            {
                var known = command.Key is null ? command.Enrolment : await ApiKeyReader.FindAsync(tx, command.Key, tx.Now);
                if (known is not { } enrolment || !enrolment.Has(Scopes.Enrol) || enrolment.ExpiresAt <= tx.Now)
                    return Refusal.Forbidden("This key is unknown, revoked or expired, or may not enrol.");
                if (challenge.Value.Text("sub") != enrolment.Id.ToString() || challenge.Value.Number("exp") <= tx.Now.ToUnixTimeSeconds())
                    return Refusal.Invalid("proof", "The challenge has expired or belongs to another key. Ask for a new one.");
                return await SaveAsync(tx, command, enrolment);
            },
            ct: ct);
        if (registered.IsOk) authentication.Forget(registered.Value.Id);
        return registered;
    }

    private async Task<Result<RegisteredCollector>> SaveAsync(UnitOfWork tx, RegisterCollector command, KnownKey enrolment)
    {
        var hex = Convert.ToHexStringLower(command.PublicKey.Thumbprint());
        var known = await tx.FirstOrDefaultAsync<KnownRow>("Collector_ByThumbprint", new { Thumbprint = hex });
        if (known is { RevokedAt: not null }) return Refusal.Forbidden("This collector was revoked. A new key pair is a new collector.");
        if (known is null && !await ApiKeyReader.EnrolAsync(tx, enrolment.Id))
            return Refusal.NotAllowed("too_many_collectors",
                "As many collectors have registered with this key as it allows. Make another key.");
        var secret = Secrets.Make(CollectorAuthentication.Prefix);
        var row = new
        {
            Id = known?.Id ?? OrderedId.Next(tx.Now),
            Thumbprint = hex,
            PublicX = command.PublicKey.X,
            PublicY = command.PublicKey.Y,
            SecretHash = Secrets.Hash(secret),
            InstanceName = command.InstanceName!.Clean(),
            HostPseudonym = command.HostPseudonym!.Clean(),
            AppVersion = command.Version!.Clean(),
            Bucket = command.PublicKey.Bucket(),
            tx.Now,
        };
        await tx.ExecuteAsync(known is null ? "Collector_Insert" : "Collector_Update", row);
        if (known is not null) tx.Touch(CollectorAuthentication.TopicOf(known.Id));
        var enrolled = new List<(Guid Id, string Code)>();
        foreach (var id in enrolment.ProgramIds!)
        {
            var program = (await programs.FindAsync(tx, id))!;
            enrolled.Add((program.Id, program.Code));
            await ProgramSwitch.EnsureAsync(tx, program);
            // The population of an active pause is determined by the region that a collector had then.
            if (known is not null) await reports.FixPopulationsAsync(tx, program);
            var at = new
            {
                CollectorId = row.Id,
                ProgramId = program.Id,
                EnrolmentKeyId = enrolment.Id,
                enrolment.Region,
                Categories = Names.Join(enrolment.Categories)
            };
            if (await tx.ExecuteAsync("CollectorProgram_Update", at) == 0) await tx.ExecuteAsync("CollectorProgram_Insert", at);
        }
        var facts = new RegistrationFacts(row.Id, row.InstanceName, row.HostPseudonym, row.AppVersion, enrolment.Region, enrolled);
        await tx.RecordAsync(enrolment.Actor, ProtocolHistory.Registered(facts, again: known is not null));
        return new RegisteredCollector(row.Id, secret);
    }

    private sealed record KnownRow
    {
        public required Guid Id { get; init; }
        public required DateTimeOffset? RevokedAt { get; init; }
    }
}

using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Access.Identity;

/// <summary>A person as administrators see them.</summary>
internal sealed record PersonLine
{
    public required Guid Id { get; init; }
    public required string Account { get; init; }
    public required string DisplayName { get; init; }
    public required string Roles { get; init; }
    public required bool IsActive { get; init; }
    public required string? LentRoles { get; init; }
    public required DateTimeOffset? LentUntil { get; init; }
    public required string? MappedRoles { get; init; }

    /// <summary>As an identity provider states it.</summary>
    public required string? Department { get; init; }
    public required DateTimeOffset? LastSignInAt { get; init; }
    public required DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Null: the password has no second factor.</summary>
    public required DateTimeOffset? AuthenticatorSince { get; init; }
    public required int Passkeys { get; init; }
    public required int Sessions { get; init; }

    public Roles Own => Enum.Parse<Roles>(Roles);

    /// <summary>The roles that the claims of identity providers give.</summary>
    public Roles Mapped => MappedRoles is null ? Domain.Access.Roles.None : Enum.Parse<Roles>(MappedRoles);

    public Roles Lent(DateTimeOffset now) => LentUntil > now ? Enum.Parse<Roles>(LentRoles!) : Domain.Access.Roles.None;
}

/// <summary>An attempt to sign in.</summary>
public sealed record SignInLine
{
    public required DateTimeOffset At { get; init; }
    public required string Outcome { get; init; }
    public required string Method { get; init; }

    /// <summary>What was shown after the password.</summary>
    public required string? SecondFactor { get; init; }
    public required string Address { get; init; }
    public required string Browser { get; init; }
}

/// <summary>A session that has not ended.</summary>
public sealed record SessionLine
{
    public required Guid Id { get; init; }
    public required string Method { get; init; }
    public required string? Provider { get; init; }
    public required string Browser { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }
}

/// <summary>Reads people for administrators, and what each person may read of themselves.</summary>
internal sealed class PeopleQueries(Db db, TimeProvider clock, Microsoft.Extensions.Options.IOptions<IdentitySettings> settings)
{
    private const int MostLines = 20;

    /// <summary>By account, with a prefix of the account or of a word of the name.</summary>
    public async Task<Result<Page<PersonLine>>> ListAsync(string? text, string? cursor, int? limit, Actor viewer, CancellationToken ct)
    {
        if (AccessTable.Deny(viewer, Act.ManagePeople) is { } denied) return denied;
        var after = Cursor.DecodeText("people", cursor);
        if (after.Refusal is { } bad) return bad;
        var size = Cursor.Limit(limit);
        if (size.Refusal is { } wrong) return wrong;
        List<string> options = [.. string.IsNullOrWhiteSpace(text) ? Array.Empty<string>() : ["Text"],
            .. after.Value.Length == 0 ? Array.Empty<string>() : ["After"]];
        var args = new
        {
            After = after.Value,
            AccountStart = LikeText.Prefix(Codes.Lower(text)),
            NameStart = LikeText.Prefix(text),
            WordStart = LikeText.Word(text),
            Now = clock.GetUtcNow(),
            IdleSince = clock.GetUtcNow() - settings.Value.SessionIdle,
            Limit = size.Value + 1,
        };
        var rows = await db.ReadAsync(sql => sql.QueryAsync<PersonLine>("Person_Page", args, [.. options]), ct);
        return Page<PersonLine>.Of(rows, size.Value, "people", r => [r.Account]);
    }

    public async Task<Result<PersonLine>> FindAsync(string account, Actor viewer, CancellationToken ct)
    {
        if (AccessTable.Deny(viewer, Act.ManagePeople) is { } denied) return denied;
        var args = new
        {
            Account = Codes.Lower(account),
            Now = clock.GetUtcNow(),
            IdleSince = clock.GetUtcNow() - settings.Value.SessionIdle,
        };
        return await db.ReadAsync(sql => sql.FirstOrDefaultAsync<PersonLine>("Person_Line", args), ct) is { } line
            ? line : Refusal.NotFound("The person");
    }

    /// <summary>The last attempts to sign in, newest first: one's own, or anybody's for administrators.</summary>
    public async Task<IReadOnlyList<SignInLine>> SignInsAsync(Guid personId, Actor viewer, CancellationToken ct) =>
        MaySee(personId, viewer) ? await db.ReadAsync(sql => sql.QueryAsync<SignInLine>(
            "SignInAttempt_OfPerson", new { PersonId = personId, Limit = MostLines }), ct) : [];

    /// <summary>The sessions that go on, newest first.</summary>
    public async Task<IReadOnlyList<SessionLine>> SessionsAsync(Guid personId, Actor viewer, CancellationToken ct) =>
        MaySee(personId, viewer) ? await db.ReadAsync(sql => sql.QueryAsync<SessionLine>("Session_LinesOfPerson",
            new { PersonId = personId, Now = clock.GetUtcNow(), IdleSince = clock.GetUtcNow() - settings.Value.SessionIdle }), ct) : [];

    private static bool MaySee(Guid personId, Actor viewer) =>
        viewer is { Kind: ActorKind.Person, ThroughKey: false } && (viewer.Id == personId || AccessTable.Allows(viewer, Act.ManagePeople));
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using IncidentHub.Access.Identity;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Obligations;

/// <summary>The calendar of a person.</summary>
/// <param name="Path">Of the new address; null when it is read later, since only its hash is kept.</param>
internal sealed record CalendarFeed(DateTimeOffset CreatedAt, string? Path);

/// <summary>
/// Addresses under which a calendar program reads due times. Whoever has the address can read it without a sign-in, so it shows nothing of
/// restricted incidents, whoever it belongs to.
/// </summary>
internal sealed class CalendarFeeds(Db db, People people)
{
    private const int TokenBytes = 32;

    public Task<CalendarFeed?> OfAsync(Actor actor, CancellationToken ct = default) => db.ReadAsync(
        async sql => await sql.FirstOrDefaultAsync<FeedRow>("CalendarFeed_Of", new { PersonId = actor.Id }) is { } row
            ? new CalendarFeed(row.CreatedAt, null) : null,
        ct);

    /// <summary>Makes a new address; the former one ends.</summary>
    public async Task<Result<CalendarFeed>> MakeAsync(Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.ManageCalendarFeed) is { } denied) return denied;
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        return await db.WriteAsync<CalendarFeed>(
            async tx =>
            {
                await tx.ExecuteAsync("CalendarFeed_Revoke", new { PersonId = actor.Id, tx.Now });
                var feed = new { Id = OrderedId.Next(tx.Now), PersonId = actor.Id, TokenHash = HashOf(token), CreatedAt = tx.Now };
                await tx.ExecuteAsync("CalendarFeed_Insert", feed);
                await tx.RecordAsync(actor,
                    new() { Action = "calendar-feed.made", Subject = $"person {actor.Name}", Detail = new { feed.Id } });
                return new CalendarFeed(tx.Now, $"calendar/{token}/obligations.ics");
            },
            ct: ct);
    }

    public async Task<Result<Done>> RevokeAsync(Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.ManageCalendarFeed) is { } denied) return denied;
        return await db.WriteAsync<Done>(
            async tx =>
            {
                var revoked = await tx.ExecuteAsync("CalendarFeed_Revoke", new { PersonId = actor.Id, tx.Now });
                if (revoked == 0) return Refusal.NotFound("The calendar feed");
                await tx.RecordAsync(actor,
                    new() { Action = "calendar-feed.revoked", Subject = $"person {actor.Name}", Detail = new { revoked } });
                return default(Done);
            },
            ct: ct);
    }

    /// <summary>Whose address this is; null where it is unknown or revoked, or the person may not read incidents any more.</summary>
    public async Task<Actor?> OwnerAsync(string token, CancellationToken ct)
    {
        if (token.Length > 100) return null;
        var row = await db.ReadAsync(
            sql => sql.FirstOrDefaultAsync<OwnerRow>("CalendarFeed_Find", new { TokenHash = HashOf(token) }), ct);
        if (row is null || await people.FindAsync(row.PersonId, ct) is not { IsActive: true } person) return null;
        var actor = new Actor(person.Id, person.DisplayName, person.Roles);
        return AccessTable.Allows(actor, Act.ReadIncidents) ? actor : null;
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private sealed record FeedRow
    {
        public required DateTimeOffset CreatedAt { get; init; }
    }

    private sealed record OwnerRow
    {
        public required Guid PersonId { get; init; }
    }
}

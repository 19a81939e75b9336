using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>Published queries: which restricted incidents were opened by break-glass.</summary>
internal static class OpenedIncidents
{
    /// <summary>How long those who are told see it in their inbox.</summary>
    private static readonly TimeSpan ShownFor = TimeSpan.FromDays(1);

    /// <summary>Who has the incident open now. The caller has checked that the viewer may see it.</summary>
    public static async Task<IReadOnlyList<OpenedIncident>> NowAsync(ISql sql, Guid incidentId, DateTimeOffset now) =>
        [.. (await sql.QueryAsync<Row>("BreakGlass_OfIncident", new { IncidentId = incidentId, Now = now })).Select(r => r.ToOpened())];

    /// <summary>Whether the person has it open now.</summary>
    public static async Task<bool> HasAsync(ISql sql, Guid incidentId, Actor person, DateTimeOffset now) =>
        await sql.ScalarAsync<int>("BreakGlass_Has", new { IncidentId = incidentId, PersonId = person.Id, Now = now }) > 0;

    /// <summary>For the inbox: those of the last day on incidents that the person commands; for privacy those on every one.</summary>
    public static async Task<IReadOnlyList<OpenedIncident>> ToTellAsync(ISql sql, Actor actor, DateTimeOffset now) =>
        [.. (await sql.QueryAsync<Row>("BreakGlass_ToTell",
            Visibility.Of(actor, new { Since = now - ShownFor, IsPrivacy = actor.Has(Roles.Privacy) }))).Select(r => r.ToOpened())];

    private sealed record Row
    {
        public required string IncidentCode { get; init; }
        public required string PersonName { get; init; }
        public required string Reason { get; init; }
        public required DateTimeOffset OpenedAt { get; init; }
        public required DateTimeOffset EndsAt { get; init; }

        public OpenedIncident ToOpened() => new(IncidentCode, PersonName, Reason, OpenedAt, EndsAt);
    }
}

using Dapper;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>A row for an open incident: for Home, the dashboard and other short lists.</summary>
/// <param name="Since">When its current cycle opened.</param>
/// <param name="RestrictedId">Its id where it is restricted: showing it is audited.</param>
public sealed record OpenIncident(
    string Code, string Title, Sev Sev, IncidentStatus Status, int Cycle, DateTimeOffset Since, DateTimeOffset? UpdateDueAt,
    Guid? RestrictedId = null);

/// <summary>Incidents whose next update is due.</summary>
/// <param name="Total">The total number; <paramref name="Items"/> are the most urgent ones.</param>
internal sealed record UpdatesDue(IReadOnlyList<OpenIncident> Items, int Total);

/// <summary>Published queries: open incidents that the viewer may see. Their cost does not grow with closed incidents.</summary>
internal static class OpenIncidents
{
    /// <summary>A clock is at risk from this long before its update is due.</summary>
    public static readonly TimeSpan AtRisk = TimeSpan.FromMinutes(30);

    /// <summary>How many are open, by SEV; levels without an open incident are absent.</summary>
    /// <param name="programId">Only incidents that this program is linked to.</param>
    public static async Task<IReadOnlyDictionary<Sev, int>> BySevAsync(ISql sql, Actor viewer, Guid? programId = null) =>
        (await sql.QueryAsync<SevRow>("OpenIncident_BySev", Args(viewer, programId, new { }), Options(programId)))
            .ToDictionary(r => (Sev)r.Sev, r => (int)r.Incidents);

    /// <summary>The most severe first; within a level, the longest open first.</summary>
    public static async Task<IReadOnlyList<OpenIncident>> WorstFirstAsync(ISql sql, Actor viewer, int limit, Guid? programId = null) =>
    [
        .. (await sql.QueryAsync<Row>("OpenIncident_WorstFirst", Args(viewer, programId, new { Limit = limit }), Options(programId)))
            .Select(r => r.ToItem()),
    ];

    /// <summary>Incidents whose next update is due by this time, the most urgent first.</summary>
    /// <param name="senderId">Only incidents of which this person sends the updates: the commander and the scribe.</param>
    public static async Task<UpdatesDue> UpdatesDueAsync(
        ISql sql, Actor viewer, DateTimeOffset by, Guid? senderId, int limit, Guid? programId = null)
    {
        var args = Args(viewer, programId, new { By = by, Limit = limit });
        if (senderId is not null) args.Add("SenderId", senderId);
        string[] options = [.. Options(programId), .. senderId is null ? Array.Empty<string>() : ["Sender"]];
        var rows = await sql.QueryAsync<Row>("OpenIncident_UpdatesDue", args, options);
        return new([.. rows.Select(r => r.ToItem())], rows.Count == 0 ? 0 : (int)rows[0].Total);
    }

    private static DynamicParameters Args(Actor viewer, Guid? programId, object more)
    {
        var args = Visibility.Of(viewer, more);
        if (programId is not null) args.Add("ProgramId", programId);
        return args;
    }

    private static string[] Options(Guid? programId) => programId is null ? [] : ["Program"];

    private sealed record SevRow
    {
        public required int Sev { get; init; }
        public required long Incidents { get; init; }
    }

    private sealed record Row
    {
        public required string Code { get; init; }
        public required string Title { get; init; }
        public required int Sev { get; init; }
        public required string Status { get; init; }
        public required int Cycle { get; init; }
        public required DateTimeOffset OpenedAt { get; init; }
        public required DateTimeOffset? UpdateDueAt { get; init; }
        public required Guid Id { get; init; }
        public required string Confidentiality { get; init; }
        public long Total { get; init; }

        public OpenIncident ToItem() => new(Code, Title, (Sev)Sev, Enum.Parse<IncidentStatus>(Status), Cycle, OpenedAt, UpdateDueAt,
            Confidentiality == nameof(Domain.Incidents.Confidentiality.Restricted) ? Id : null);
    }
}

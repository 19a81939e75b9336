using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Tasks;

/// <summary>Published reader: tasks for other features.</summary>
internal static class TaskReader
{
    /// <summary>Who did the fixes of an incident.</summary>
    public static async Task<IReadOnlyList<Guid>> FixersAsync(ISql sql, Guid incidentId) =>
        [.. (await sql.QueryAsync<PersonRow>("WorkTask_Fixers", new { IncidentId = incidentId })).Select(r => r.PersonId)];

    private sealed record PersonRow
    {
        public required Guid PersonId { get; init; }
    }
}

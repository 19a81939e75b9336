using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Tasks;

/// <summary>Published reader: tasks for other features.</summary>
internal static class TaskReader
{
    /// <summary>The people who did the fixes of an incident.</summary>
    public static async Task<IReadOnlyList<Guid>> FixersAsync(ISql sql, Guid incidentId) =>
        [.. (await sql.QueryAsync<PersonRow>("WorkTask_Fixers", new { IncidentId = incidentId })).Select(r => r.PersonId)];

    /// <summary>Codes of overdue conditions of decisions that are not recorded as missed yet.</summary>
    public static async Task<IReadOnlyList<string>> MissedConditionsAsync(ISql sql, DateTimeOffset now) =>
        [.. (await sql.QueryAsync<CodeRow>("WorkTask_MissedConditions", new { Now = now })).Select(r => r.Code)];

    private sealed record PersonRow
    {
        public required Guid PersonId { get; init; }
    }

    private sealed record CodeRow
    {
        public required string Code { get; init; }
    }
}

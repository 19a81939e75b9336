using IncidentHub.Domain.Access;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Tasks;

/// <summary>Published query: how many open tasks that the viewer may see are overdue.</summary>
internal static class OverdueTasks
{
    /// <param name="programId">Only tasks of this program and of incidents that it is linked to.</param>
    public static async Task<int> CountAsync(ISql sql, Actor viewer, DateTimeOffset now, Guid? programId = null) =>
        (int)await (programId is null
        ? sql.ScalarAsync<long>("WorkTask_CountOverdue", Visibility.Of(viewer, new { Now = now }))
        : sql.ScalarAsync<long>("WorkTask_CountOverdue", Visibility.Of(viewer, new { Now = now, AboutProgramId = programId }), "About"));
}

using IncidentHub.Domain.Access;
using IncidentHub.Features.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Tasks;

/// <summary>Published query: how many open tasks are past their date, as far as the viewer may see them.</summary>
internal static class OverdueTasks
{
    public static async Task<int> CountAsync(ISql sql, Actor viewer, DateTimeOffset now) =>
        (int)await sql.ScalarAsync<long>("WorkTask_CountOverdue", Visibility.Of(viewer, new { Now = now }));
}

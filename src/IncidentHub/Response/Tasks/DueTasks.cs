using IncidentHub.Domain.Access;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Tasks;

/// <summary>Published query: open tasks of a person that are due by a time.</summary>
/// <param name="Items">Those that are due first.</param>
/// <param name="Total">How many there are.</param>
internal sealed record DueTasks(IReadOnlyList<TaskView> Items, int Total)
{
    public static async Task<DueTasks> OfAsync(ISql sql, Actor owner, DateTimeOffset now, DateTimeOffset by, int most)
    {
        var args = Visibility.Of(owner, new { Now = by, Limit = most });
        var rows = await sql.QueryAsync<TaskRow>("WorkTask_MineDue", args);
        var total = rows.Count < most ? rows.Count : (int)await sql.ScalarAsync<long>("WorkTask_CountOverdue", args, "Mine");
        return new([.. rows.Select(r => r.ToView(now))], total);
    }
}

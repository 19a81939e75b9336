using IncidentHub.Domain.Access;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Tasks;

/// <summary>Published query: open tasks of a person that are due by a time.</summary>
/// <param name="Items">Those that are due first.</param>
/// <param name="Total">How many there are.</param>
internal sealed record DueTasks(IReadOnlyList<TaskView> Items, int Total)
{
    /// <summary>The due time of the next task that is not due by then yet; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextAsync(ISql sql, Actor owner, DateTimeOffset by) =>
        await sql.FirstOrDefaultAsync<DateTimeOffset?>("WorkTask_NextReminder", new { ViewerId = owner.Id, Now = by });

    public static async Task<DueTasks> OfAsync(ISql sql, Actor owner, DateTimeOffset now, DateTimeOffset by, int most)
    {
        var args = Visibility.Of(owner, new { Now = by, Limit = most });
        var rows = await sql.QueryAsync<TaskRow>("WorkTask_MineDue", args);
        var total = rows.Count < most ? rows.Count : (int)await sql.ScalarAsync<long>("WorkTask_CountOverdue", args, "Mine");
        return new([.. rows.Select(r => r.ToView(now))], total);
    }
}

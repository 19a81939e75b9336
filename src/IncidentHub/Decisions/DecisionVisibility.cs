using Dapper;
using IncidentHub.Domain.Access;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Decisions;

/// <summary>
/// A decision is visible to those who may see every incident of it, and to those who may have to approve it: the program's owner and
/// deputies, executives, privacy. Such an approver learns no more about a restricted incident than the decision itself contains.
/// </summary>
internal static class DecisionVisibility
{
    public static DynamicParameters Of(Actor viewer, object? more = null)
    {
        var args = Visibility.Of(viewer, more);
        args.Add("ViewerIsExecutive", viewer.Has(Roles.Executive));
        return args;
    }

    /// <summary>The decision, or null if there is none or the viewer may not see it.</summary>
    public static async Task<Decision?> FindVisibleAsync(ISql sql, Actor viewer, string code)
    {
        if (await DecisionStore.FindAsync(sql, code) is not { } decision) return null;
        return await sql.ScalarAsync<int>("Decision_IsVisible", Of(viewer, new { decision.Id })) > 0 ? decision : null;
    }
}

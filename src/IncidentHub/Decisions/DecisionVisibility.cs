using Dapper;
using IncidentHub.Domain.Access;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Decisions;

/// <summary>
/// A decision is visible to those who may see every incident of it, to the approvers that are named on it, and to those whose opinion was
/// requested by name for its present audience, while they have the role. They learn no more about a restricted incident than the decision
/// itself contains.
/// </summary>
internal static class DecisionVisibility
{
    public static DynamicParameters Of(Actor viewer, object? more = null)
    {
        var args = Visibility.Of(viewer, more);
        args.Add("ViewerIsOfficer", viewer.Has(Roles.DataProtectionOfficer));
        args.Add("ViewerIsCouncil", viewer.Has(Roles.WorksCouncil));
        return args;
    }

    /// <summary>The decision, or null if there is none or the viewer may not see it.</summary>
    public static async Task<Decision?> FindVisibleAsync(ISql sql, Actor viewer, string code)
    {
        if (await DecisionStore.FindAsync(sql, code) is not { } decision) return null;
        return await sql.ScalarAsync<int>("Decision_IsVisible", Of(viewer, new { decision.Id })) > 0 ? decision : null;
    }
}

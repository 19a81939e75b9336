using Dapper;
using IncidentHub.Domain.Access;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// The parameters of the visibility predicate (<c>{{visible}}</c>): the viewer, and whether their role sees restricted incidents.
/// </summary>
internal static class Visibility
{
    public static DynamicParameters Of(Actor viewer, object? more = null)
    {
        var args = new DynamicParameters(more);
        args.Add("ViewerId", viewer.Id);
        args.Add("ViewerSeesRestricted", AccessTable.Allows(viewer, Act.ReadRestricted));
        return args;
    }
}

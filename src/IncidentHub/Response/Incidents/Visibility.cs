using Dapper;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// The parameters of the visibility predicate (<c>{{visible}}</c>): the viewer, whether their role sees restricted incidents, and the time,
/// since break-glass ends.
/// </summary>
internal static class Visibility
{
    public static DynamicParameters Of(Actor viewer, object? more = null)
    {
        var args = new ViewerParameters(more);
        args.Add("ViewerId", viewer.Id);
        args.Add("ViewerSeesRestricted", AccessTable.Allows(viewer, Act.ReadRestricted));
        return args;
    }

    private sealed class ViewerParameters(object? more) : DynamicParameters(more), ITimedParameters
    {
        public void At(DateTimeOffset now) => Add("ViewerAt", now);
    }
}

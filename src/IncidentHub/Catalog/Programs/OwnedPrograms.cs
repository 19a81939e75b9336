using IncidentHub.Access.Identity;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Programs;

internal sealed class OwnedPrograms : IOwnedPrograms
{
    public Task<IReadOnlyList<string>> CodesAsync(ISql sql, Guid personId) =>
        sql.QueryAsync<string>("Program_CodesOfOwner", new { OwnerId = personId });
}

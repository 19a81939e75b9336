using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Features.Decisions;
using IncidentHub.Features.Pauses;
using IncidentHub.Features.Policy;
using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Incidents;

/// <summary>Hands the incident to the pauses, and to the decisions about them, after every change of its links, its SEV or its cycle.</summary>
internal sealed class PausePolicy(SevPolicyReader policies, PauseWriter pauses, DecisionWriter decisions)
{
    /// <summary>Whether what happened can change what the policy asks for.</summary>
    public static bool Concerns(DomainEvent happened) =>
        happened is SevChanged or IncidentReopened or ExposureAdded or ExposureChanged or ExposureWithdrawn or InvolvementAdded or InvolvementChanged or InvolvementWithdrawn;

    /// <summary>Answers the incident's pauses that stand.</summary>
    public async Task<IReadOnlyList<PauseFacts>> RunAsync(UnitOfWork tx, IncidentState state, IReadOnlyList<DomainEvent> events, Actor actor)
    {
        var level = (await policies.VersionAsync(tx, state.Current.PolicyVersion))[state.Sev];
        var reopened = events.OfType<IncidentReopened>().FirstOrDefault();
        var run = new PolicyRun(
            state.Id, state.Code, state.Title, state.Current.Number, state.Sev, state.Current.PolicyVersion, level.Pause, level.ProposalDeadline?.Nominal,
            [.. state.Involvements.Where(i => i.IsActive).Select(i => (i.ProgramId, i.Kind))], reopened is not null);
        var standing = await pauses.ApplyPolicyAsync(tx, run, actor);
        // Whatever the SEV asks for: nothing goes on being released while something new is known.
        if (reopened is not null || (state.Exposures.Any(e => e.IsActive) && events.Any(e => e is IncidentDeclared or ExposureAdded or InvolvementAdded))) await pauses.RecallAsync(tx, run, actor);
        if (events.OfType<SevChanged>().Any()) await decisions.SevChangedAsync(tx, state.Id, state.Sev, actor);
        if (reopened is not null) await decisions.ReopenCriteriaAsync(tx, [.. standing.Select(p => p.ProgramId).Distinct()], $"{state.Code} was reopened: {reopened.Reason}", actor);
        return standing;
    }

    /// <summary>Merging moves the pauses, and the decisions about them, to the survivor.</summary>
    public async Task MoveAsync(UnitOfWork tx, IncidentState merged, IncidentState survivor)
    {
        await pauses.MoveAsync(tx, merged.Id, survivor.Id, survivor.Current.Number);
        await decisions.MoveIncidentAsync(tx, merged.Id, survivor.Id);
    }
}

using IncidentHub.Access.Identity;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Severity;
using IncidentHub.Switch.Gate;
using IncidentHub.Response.Incidents;
using IncidentHub.Catalog.Programs;
using IncidentHub.Response.Obligations;
using IncidentHub.Response.Tasks;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;

namespace IncidentHub.Decisions;

/// <summary>Facts that the rules need and that are read from the records, never taken from the request.</summary>
internal sealed class DecisionFacts(IncidentReader incidents, ProgramReader programs)
{
    /// <summary>The people who can give these approvals, and do not see restricted incidents by their role.</summary>
    public async Task<IReadOnlyList<NamedApprover>> ApproversAsync(UnitOfWork tx, Guid programId, IEnumerable<Approver> capacities)
    {
        var program = await programs.FindAsync(tx, programId) ?? throw new InvalidOperationException("A paused program does not exist.");
        var named = new List<NamedApprover>();
        foreach (var capacity in capacities)
        {
            var people = capacity switch
            {
                Approver.Owner => await People.OfAsync(tx, [program.OwnerId, .. program.DeputyIds]),
                Approver.Executive => await People.WithRoleAsync(tx, Roles.Executive, tx.Now),
                Approver.Privacy or Approver.Second => [],
            };
            named.AddRange(people.Select(p => new NamedApprover(capacity, p.Id, p.DisplayName)));
        }
        return named;
    }

    public async Task<DecisionCommand> FillInAsync(UnitOfWork tx, Decision decision, DecisionCommand command, ProgramFacts program) =>
        command switch
        {
            MeetCriterion { Kind: CriterionKind.ExposureClosed } meet => meet with { ClosedBy = await ClosersAsync(tx, decision) },
            MeetCriterion { Kind: CriterionKind.SafeguardsVerified } meet => meet with { StillBroken = await BrokenAsync(tx, program.Id) },
            MeetCriterion { Kind: CriterionKind.QuarantinedDataDisposed } meet =>
                meet with { Undecided = await QuarantinedData.UndecidedAsync(tx, program.Id) },
            MeetCriterion { Kind: CriterionKind.ClocksAnswered } meet =>
                meet with { UnmetObligations = await UnmetObligationsAsync(tx, decision) },
            WaiveCriterion { Kind: CriterionKind.ExposureClosed } waive => waive with { ClosedBy = await ClosersAsync(tx, decision) },
            ProposeRecommendation propose => propose with { OwnerIds = [program.OwnerId, .. program.DeputyIds] },
            RequestOpinion { Role: { } role } request when Enum.IsDefined(role) =>
                request with { Holders = await HoldersAsync(tx, role) },
            _ => command,
        };

    private static async Task<IReadOnlyList<AskedPerson>> HoldersAsync(UnitOfWork tx, OpinionRole role) =>
        [.. (await People.WithRoleAsync(tx, role.Holders(), tx.Now)).Select(p => new AskedPerson(p.Id, p.DisplayName))];

    /// <summary>
    /// Who closed the exposures: the people who recorded the containment in the current cycle or did the fixes. Empty while one of the
    /// incidents is not contained.
    /// </summary>
    private async Task<IReadOnlyCollection<Guid>> ClosersAsync(ISql sql, Decision decision)
    {
        var closers = new HashSet<Guid>();
        foreach (var incidentId in decision.State.Pauses.Select(p => p.IncidentId).OfType<Guid>().Distinct())
        {
            var incident = await incidents.FindAsync(sql, incidentId);
            if (incident is null or { Status: IncidentStatus.Merged }) continue;
            if (incident.Status == IncidentStatus.Investigating) return [];
            closers.UnionWith(await TimelineActors.SinceAsync(sql, incidentId, "contained", "reopened"));
            closers.UnionWith(await TaskReader.FixersAsync(sql, incidentId));
        }
        return closers;
    }

    private static async Task<int> UnmetObligationsAsync(ISql sql, Decision decision)
    {
        var unmet = 0;
        foreach (var incidentId in decision.State.Pauses.Select(p => p.IncidentId).OfType<Guid>().Distinct())
            unmet += (await ObligationQueries.UnsettledAsync(sql, incidentId)).Count;
        return unmet;
    }

    private async Task<IReadOnlyCollection<string>> BrokenAsync(ISql sql, Guid programId) =>
        [.. (await programs.SafeguardsAsync(sql, programId)).Where(s => s.Status == SafeguardStatus.Broken).Select(s => $"«{s.Text}»")];
}

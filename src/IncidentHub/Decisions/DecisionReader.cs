using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;
using IncidentHub.Response.Tasks;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Decisions;

/// <summary>What is open about a program.</summary>
/// <param name="OpenCriteria">Titles of the criteria that are still open.</param>
/// <param name="Missing">Required capacities whose approval of the recommendation is missing.</param>
internal sealed record OpenDecision(string Code, DecisionStatus Status, DecisionOutcome? Outcome, int Criteria,
    IReadOnlyList<string> OpenCriteria, IReadOnlyList<Approver> Missing, DateTimeOffset? DueAgainAt);

/// <summary>Published reader: decisions for other features.</summary>
internal sealed class DecisionReader(ProgramReader programs) : IApprovalOutlook, IDecisionLookup
{
    private const int Most = 250;

    /// <summary>
    /// The open decisions about a program that the viewer may see. The program's page shows them as what is needed to resume.
    /// </summary>
    public async Task<IReadOnlyList<OpenDecision>> OpenForProgramAsync(ISql sql, string programCode, Actor viewer) =>
        [.. (await ListOpenAsync(sql, programCode, viewer)).Select(d => new OpenDecision(
            d.Code, d.State.Status, d.State.Recommendation?.Outcome, d.State.Criteria.Count,
            [.. d.State.Criteria.Where(c => c.Status == CriterionStatus.Open).Select(c => c.Kind.Title())], d.State.Missing,
            d.State.DueAgainAt))];

    public async Task<OpenRequirement?> FindAsync(ISql sql, string programCode, Guid? restricted, Actor viewer) =>
        (await ListOpenAsync(sql, programCode, viewer)).FirstOrDefault(d => d.State.Audience == restricted) is { State: var open }
        ? new(open.Requirement, [.. open.Pauses.Select(p => p.IncidentId).OfType<Guid>()])
        : null;

    public async Task<bool> ExistsAsync(ISql sql, Actor viewer, string code) =>
        await DecisionVisibility.FindVisibleAsync(sql, viewer, code) is not null;

    private static async Task<IReadOnlyList<Decision>> ListOpenAsync(ISql sql, string programCode, Actor viewer)
    {
        var args = DecisionVisibility.Of(viewer, new { ProgramCode = Codes.Upper(programCode), Limit = Most });
        var open = new List<Decision>();
        foreach (var row in await sql.QueryAsync<DecisionLineRow>("Decision_List", args, "Program", "Open"))
        {
            if (await DecisionStore.FindAsync(sql, row.Id) is { } decision) open.Add(decision);
        }
        return open;
    }

    /// <summary>
    /// Decisions about pauses of the incident, the newest first. The caller has checked that the viewer may see the incident.
    /// </summary>
    public async Task<IReadOnlyList<DecisionLine>> OfIncidentAsync(ISql sql, Guid incidentId, Actor viewer) =>
        [.. (await sql.QueryAsync<DecisionLineRow>("Decision_List",
            DecisionVisibility.Of(viewer, new { IncidentId = incidentId, Limit = Most }), "Incident")).Select(r => r.ToLine())];

    /// <summary>
    /// «Stay paused until» decisions whose date has passed without a new recommendation, where this person may propose; the longest overdue
    /// first.
    /// </summary>
    public async Task<IReadOnlyList<DecisionLine>> ListDueAgainAsync(ISql sql, Actor actor, DateTimeOffset now)
    {
        var due = new List<DecisionLine>();
        foreach (var row in await sql.QueryAsync<DecisionLineRow>(
            "Decision_List", DecisionVisibility.Of(actor, new { Limit = Most, Now = now }), "AskedAgain"))
        {
            if (await programs.FindByCodeAsync(sql, row.ProgramCode) is { } program && AccessTable.Allows(
                actor, Act.ProposeDecision, program.Relation(actor))) due.Add(row.ToLine());
        }
        return [.. due.OrderBy(d => d.DueAgainAt)];
    }

    /// <summary>The decisions on which the opinion of this person was requested, the newest first.</summary>
    public static async Task<IReadOnlyList<DecisionLine>> AwaitingOpinionAsync(ISql sql, Actor actor) =>
        [.. (await sql.QueryAsync<DecisionLineRow>("Decision_List", DecisionVisibility.Of(actor, new { Limit = Most }),
            "Open", "OpinionAwaited")).Select(r => r.ToLine())];

    /// <summary>The recommendations that this person may approve now, the oldest first.</summary>
    public async Task<IReadOnlyList<DecisionLine>> AwaitingAsync(ISql sql, Actor actor)
    {
        var awaiting = new List<DecisionLine>();
        foreach (
            var row in (await sql.QueryAsync<DecisionLineRow>("Decision_List", DecisionVisibility.Of(actor, new { Limit = Most }),
            "Proposed")).Reverse())
        {
            var decision = await DecisionStore.FindAsync(sql, row.Id);
            var program = decision is null ? null : await programs.FindAsync(sql, decision.State.ProgramId);
            if (decision is null || program is null) continue;
            if (DecisionRules.CapacitiesOf(decision.State, actor, program.Relation(actor)).Count > 0) awaiting.Add(row.ToLine());
        }
        return awaiting;
    }
}

using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Severity;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>What the SEV policy would do if this incident were declared now.</summary>
/// <param name="Programs">Codes, each with its involvement. Unknown codes are left out.</param>
/// <param name="Exposes">Whether datasets are linked.</param>
internal sealed record PreviewDeclaration(Sev Sev, IReadOnlyList<(string Program, Involvement Kind)> Programs, bool Exposes);

/// <summary>What the SEV policy would do if the SEV of this incident were changed now.</summary>
internal sealed record PreviewSev(string Code, Sev To);

/// <summary>What the SEV policy would do if this incident were reopened now.</summary>
internal sealed record PreviewReopening(string Code);

/// <summary>What the SEV policy would do for a link to a program: a new one, one of another kind, or (no kind) a withdrawn one.</summary>
internal sealed record PreviewLink(string Code, string Program, Involvement? Kind);

/// <summary>
/// What the SEV policy would do if this dataset were recorded as exposed: a staged resume stops, regardless of the SEV.
/// </summary>
internal sealed record PreviewExposure(string Code, string Dataset);

/// <summary>What the SEV policy would do if these suggestions were confirmed now.</summary>
internal sealed record PreviewLinks(string Code, SuggestedNames Chosen);

/// <summary>
/// Previews the policy's effects of an act. It runs the rules and makes the plan that the act itself would apply; nothing is
/// changed.
/// </summary>
internal sealed class PolicyPreviewHandler(
    Db db, PausePolicy policy, SevPolicyReader policies, ProgramReader programs, DatasetReader datasets, ExposureReading exposures,
    IApprovalOutlook decisions, TimeProvider clock)
{
    // The rules require a reason; a preview does not show it.
    private const string Reason = "Preview";

    public async Task<Result<PolicyPreview>> HandleAsync(PreviewDeclaration query, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.DeclareIncident) is { } denied) return denied;
        return await db.ReadAsync<Result<PolicyPreview>>(
            async sql =>
            {
                var linked = new List<LinkedProgram>();
                foreach (var (code, kind) in query.Programs)
                {
                    if (await programs.FindByCodeAsync(sql, code) is { } program)
                        linked.Add(await policy.LinkedAsync(sql, program, kind, []));
                }
                var current = await policies.CurrentAsync(sql);
                var plan = PausePlan.ForDeclaration(current, query.Sev, linked, query.Exposes, clock.GetUtcNow());
                return await WithApprovalsAsync(sql, plan, current[query.Sev], null, null, viewer);
            },
            ct);
    }

    public Task<Result<PolicyPreview>> HandleAsync(PreviewSev query, Actor viewer, CancellationToken ct = default) =>
        ChangeAsync(query.Code, viewer, (_, _) => Known(new IncidentCommand.ChangeSev(query.To, Reason)), ct);

    public Task<Result<PolicyPreview>> HandleAsync(PreviewReopening query, Actor viewer, CancellationToken ct = default) => ChangeAsync(
        query.Code, viewer, async (sql, _) => new IncidentCommand.Reopen(Reason, (await policies.CurrentAsync(sql)).Version), ct);

    public Task<Result<PolicyPreview>> HandleAsync(PreviewLink query, Actor viewer, CancellationToken ct = default) => ChangeAsync(
        query.Code, viewer,
        async (sql, state) =>
        {
            var found = await IncidentCommands.FindProgramAsync(sql, programs, query.Program, "program");
            if (!found.IsOk) return found.Refusal!;
            var (id, code) = (found.Value.Id, found.Value.Code);
            if (query.Kind is not { } kind) return new IncidentCommand.WithdrawInvolvement(id, Reason);
            return state.Involvements.Any(i => i.IsActive && i.ProgramId == id)
                ? new IncidentCommand.ChangeInvolvement(id, kind, Reason)
                : new IncidentCommand.AddInvolvement(new() { ProgramId = id, ProgramCode = code, Kind = kind });
        },
        ct);

    public Task<Result<PolicyPreview>> HandleAsync(PreviewExposure query, Actor viewer, CancellationToken ct = default) => ChangeAsync(
        query.Code, viewer,
        async (sql, _) => await datasets.FindByNameAsync(sql, query.Dataset) is { } dataset
            ? new IncidentCommand.AddExposure(new() { Id = Guid.Empty, DatasetId = dataset.Id, DatasetName = dataset.Name })
            : Refusal.NotFound("The dataset"),
        ct);

    public Task<Result<PolicyPreview>> HandleAsync(PreviewLinks query, Actor viewer, CancellationToken ct = default) => ChangeAsync(
        query.Code, viewer,
        (sql, state) => IncidentCommands.ConfirmationAsync(sql, datasets, exposures, state, query.Chosen, clock.GetUtcNow()), ct);

    private async Task<Result<PolicyPreview>> ChangeAsync(
        string code, Actor viewer, Func<ISql, IncidentState, Task<Result<IncidentCommand>>> command, CancellationToken ct) =>
        await db.ReadAsync<Result<PolicyPreview>>(
            async sql =>
            {
                if (await IncidentStore.LoadVisibleAsync(sql, viewer, code) is not { } record) return Refusal.NotFound("The incident");
                if (AccessTable.Deny(viewer, Act.ChangeIncident, record.Relation(viewer)) is { } denied) return denied;
                var asked = await command(sql, record.State);
                if (!asked.IsOk) return asked.Refusal!;
                var now = clock.GetUtcNow();
                var outcome = IncidentRules.Decide(record.State, asked.Value, viewer, now);
                if (outcome.Refusal is { } refused) return refused;
                var (next, events) = outcome.Value;
                var plan = await policy.PlanAsync(sql, record.State, next, events, record.LastUpdateAt, now);
                Guid? sevChanged = events.Any(e => e is SevChanged) ? next.Id : null;
                Guid? restricted = next.Confidentiality == Confidentiality.Restricted ? next.Id : null;
                return await WithApprovalsAsync(sql, plan, (await policies.CurrentAsync(sql))[next.Sev], sevChanged, restricted, viewer);
            },
            ct);

    private static Task<Result<IncidentCommand>> Known(IncidentCommand command) => Task.FromResult<Result<IncidentCommand>>(command);

    /// <param name="level">By the current policy, which applies to decisions.</param>
    /// <param name="sevChanged">The incident whose SEV changes, if it does.</param>
    /// <param name="restricted">The incident, where it is restricted.</param>
    private async Task<PolicyPreview> WithApprovalsAsync(
        ISql sql, PausePlan plan, SevLevel level, Guid? sevChanged, Guid? restricted, Actor viewer)
    {
        var approvals = new List<ApprovalPlan>();
        foreach (var program in plan.Programs)
        {
            var open = await decisions.FindAsync(sql, program.Code, restricted, viewer);
            var reached = sevChanged is { } id && open?.IncidentIds.Contains(id) == true;
            if (ApprovalPlan.For(program, level, open?.Requirement, reached) is { } approval) approvals.Add(approval);
        }
        return new(plan, approvals);
    }
}

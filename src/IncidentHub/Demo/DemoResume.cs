using IncidentHub.Catalog.Programs;
using IncidentHub.Decisions;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Database;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>The way from a pause to its end: criteria met, resuming proposed, approved by everybody who must.</summary>
internal sealed class DemoResume(DecisionCommands decisions, ProgramReader programs)
{
    /// <param name="sev">The worst level of the incidents behind the pause: an executive approves the two highest.</param>
    /// <param name="verifier">Who meets the criteria and proposes; not the person who closed the exposure.</param>
    /// <param name="met">When the criteria are met.</param>
    /// <param name="lifted">When the last approval lifts the pause.</param>
    public void Write(DemoScript script, string program, Sev sev, Actor verifier, DateTimeOffset met, DateTimeOffset lifted)
    {
        var length = lifted - met;
        script.At(met, tx => MeetAsync(tx, program, verifier));
        script.At(met + (length * 0.6), tx => RunAsync(tx, program,
            new ProposeRecommendation(DecisionOutcome.Resume, "Root cause removed, audience as promised, verified twice.", null, [], []),
            verifier));
        script.At(met + (length * 0.85), tx => ApproveAsync(tx, program, Approver.Privacy));
        if (sev <= Sev.Critical) script.At(met + (length * 0.95), tx => ApproveAsync(tx, program, Approver.Executive));
        script.At(lifted, tx => ApproveAsync(tx, program, Approver.Owner));
    }

    /// <param name="kinds">The criteria to meet; empty: all open ones.</param>
    public async Task MeetAsync(UnitOfWork tx, string program, Actor verifier, params CriterionKind[] kinds)
    {
        var open = (await OpenAsync(tx, program)).State.Criteria.Where(c => c.Status == CriterionStatus.Open).Select(c => c.Kind);
        foreach (var kind in open.Where(k => kinds.Length == 0 || kinds.Contains(k)).ToList())
            await RunAsync(tx, program, new MeetCriterion(kind, EvidenceOf(kind), [], []), verifier);
    }

    private async Task ApproveAsync(UnitOfWork tx, string program, Approver role)
    {
        var owner = (await programs.FindByCodeAsync(tx, program))!.OwnerId;
        var actor = role switch
        {
            Approver.Privacy => Privacy,
            Approver.Executive => Executive,
            _ => owner == Owner.Id ? Owner : OtherOwner,
        };
        await RunAsync(tx, program, new ApproveRecommendation(role, null, null), actor);
    }

    public async Task RunAsync(UnitOfWork tx, string program, DecisionCommand command, Actor actor) =>
        Must(await decisions.RunAsync(tx, (await OpenAsync(tx, program)).Code, command, null, actor));

    private async Task<Decision> OpenAsync(UnitOfWork tx, string program) =>
        await DecisionStore.FindOpenAsync(tx, (await programs.FindByCodeAsync(tx, program))!.Id, null)
            ?? throw new InvalidOperationException($"No decision is open for {program}.");

    private static string EvidenceOf(CriterionKind kind) => kind switch
    {
        CriterionKind.RootCauseKnown => "A shared role was wider than its name said; the responsible change is identified.",
        CriterionKind.ExposureClosed => "Opened with three accounts without access: refused.",
        CriterionKind.AccessLimited => "Grants listed: the promised group and nobody else.",
        CriterionKind.EncryptionChecked => "Key and policy of the bucket listed.",
        CriterionKind.AccessReviewComplete => "Reads of the time window compared with the promised audience.",
        CriterionKind.SafeguardsVerified => "Each safeguard verified again.",
        CriterionKind.ClocksAnswered => "Assessed: no notice due; recorded with the reason.",
        CriterionKind.PeopleInformed => "Statement published to those recorded.",
        CriterionKind.QuarantinedDataDisposed => "No data was quarantined.",
        CriterionKind.ReasonResolved => "The reason for the pause no longer applies.",
        CriterionKind.ErrorExplained => "The wrong program was named.",
        CriterionKind.NothingExposed => "Nothing had been readable.",
    };
}

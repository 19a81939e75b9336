using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Incidents;
using IncidentHub.Decisions;
using IncidentHub.Response.Incidents;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Domain.Severity;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>
/// Incidents of the last year with complete pauses: placed by the policy, decided by owner and privacy, lifted.
/// </summary>
internal sealed class DemoPauses(IncidentCommands incidents, DecisionCommands decisions, ProgramReader programs,
    DemoCollectors collectors)
{
    public static readonly IReadOnlyList<(string Program, string Dataset, Sev Sev, int DaysAgo, double PausedDays, string Title)> All =
    [
        ("CALL-NOTES", "call-recordings", Sev.Major, 331, 6.5, "call-recordings readable by the whole company after a migration"),
        ("SUPPORT-QA", "support-chats", Sev.Critical, 297, 11, "Archive of support-chats reachable from a partner network"),
        ("MEETING-BOT", "meeting-transcripts", Sev.Major, 262, 3.2, "Summaries went to people who were not in the meeting"),
        ("DESK-VISION", "desk-snapshots", Sev.Major, 228, 8.4, "Blur step switched off by an update"),
        ("CODE-TRACE", "edit-history", Sev.Major, 187, 2.1, "Secrets in edit-history readable by all engineers"),
        ("CALL-NOTES", "call-transcripts", Sev.Major, 151, 4.8, "Transcripts in the company-wide search"),
        ("FIELD-VOICE", "field-notes", Sev.Major, 118, 5.5, "Exact places kept instead of rounded ones"),
        ("SUPPORT-QA", "answer-samples", Sev.Major, 84, 3.9, "Customers' names in answer-samples"),
        ("MEETING-BOT", "meeting-summaries", Sev.Critical, 55, 9.2, "Recordings found in a training job"),
        ("TYPING-COACH", "typing-rhythm", Sev.Major, 33, 2.6, "Team leads could open typing-rhythm"),
    ];

    public void Write(DemoScript script, DateTimeOffset now)
    {
        foreach (var (program, dataset, sev, daysAgo, days, title) in All)
        {
            var declared = now.AddDays(-daysAgo).AddMinutes(daysAgo * 7 % 400);
            var lifted = declared.AddDays(days);
            string code = "";
            script.At(declared.AddSeconds(-3 - (daysAgo % 13)), tx => collectors.RenewAsync(tx, program));
            script.At(declared, async tx => code = Must(await incidents.DeclareAsync(tx, new DeclareIncident
            {
                Title = title,
                Sev = (int)sev,
                Summary = "Found in a review of grants.",
                ExposureStarted = declared.AddDays(-3),
                Detected = declared.AddHours(-1),
                Programs = [new ProgramLinkBody(program, Involvement.Source, null, null, null)],
                Exposures = [new ExposureBody { Dataset = dataset, From = declared.AddDays(-3), Records = 41_000, Subjects = 900 }],
            }, Responder)).Label);
            script.At(declared.AddSeconds(66), tx => collectors.ProveAsync(tx, program));
            script.At(declared.AddHours(7), tx =>
                StepAsync(tx, code, new IncidentCommand.Contain(null, "Grants withdrawn and listed again.")));
            script.At(lifted.AddHours(-20), tx => MeetAsync(tx, program));
            script.At(lifted.AddHours(-8), tx => ProposeAsync(tx, program));
            script.At(lifted.AddHours(-3), tx => ApproveAsync(tx, program, Approver.Privacy));
            if (sev <= Sev.Critical) script.At(lifted.AddHours(-1), tx => ApproveAsync(tx, program, Approver.Executive));
            script.At(lifted, tx => ApproveAsync(tx, program, Approver.Owner));
            script.At(lifted.AddHours(5), tx =>
                StepAsync(tx, code, new IncidentCommand.Resolve(null, "It collects again, with the promised audience only.")));
            script.At(lifted.AddDays(4), tx => StepAsync(tx, code, new IncidentCommand.Close("Lessons documented.")));
        }
    }

    private async Task StepAsync(UnitOfWork tx, string code, IncidentCommand command) =>
        Must(await incidents.RunAsync(tx, code, command, null, Responder));

    private async Task MeetAsync(UnitOfWork tx, string program)
    {
        foreach (var criterion in (await OpenAsync(tx, program)).State.Criteria.Where(c => c.Status == CriterionStatus.Open))
        {
            await RunAsync(tx, program, new MeetCriterion(criterion.Kind, DemoEvidence.Of(criterion.Kind), [], []), SecondResponder);
        }
    }

    private Task ProposeAsync(UnitOfWork tx, string program) => RunAsync(
        tx, program,
        new ProposeRecommendation(DecisionOutcome.Resume, "Root cause removed, audience as promised, verified twice.", null, [], []),
        SecondResponder);

    private async Task ApproveAsync(UnitOfWork tx, string program, Approver role)
    {
        var owner = (await programs.FindByCodeAsync(tx, program))!.OwnerId;
        var actor = role switch
        {
            Approver.Privacy => Privacy,
            Approver.Executive => Executive,
            _ =>
            owner == Owner.Id ? Owner : OtherOwner
        };
        await RunAsync(tx, program, new ApproveRecommendation(role, null, null), actor);
    }

    private async Task RunAsync(UnitOfWork tx, string program, DecisionCommand command, Actor actor) =>
        Must(await decisions.RunAsync(tx, (await OpenAsync(tx, program)).Code, command, null, actor));

    private async Task<Decision> OpenAsync(UnitOfWork tx, string program) =>
        await DecisionStore.FindOpenAsync(tx, (await programs.FindByCodeAsync(tx, program))!.Id)
            ?? throw new InvalidOperationException($"No decision is open for {program}.");
}

/// <summary>The evidence of met criteria.</summary>
internal static class DemoEvidence
{
    public static string Of(CriterionKind kind) => kind switch
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

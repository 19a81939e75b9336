using IncidentHub.Domain.Incidents;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>
/// Incidents of the last year with complete pauses: placed by the policy, decided by owner and privacy, lifted.
/// </summary>
internal sealed class DemoPauses(IncidentCommands incidents, DemoResume resume, DemoPastPermits permits, DemoReviews reviews)
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

    /// <summary>When each program was paused.</summary>
    public static IEnumerable<(string Program, DateTimeOffset From, DateTimeOffset To)> Spans(DateTimeOffset now) =>
        All.Select(p => (p.Program, Declared(now, p.DaysAgo), Declared(now, p.DaysAgo).AddDays(p.PausedDays)));

    public void Write(DemoScript script, DateTimeOffset now)
    {
        foreach (var (program, dataset, sev, daysAgo, days, title) in All)
        {
            var declared = Declared(now, daysAgo);
            var lifted = declared.AddDays(days);
            string code = "";
            script.At(declared.AddSeconds(-3 - (daysAgo % 13)), tx => permits.RenewAsync(tx, program));
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
            script.At(declared.AddSeconds(66), tx => permits.ProveAsync(tx, program));
            script.At(declared.AddHours(7), tx =>
                StepAsync(tx, code, new IncidentCommand.Contain(null, "Grants withdrawn and listed again.")));
            resume.Write(script, program, sev, SecondResponder, lifted.AddHours(-20), lifted);
            script.At(lifted.AddHours(5), tx =>
                StepAsync(tx, code, new IncidentCommand.Resolve(null, "It collects again, with the promised audience only.")));
            script.At(lifted.AddDays(4), tx => StepAsync(tx, code, new IncidentCommand.Close("Lessons documented.")));
            reviews.Write(script, now, lifted.AddDays(4), () => code, Responder);
        }
    }

    private async Task StepAsync(UnitOfWork tx, string code, IncidentCommand command) =>
        Must(await incidents.RunAsync(tx, code, command, null, Responder));

    private static DateTimeOffset Declared(DateTimeOffset now, int daysAgo) => now.AddDays(-daysAgo).AddMinutes(daysAgo * 7 % 400);
}

using IncidentHub.Catalog.Datasets;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Flags;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Severity;
using IncidentHub.Domain.Tasks;
using IncidentHub.Domain.Timeline;
using IncidentHub.Response.Flags;
using IncidentHub.Response.Incidents;
using IncidentHub.Response.Tasks;
using IncidentHub.Platform.Database;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>
/// The present state: a paused program with an open decision, a proposed pause, and the flag about MCI that awaits triage.
/// </summary>
internal sealed class DemoPresent(
    IncidentCommands incidents, NoteCommands notes, FlagCommands flags, DemoResume resume, DemoPastPermits permits, DemoEvidence evidence,
    DemoObligations obligations, DemoStatements statements, DatasetReader datasets, DemoRelated related,
    DemoOpinions opinions, DemoRedactions redactions)
{
    public const string Paused = "CALL-NOTES";

    private const string FoundBySearch = """
        training workspace, search for the name of my team: 212 results
        all-employees: read    created: this morning
        chat-0417.txt   two people, neither of them me
        chat-0418.txt   a review of somebody's work
        """;

    /// <summary>Since when <see cref="Paused"/> is paused.</summary>
    public static DateTimeOffset PausedAt(DateTimeOffset now) => now.AddDays(-9).AddHours(-2);

    public void Write(DemoScript script, DateTimeOffset now)
    {
        WritePaused(script, now);
        WriteMinor(script, now.AddDays(-3));
        string code = "";
        script.At(now.AddMinutes(-18), async tx =>
            code = await DeclareAsync(tx, "A second team can open desk-snapshots", Sev.Moderate, "DESK-VISION", "desk-snapshots",
            tx.Now.AddDays(-2)));
        script.At(now.AddMinutes(-11), tx => obligations.WriteRunningAsync(tx, code));
        var report = new FlagReport(
            "I could open transcriptions of other people's chats from the training workspace. I searched for my own team and found a "
                + "private conversation between two colleagues.", "MCI · transcriptions",
            DataAnswer.Sensitive, AudienceAnswer.WholeCompany, StillOpenAnswer.Yes);
        script.At(now.AddMinutes(-6), async tx => Must(await flags.FileAsync(tx, OrderedId.Next(tx.Now), report, Employee.Id, null,
            attachments: [await evidence.ReceiveAsync(tx, FoundBySearch)])));
    }

    private void WritePaused(DemoScript script, DateTimeOffset now)
    {
        var declared = PausedAt(now);
        string code = "";
        string flag = "";
        var concern = new FlagReport("I searched for a customer's name and got whole calls of other teams.",
            "CALL-NOTES · call-transcripts", DataAnswer.Sensitive, AudienceAnswer.WholeCompany, StillOpenAnswer.Yes);
        script.At(declared.AddMinutes(-31), async tx =>
            flag = Must(await flags.FileAsync(tx, OrderedId.Next(tx.Now), concern, null, null)).Code);
        script.At(declared.AddMinutes(-17), async tx =>
            Must(await flags.RunAsync(tx, flag, new AcknowledgeFlag(Responder.Id), null, Responder)));
        script.At(declared.AddSeconds(-9), tx => permits.RenewAsync(tx, Paused));
        script.At(declared.AddSeconds(66), tx => permits.ProveAsync(tx, Paused));
        script.At(declared, async tx =>
            code = await DeclareAsync(tx, "Call transcripts readable by the whole company", Sev.Major, Paused, "call-transcripts",
            declared.AddDays(-5), flag));
        script.At(declared.AddHours(6), tx =>
            StepAsync(tx, code, new IncidentCommand.Contain(null, "Company-wide group removed from the project; grants listed again.")));
        script.At(declared.AddHours(5), tx => StepAsync(tx, code, new IncidentCommand.AssessSeverity(
            new(Identifiability.Limited), "Transcripts name callers by first name only; agents by number.")));
        script.At(declared.AddHours(7), tx => StepAsync(tx, code, new IncidentCommand.OverrideAdvice(
            "Four hundred thousand callers and the whole company as audience weigh more than the score does.")));
        script.At(declared.AddHours(8), tx => SetAsideAsync(tx, code, "weekly-call-report",
            "It holds counts per team and week, and no text of a call. Checked with its owner."));
        foreach (var (hours, text) in new[]
        {
            (0.7, new UpdateText("A company-wide group can read the project of the transcripts.",
                "The platform team removes the group; collecting is stopped.", "The list of all grants, from the platform team.")),
            (4.5, new UpdateText("The group is removed; caches may still hold transcripts.", "Caches are being emptied.", "")),
            (30, new UpdateText("Two reports still quote transcripts.", "Their owners are informed and take the quotes out.", "")),
            (120, new UpdateText(
                "The exposure is closed; who read transcripts is not known yet.", "The access log of the window is being read.",
                "A second reader for the log, until Friday.")),
            (214, new UpdateText("Two thirds of the reads are looked at, all of them by the call platform's own people.",
                "The access review goes on.", "")),
        })
        {
            script.At(declared.AddHours(hours), tx => UpdateAsync(tx, code, text));
        }
        obligations.WriteSettled(script, declared, () => code);
        statements.Write(script, declared, () => code);
        opinions.Write(script, declared, now);
        redactions.Write(script, declared, () => code);
        script.At(declared.AddHours(4), tx => related.WriteAsync(tx, code));
        script.At(declared.AddHours(1), tx => evidence.WriteAsync(tx, code, Responder));
        script.At(declared.AddHours(99), tx => evidence.ReviewAsync(tx, code, "call-transcripts", declared.AddDays(-5), Responder));
        script.At(declared.AddHours(100), tx =>
            resume.MeetAsync(tx, Paused, SecondResponder, CriterionKind.RootCauseKnown, CriterionKind.ExposureClosed,
                CriterionKind.AccessLimited, CriterionKind.EncryptionChecked));
        script.At(declared.AddHours(26), tx => TaskAsync(tx, code, "Read the rest of the access log", Responder, now.AddHours(20)));
        script.At(declared.AddHours(27), tx =>
            TaskAsync(tx, code, "Take transcripts out of the two reports", SecondResponder, now.AddHours(-5)));
        script.At(declared.AddHours(28), tx => TaskAsync(tx, code, "Draft the statement to agents", Privacy, now.AddDays(2)));
        script.At(declared.AddHours(29), tx =>
            TaskAsync(tx, code, "Tell the agents whose calls were read", Owner, now.AddHours(16), TaskKind.Notify));
        script.At(now.AddHours(-2), tx =>
            UpdateAsync(tx, code, new("Owner and privacy have read the criteria. Only the access review is open.",
                "The rest of the access log is being read.", "Privacy signs off the access review.")));
    }

    private void WriteMinor(DemoScript script, DateTimeOffset declared)
    {
        string code = "";
        script.At(declared, async tx => code = await DeclareAsync(tx, "Retention job skipped support-chats for two nights", Sev.Minor,
            "SUPPORT-QA", "support-chats", null));
        script.At(declared.AddHours(3), tx => TaskAsync(tx, code, "Run the job for the two nights", SecondResponder, declared.AddDays(4)));
    }

    private async Task<string> DeclareAsync(UnitOfWork tx, string title, Sev sev, string program, string dataset, DateTimeOffset? from,
        string? flag = null) => Must(await incidents.DeclareAsync(tx, new DeclareIncident
        {
            Title = title,
            Sev = (int)sev,
            Summary = "Found in the weekly review of grants.",
            ExposureStarted = from,
            Detected = tx.Now.AddMinutes(-35),
            Flag = flag,
            Programs = [new ProgramLinkBody(program, Involvement.Source, null, null, null)],
            Exposures = [new ExposureBody { Dataset = dataset, From = from }],
        }, Responder)).Label;

    private async Task StepAsync(UnitOfWork tx, string code, IncidentCommand command) =>
        Must(await incidents.RunAsync(tx, code, command, null, Responder));

    private async Task SetAsideAsync(UnitOfWork tx, string code, string name, string reason)
    {
        var suggested = await GetBlastRadiusHandler.SuggestionsAsync(tx, datasets, (await LoadAsync(tx, code)).State);
        await StepAsync(tx, code, new IncidentCommand.SetLinksAside([suggested.Single(s => s.Name == name)], reason));
    }

    private async Task UpdateAsync(UnitOfWork tx, string code, UpdateText text) =>
        Must(await notes.SendUpdateAsync(tx, code, text, false, Responder));

    private static async Task TaskAsync(UnitOfWork tx, string code, string what, Domain.Access.Actor owner, DateTimeOffset due,
        TaskKind kind = TaskKind.General)
    {
        var incident = await LoadAsync(tx, code);
        Must(await TaskCommands.CreateAsync(tx, new TaskState
        {
            Id = Guid.Empty,
            Kind = kind,
            What = what,
            OwnerId = owner.Id,
            OwnerName = owner.Name,
            DueAt = due,
            IncidentIds = [incident.State.Id],
            CreatedAt = tx.Now
        }, Responder));
    }

    private static async Task<IncidentRecord> LoadAsync(ISql sql, string code) => await IncidentStore.LoadVisibleAsync(sql, Responder, code)
        ?? throw new InvalidOperationException($"{code} does not exist.");
}

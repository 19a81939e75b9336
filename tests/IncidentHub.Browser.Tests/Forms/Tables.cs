using static IncidentHub.Browser.Tests.Forms.FormsScene;

namespace IncidentHub.Browser.Tests.Forms;

/// <summary>
/// Every form and dialog of the product with input fields, and the inputs to test on each. A test compares this list with the
/// sources.
/// </summary>
internal static class Tables
{
    public const string Markup = "<img src=x onerror=\"window.harmed=1\"><b>bold</b> '; DROP TABLE Incident;--";
    public static readonly string Huge = new('å', 60_000);
    private const string Empty = "is required", Long = "At most", Future = "in the future";

    private static string Later => Local(Tomorrow);

    public static IEnumerable<Form> All =>
        [.. Incident, .. Programs, .. Pauses, .. Decisions, .. TasksAndFlags, .. Obligations, .. Policy];

    private static IEnumerable<Form> Incident
    {
        get
        {
            const string page = "/incidents/{investigating}", state = "/api/v1/incidents/{investigating}";
            string[] More(string item) => ["More", item];
            yield return new("TimestampDialog", "responder", page, More("Correct timestamp…"), "Correct timestamp", state,
                new("Reason", Empty, ("Timestamp", "Detected"), ("Correct time", Local(Now.AddDays(-1))), ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)),
                new("Correct time", Future, ("Correct time", Later), ("Reason", Markup)),
                new("Correct time", "must not be after", ("Timestamp", "Declared"), ("Correct time", "2001-01-01T10:20:30"),
                    ("Reason", Markup)),
                new("Correct time", "YYYY-MM-DD", ("Correct time", "0001-01-01T00:30:10")),
                new("Correct time", "YYYY-MM-DD", ("Correct time", "99999-01-01T00:00")));
            yield return new("RolesDialog", "responder", page, More("Roles…"), "Assign", state,
                new Blow("Person", "active account", ("Role", "Scribe")));
            yield return new("ProgramLinkDialog", "responder", page, ["Link…"], "Link", state,
                new("Program", "Choose a program", ("Note", Markup)),
                new("Note", Long, ("Program", "MCI · Model Capability Initiative"),
                    ("Involvement", Blow.Chosen + "Downstream"), ("Note", Huge)));
            yield return new("ProgramLinkDialog, change", "responder", page, ["Edit link of {P}"], "Save", state,
                new("Reason", Empty, ("Involvement", Blow.Chosen + "Suspected"), ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("ProgramLinkDialog, withdraw", "responder", page, ["Edit link of {P}"], "Withdraw the link", state,
                new("Reason", Empty, ("Reason", " ")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("SevDialog", "responder", page, ["Change SEV…"], "Change SEV", state,
                new("Severity", "already", ("Reason", Markup)),
                new("Reason", Empty, ("Severity", Blow.Chosen + "SEV 4 Minor"), ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("AssessDialog", "responder", page, ["Edit assessment…"], "Save assessment", state,
                new("Reason", "Nothing differs", ("Reason", Markup)),
                new("Reason", Empty, ("Ease of identification", "Limited (0.5): with other sources"), ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("OverrideDialog", "responder", page, ["Keep the SEV…"], "Keep the SEV", state,
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("DetailsDialog", "responder", page, More("Title and summary…"), "Save", state,
                new("Title", Empty, ("Title", "  "), ("Summary", Markup)),
                new("Title", Long, ("Title", Huge)),
                new("Summary", Long, ("Title", Markup), ("Summary", Huge)));
            yield return new("StepDialog, contain", "responder", page, ["Mark contained…"], "Mark contained", state,
                new("Note", Long, ("Note", Huge)),
                new("When", Future, ("When", Later), ("Note", Markup)));
            yield return new("StepDialog, merge", "responder", page, More("Merge into another…"), "Merge", state,
                new("Into which incident?", "no such incident", ("Into which incident?", Markup), ("Reason", Markup)),
                new("Into which incident?", "", ("Into which incident?", ""), ("Reason", "The same.")),
                new("Into which incident?", "no such incident", ("Into which incident?", Huge)),
                new("Reason", Empty, ("Into which incident?", "{contained}"), ("Reason", "")));
            yield return new("StepDialog, restrict", "privacy", page, More("Restrict…"), "Restrict", state,
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("StepDialog, resolve", "responder", "/incidents/{contained}", ["Mark resolved…"], "Mark resolved",
                "/api/v1/incidents/{contained}",
                new("Note", Long, ("Note", Huge)),
                new("When", Future, ("When", Later), ("Note", Markup)),
                new("When", "must not be after", ("When", "2001-01-01T10:20:30"), ("Note", Markup)));
            yield return new("BreakGlassDialog", "executive", "/incidents", ["Open a restricted incident…"], "Open for one hour",
                "/api/v1/incidents",
                new("Reason", Empty, ("Code", "INC-R7K2QD"), ("Reason", " ")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("HoldDialog", "counsel", page, More("Legal hold…"), "Place legal hold",
                "/api/v1/incidents/{investigating}/timeline",
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("HoldDialog, release", "counsel", "/incidents/{resolved}", ["Release…"], "Release legal hold",
                "/api/v1/incidents/{resolved}/timeline",
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("StepDialog, reopen", "responder", "/incidents/{contained}", More("Reopen…"), "Reopen as cycle 2",
                "/api/v1/incidents/{contained}",
                new("Reason", Empty, ("Reason", "\n")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("StepDialog, close", "responder", "/incidents/{resolved}", ["Close…"], "Close incident",
                "/api/v1/incidents/{resolved}",
                new Blow("Note", Long, ("Note", Huge)));
            yield return new("ExposureDialog", "responder", page, ["Record…"], "Record", state,
                new("Dataset", "", ("Note", Markup)),
                new("Exposed until", "before", ("Dataset", "{data}"), ("Exposed from", Local(Now.AddDays(-1))),
                    ("Exposed until", Local(Now.AddDays(-2))), ("Note", Markup)),
                new("Exposed from", Future, ("Exposed from", Later), ("Exposed until", "")),
                new("Records", "Write ", ("Exposed from", ""), ("Records", "-1")),
                new("Records", "Write ", ("Records", "1.5")),
                new("Records", "Write ", ("Records", "99999999999999999999")),
                new("People", "Write ", ("Records", "1"), ("People", "-7")),
                new("Note", Long, ("People", "1"), ("Note", Huge)),
                new("Name of the promised audience", Long, ("Promised audience", "Named group"),
                    ("Name of the promised audience", Huge), ("Note", "")));
            yield return new("ExposureDialog, withdraw", "responder", page, ["Edit exposure of transcriptions"],
                "Withdraw the exposure", state,
                new("Note, or the reason", Empty, ("Note, or the reason", "")),
                new("Note, or the reason", Long, ("Note, or the reason", Huge)));
            yield return new("SuggestionDialog", "responder", "/incidents/{investigating}/blast-radius",
                ["Choose all", "Set aside…"], "Set aside", state,
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("RelatedDialog", "responder", page, ["Relate…"], "Link", "/api/v1/incidents/{investigating}/related",
                new("Which incident?", "no such incident", ("Which incident?", Markup), ("Reason", Markup)),
                new("Which incident?", "not related to itself", ("Which incident?", "{investigating}"), ("Reason", "The same.")),
                new("Reason", Empty, ("Which incident?", "{contained}"), ("Reason", " ")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("RelatedDialog, series", "responder", page, ["Series…"], "Save series",
                "/api/v1/incidents/{investigating}/related",
                new("Incidents, the first one first", "at least two", ("Name", Markup)),
                new("Name", Empty, ("Name", ""), ("Incidents, the first one first", "{investigating} {contained}")),
                new("Name", Long, ("Name", Huge)));
            yield return new("IncidentTimeline", "responder", page, [], "Add", "/api/v1/incidents/{investigating}/timeline",
                new Blow("Write on the timeline", Long, ("Write on the timeline", Huge)));
            yield return new("IncidentTimeline, update", "responder", page, [], "Send update", "/api/v1/incidents/{investigating}/timeline",
                new("Condition", Empty, ("Kind", Blow.Chosen + "Update"), ("Condition", "")),
                new("Condition", Long, ("Condition", Huge)),
                new("Actions", Long, ("Condition", "x"), ("Actions", Huge)),
                new("Needs", Long, ("Actions", ""), ("Needs", Huge)));
            yield return new("IncidentTimeline, revise", "responder", "/incidents/{noted}", ["Revise"], "Save revision",
                "/api/v1/incidents/{noted}/timeline",
                new("Text", Empty, ("Text", "")),
                new("Text", Long, ("Text", Huge)))
            { OnPage = true };
            yield return new("DeclarePage", "responder", "/incidents/new", [], "Declare", "/api/v1/incidents",
                new("Severity", "", ("Title", Markup), ("Summary", Markup)),
                new("Summary", Long, ("Title", Markup), ("Severity", Blow.Chosen + "SEV 5 Notice"), ("Summary", Huge)),
                new("Detected", Future, ("Summary", ""), ("Program", Blow.Taken + "{P} · Program {P}"), ("Detected", Later)),
                new("Exposure started", Future, ("Detected", ""), ("Exposure started", Later)));
        }
    }

    private static IEnumerable<Form> Programs
    {
        get
        {
            yield return new("ProgramFormPage", "owner", "/programs/new", [], "Register as a draft", "/api/v1/programs",
                new("Code", "A–Z", ("Code", "a b"), ("Name", "N"), ("Purpose", Markup), ("Organisation unit", "U")),
                new("Code", "", ("Code", "MCI"), ("Name", Markup)),
                new("Name", Long, ("Code", "{P}-NEW"), ("Name", Huge)),
                new("Number of people", "Write ", ("Name", Markup), ("Number of people", "-3")),
                new("Number of people", "A number from 0", ("Number of people", "99999999999")),
                new("Further regions", "Region codes", ("Number of people", "3"), ("Further regions", "nowhere, <b>")),
                new("Launch date", "1990", ("Further regions", ""), ("Launch date", "1989-12-31")),
                new("Permit lifetime", "Whole seconds", ("Launch date", ""), ("Permit lifetime", "1")),
                new("Renewal interval", "at least", ("Permit lifetime", "60"), ("Renewal interval", "59")),
                new("Renewal interval", "Write ", ("Renewal interval", "2.5")),
                new("Surfaces", Long, ("Renewal interval", "20"), ("Surfaces", Huge[..90])));
            yield return new("ProgramFormPage, edit", "owner", "/programs/{P}/edit", [], "Save", "/api/v1/programs/{P}",
                new("Purpose", Empty, ("Purpose", "")),
                new("Lawful basis", Long, ("Purpose", Markup), ("Lawful basis", Huge)));
            yield return new("RecordSafeguardDialog", "owner", "/programs/{P}", ["Record a safeguard…"], "Record the safeguard",
                "/api/v1/programs/{P}",
                new("Source", Empty, ("Commitment", Markup), ("Source", "")),
                new("Source", Long, ("Source", Huge)),
                new("Date", "to today", ("Source", "memo"), ("Date", "2999-01-01")),
                new("Date", "1990", ("Date", "1900-01-01")),
                new("Date", "YYYY-MM-DD", ("Date", "99999-01-01")));
            yield return new("VerifySafeguardDialog", "owner", "/programs/{P}", ["Verify: Encrypted at rest"], "Record the verification",
                "/api/v1/programs/{P}",
                new("What did you find?", "Choose", ("Evidence", Markup)),
                new("Evidence", Empty, ("What did you find?", Blow.Chosen + "The safeguard holds"), ("Evidence", "")),
                new("Evidence", Long, ("Evidence", Huge)));
            yield return new("DatasetFormPage", "owner", "/datasets/new", [], "Register dataset", "/api/v1/datasets",
                new("Name", "2 to 80", ("Name", Markup), ("Description", Markup)),
                new("Name", "", ("Name", "{data}")),
                new("Description", Long, ("Name", "{data}-new"), ("Description", Huge)),
                new("Records", "Write ", ("Description", Markup), ("Records", "-1")),
                new("Records", "digits only", ("Records", "1.000")),
                new("Retention in days", "36,500", ("Records", "1"), ("Retention in days", "40000")),
                new("Further regions", "Region codes", ("Retention in days", ""), ("Further regions", "nowhere")));
            yield return new("DatasetImportPage", "owner", "/datasets/import", [], "Read the table", "/api/v1/datasets",
                new("Or the table itself", "names of columns", ("Or the table itself", "")),
                new("Or the table itself", "no row below", ("Or the table itself", "name,owner")),
                new("Or the table itself", "quotation marks", ("Or the table itself", "name,owner\n\"one,owner")));
            yield return new("DatasetFormPage, edit", "owner", "/datasets/{data}/edit", [], "Save", "/api/v1/datasets/{data}",
                new Blow("Description", Long, ("Description", Huge)));
        }
    }

    private static IEnumerable<Form> Pauses
    {
        get
        {
            yield return new("PauseDialog", "responder", "/programs/{P}", ["Pause…"], "Pause {P}", "/api/v1/programs/{P}/pauses",
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("PauseDialog, a part", "responder", "/programs/{P}", ["Pause…"], "Pause {P}, this part",
                "/api/v1/programs/{P}/pauses",
                new("Data categories", "Choose what stops", ("What stops", Blow.Chosen + "Part of it"), ("Reason", Markup)),
                new("Reason", Empty, ("Data categories", Blow.Chosen + "Clicks"), ("Reason", " ")));
            yield return new("PauseDialog, a drill", "owner", "/programs/{P}", ["Run a drill…"], "Start the drill on {P}",
                "/api/v1/programs/{P}/pauses",
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("AnswerDialog", "owner", "/programs/{P}-ASKED", ["Decline with a reason…"], "Decline the pause",
                "/api/v1/programs/{P}-ASKED/pauses",
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("ViolationNotice", "responder", "/programs/{P}-HELD", ["Take ownership…"], "Take ownership",
                "/api/v1/violations",
                new("What you will do", Empty, ("What you will do", "")),
                new("What you will do", Long, ("What you will do", Huge)));
            yield return new("SigningKeyPanel, withdraw", "administrator", "/keys", ["Withdraw key {key}"], "Withdraw key",
                "/api/v1/signing-keys",
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
        }
    }

    private static IEnumerable<Form> Decisions
    {
        get
        {
            const string page = "/decisions/{decision}", state = "/api/v1/decisions/{decision}";
            yield return new("DisposeDialog", "owner", "/programs/{P}-HELD?quarantine=B", ["Seal all…"], "Seal 1 batch",
                "/api/v1/programs/{P}-HELD/quarantined-batches",
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("CriterionDialog", "responder", page, ["Answer: Root cause identified"], "Mark met", state,
                new("Evidence", Empty, ("Evidence", "")),
                new("Evidence", Long, ("Evidence", Huge)));
            yield return new("CriterionDialog, waive", "responder", page, ["Answer: Root cause identified"], "Waive", state,
                new("Reason", Empty, ("Status", Blow.Chosen + "Waived"), ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("ProposeDialog", "responder", page, ["Recommend…"], "Recommend", state,
                new("Recommendation", "Choose", ("Reason", Markup)),
                new("Reason", Empty, ("Recommendation", Blow.Chosen + "Terminate"), ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)),
                new("Stage 2: percent of collectors", "Write ", ("Recommendation", Blow.Chosen + "Resume"),
                    ("Resume", Blow.Chosen + "In stages"), ("Stage 2: percent of collectors", "101"), ("Reason", Markup)),
                new("Stage 2: percent of collectors", "above 5", ("Stage 2: percent of collectors", "5")),
                new(null, "Open criteria", ("Stage 2: percent of collectors", "25"), ("Recommendation", Blow.Chosen + "Resume"),
                    ("Reason", Markup)),
                new("Until", "", ("Recommendation", Blow.Chosen + "Stay paused until…"), ("Reason", Markup)),
                new("Until", "", ("Until", "2020-01-01")),
                new("Until", "YYYY-MM-DD", ("Until", "99999-01-01")),
                new("Task", Empty, ("Recommendation", Blow.Chosen + "Resume with conditions"), ("Reason", Markup), ("Due", Day(Tomorrow))),
                new("Due", "", ("Task", Markup), ("Owner", "Responder"), ("Due", "2020-01-01")));
            yield return new("ReasonDialog, error", "responder", page, ["Placed in error…"], "Claim error", state,
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("ReasonDialog, withdraw", "responder", "/decisions/{proposed}", ["Withdraw…"], "Withdraw",
                "/api/v1/decisions/{proposed}",
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("ReasonDialog, reject", "owner", "/decisions/{proposed}", ["Reject…"], "Reject",
                "/api/v1/decisions/{proposed}",
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("ApproveDialog", "owner", "/decisions/{proposed}", ["Approve as program owner"], "Approve as program owner",
                "/api/v1/decisions/{proposed}",
                new Blow("Comment", Long, ("Comment", Huge)));
        }
    }

    private static IEnumerable<Form> TasksAndFlags
    {
        get
        {
            const string page = "/incidents/{investigating}";
            yield return new("TaskAddDialog", "responder", page, ["Add…"], "Add task", "/api/v1/tasks",
                new("What must be done", Long, ("What must be done", Huge)),
                new("Due", Future, ("What must be done", Markup), ("Due", "2020-01-01T10:20:30")),
                new("Due", "five years", ("Due", "2999-01-01T10:20:30")));
            yield return new("TaskEditDialog", "responder", page, ["Edit: Read the grants"], "Save task", "/api/v1/tasks/{task}",
                new("What must be done", Empty, ("What must be done", " ")),
                new("What must be done", Long, ("What must be done", Huge)),
                new("Due", Future, ("What must be done", Markup), ("Due", "2020-01-01T10:20:30")));
            yield return new("TaskActDialog, done", "responder", page, ["Mark done: Read the grants"], "Mark done", "/api/v1/tasks/{task}",
                new("What was done", Empty, ("What was done", "")),
                new("What was done", Long, ("What was done", Huge)));
            yield return new("TaskActDialog, cancel", "responder", page, ["Cancel task: Read the grants"], "Cancel task",
                "/api/v1/tasks/{task}",
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("TaskActDialog, verify", "responder-2", page, ["Verify: Mend the grant job"], "Close task",
                "/api/v1/tasks/{fix}",
                new("What was checked, and the result", Empty, ("What was checked, and the result", "")),
                new("What was checked, and the result", Long, ("What was checked, and the result", Huge)));
            yield return new("TaskActDialog, reopen", "responder", page, ["Reopen: Ask the vendor"], "Reopen task",
                "/api/v1/tasks/{closed}",
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("FlagDetailPage, dismiss", "responder", "/flags/{flag}", ["Dismiss…"], "Dismiss flag", "/api/v1/flags/{flag}",
                new("Reason", Empty, ("Reason", "")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("FlagDetailPage, say", "responder", "/flags/{flag}", [], "Send", "/api/v1/flags/{flag}",
                new("Ask or answer", Empty, ("Ask or answer", "")),
                new("Ask or answer", Long, ("Ask or answer", Huge)));
        }
    }

    private static IEnumerable<Form> Obligations
    {
        get
        {
            const string page = "/incidents/{investigating}?tab=obligations", state = "/api/v1/obligations?incident={investigating}";
            yield return new("TrackRegimeDialog", "responder", page, ["Add a regime…"], "Add", state,
                new Blow("Regime", "no regime"));
            yield return new("ObligationActDialog", "responder", page, ["Record trigger: SEC form 8-K, item 1.05, File form 8-K"],
                "Start the clock", state,
                new("Determined to be material", "Enter when", ("How it was judged", Markup)),
                new("Determined to be material", Future, ("Determined to be material", Later), ("How it was judged", Markup)),
                new("How it was judged", Empty, ("Determined to be material", Local(Now.AddDays(-1))), ("How it was judged", "")),
                new("How it was judged", Long, ("How it was judged", Huge)));
            yield return new("ObligationActDialog, not required", "privacy", page,
                ["Not required: SEC form 8-K, item 1.05, File form 8-K"], "Record decision", state,
                new("Reason", Empty, ("Reason", " ")),
                new("Reason", Long, ("Reason", Huge)));
            yield return new("RegimeEditor", "administrator", "/regimes", ["Edit DORA…"], "Publish version 2", "/api/v1/regimes/DORA",
                new("Reason", Empty, ("Reason", "")),
                new("Source", Long, ("Reason", Markup), ("Source", Huge)),
                new("Regions (optional)", "Codes of regions", ("Source", "The law"), ("Regions (optional)", "Mars")),
                new("Time zone", "time zone", ("Regions (optional)", "EU"), ("Time zone", "Nowhere")))
            { OnPage = true };
            yield return new("HolidaysDialog", "administrator", "/regimes", ["Edit US-FEDERAL…"], "Save",
                "/api/v1/holiday-calendars/US-FEDERAL",
                new("Days", "Begin each line", ("Days", "tomorrow Day off"), ("Reason", Markup)),
                new("Reason", Empty, ("Days", "2026-01-02 Closed"), ("Reason", "")));
            yield return new("StatementTextDialog", "responder", "/incidents/{investigating}?tab=statements", ["Write a statement…"],
                "Save draft", "/api/v1/statements?incident={investigating}",
                new("Title", Empty, ("Title", ""), ("Text", Markup)),
                new("Title", Long, ("Title", Huge)),
                new("Text", Empty, ("Title", Markup), ("Text", "")));
        }
    }

    private static IEnumerable<Form> Policy
    {
        get
        {
            yield return new("SevPolicyPage", "administrator", "/sev-policy", ["Edit…"], "Publish version", "/api/v1/policy",
                new("Reason", Empty, ("Reason", "")),
                new("Acknowledge within", "Enter a limit", ("Reason", Markup), ("Acknowledge within", "soon")),
                new("Acknowledge within", "Enter a limit", ("Acknowledge within", "-5 min")),
                new("Acknowledge within", "", ("Acknowledge within", "99999999999 min")),
                new("Acknowledge within", "Enter a limit", ("Acknowledge within", Markup)),
                new("Acknowledge within", "longer", ("Acknowledge within", "30 d")),
                new("Meaning", Long, ("Acknowledge within", "5 min"), ("Meaning", Huge)),
                new("Reason", Long, ("Meaning", Markup), ("Reason", Huge)))
            { OnPage = true };
            yield return new("IdentityProvidersPage", "administrator", "/identity-providers", ["Add a rule"], "Show the effect",
                "/api/v1/identity/mapping",
                new("Claim", Empty, ("Claim", ""), ("Value", Markup)),
                new("Value", Long, ("Claim", "groups"), ("Value", Huge)))
            { OnPage = true };
        }
    }
}

using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;

namespace IncidentHub.Demo;

/// <summary>A program of the demo story.</summary>
internal sealed record DemoProgram(string Code, Actor Owner, int LiveDaysAgo, ProgramDetails Details)
{
    public string Source { get; init; } = "launch memo";
    public IReadOnlyList<string> Safeguards { get; init; } = [];

    /// <summary>Verifications of safeguards: which, how many days ago, what was found.</summary>
    public IReadOnlyList<(int Number, int DaysAgo, bool Holds, string Evidence)> Checks { get; init; } = [];
    public bool Draft { get; init; }
    public int? EndedDaysAgo { get; init; }
}

internal static class DemoPrograms
{
    private const string Interest = "Legitimate interest, assessed";

    public static readonly IReadOnlyList<DemoProgram> All =
    [
        new("MCI", DemoScript.Owner, 0, new ProgramDetails
        {
            Name = "Model Capability Initiative", Purpose = "Records how work is done on company machines, so that models learn to do it.",
                Unit = "Superintelligence research",
            ParentInitiative = "Agent Transformation Accelerator (formerly AI for Work)", Population = "most staff", People = 38_200,
                Regions = ["US"], Participation = Participation.Mandatory,
            Categories = ["keystrokes", "mouse-movements", "clicks", "screen-snapshots"], Surfaces = ["Workstations", "Browser"],
                LawfulBasis = Interest, ImpactAssessment = "DPIA-2041", Notice = "Staff notice 118",
        })
        {
            Safeguards = ["Access locked down", "Sensitive content protected", "Not used for any other purpose"],
            Checks = [(1, 160, true, "Grants of the training workspace listed: research group only."),
                (3, 12, true, "Jobs that read the corpus listed; all belong to the initiative.")],
        },
        new("CALL-NOTES", DemoScript.Owner, 780, new ProgramDetails
        {
            Name = "Call Notes", Purpose = "Transcribes support calls and drafts the notes that agents would write.",
                Unit = "Customer operations", Population = "support agents", People = 4_100, Regions = ["US", "CA"],
            Participation = Participation.Mandatory, Categories = ["audio", "transcriptions", "performance-data"], Surfaces = ["Telephony"],
                LawfulBasis = Interest, ImpactAssessment = "DPIA-1877", Notice = "Staff notice 74",
        })
        { Safeguards = ["Not used to judge performance", "Recordings deleted after 90 days", "Encrypted at rest"],
            Checks = [(1, 30, true, "Team leads' dashboards hold no call score."), (2, 30, true, "Oldest recording: 88 days."),
            (3, 41, true, "Bucket policy and key listed.")] },
        new("DESK-VISION", DemoScript.Owner, 430, new ProgramDetails
        {
            Name = "Desk Vision", Purpose = "Takes occasional snapshots of back-office screens to find steps that could be automated.",
                Unit = "Operations excellence", Population = "back-office staff", People = 2_600, Regions = ["US", "GB"],
            Participation = Participation.OptOut, Categories = ["screen-snapshots", "window-titles"], Surfaces = ["Workstations"],
                LawfulBasis = Interest, ImpactAssessment = "DPIA-1960", WorksAgreement = "WA-31", Switch = SwitchSettings.HighRisk,
        })
        { Safeguards = ["Snapshots blurred before storage", "Access limited to the process team"],
            Checks = [(1, 55, true, "Forty samples opened: all blurred."), (2, 120, true, "Group membership listed.")] },
        new("TYPING-COACH", DemoScript.OtherOwner, 750, new ProgramDetails
        {
            Name = "Typing Coach", Purpose = "Measures typing rhythm to advise on strain injuries.", Unit = "Health and safety",
                Population = "volunteers", People = 890, Regions = ["US", "DE", "FR"], Participation = Participation.OptIn,
            Categories = ["keystrokes"], Surfaces = ["Workstations"], LawfulBasis = "Consent", ImpactAssessment = "DPIA-1802",
                Notice = "Staff notice 61", WorksAgreement = "WA-22",
        })
        { Safeguards = ["No text is kept, only rhythm", "Participation can be ended at any time"],
            Checks = [(1, 20, true, "Schema and 200 rows read: intervals only."), (2, 20, true, "Left and came back in a trial.")] },
        new("MEETING-BOT", DemoScript.OtherOwner, 560, new ProgramDetails
        {
            Name = "Meeting Bot", Purpose = "Joins meetings that invite it, transcribes and sums up.", Unit = "Collaboration tools",
                Population = "all who invite it", People = 12_700, Regions = ["US", "GB", "IE", "SG"], Participation = Participation.OptIn,
            Categories = ["audio", "transcriptions", "private-communications"], Surfaces = ["Meetings"],
                LawfulBasis = "Consent of those present", ImpactAssessment = "DPIA-1834", Notice = "Staff notice 66",
        })
        { Safeguards = ["Summaries go to participants only", "Recordings are not used for training"],
            Checks = [(1, 64, true, "Ten summaries followed to their readers."),
            (2, 64, true, "Lineage of the corpus read: no recording in it.")] },
        new("CODE-TRACE", DemoScript.OtherOwner, 510, new ProgramDetails
        {
            Name = "Code Trace", Purpose = "Records edits and reviews in the code base to train completion models.",
                Unit = "Developer productivity", Population = "engineers", People = 9_300, Regions = ["US", "IE", "IN"],
                Participation = Participation.OptOut,
            Categories = ["prompts", "clicks"], Surfaces = ["Editors", "Code review"], LawfulBasis = Interest,
                ImpactAssessment = "DPIA-1846",
        })
        { Safeguards = ["Secrets are stripped before storage"],
            Checks = [(1, 140, true, "Scanner run over a day's batch: nothing found.")] },
        new("SUPPORT-QA", DemoScript.OtherOwner, 770, new ProgramDetails
        {
            Name = "Support Quality", Purpose = "Samples support chats to check answers.", Unit = "Customer operations",
                Population = "support agents and customers", People = 61_000, Regions = ["US", "CA", "GB", "AU"],
                Participation = Participation.Mandatory,
            Categories = ["private-communications", "contact-data"], Surfaces = ["Support chat"], LawfulBasis = Interest,
                ImpactAssessment = "DPIA-1790", Notice = "Customer notice 9",
        })
        { Safeguards = ["Customers' names are removed", "Kept for 180 days"],
            Checks = [(1, 33, true, "Two hundred chats read: none names a customer."),
            (2, 33, false, "The archive still contains chats of 240 days.")] },
        new("FIELD-VOICE", DemoScript.Owner, 300, new ProgramDetails
        {
            Name = "Field Voice", Purpose = "Voice notes of field technicians, turned into work orders.", Unit = "Field service",
                Population = "technicians", People = 3_450, Regions = ["US", "CA", "BR"], Participation = Participation.OptOut,
            Categories = ["audio", "location"], Surfaces = ["Phones"], LawfulBasis = Interest, ImpactAssessment = "DPIA-1991",
                Notice = "Staff notice 97",
        })
        { Safeguards = ["Location is rounded to 1 km"], Checks = [(1, 80, true, "A week of points read: three decimals at most.")] },
        new("SALES-SIGNAL", DemoScript.OtherOwner, 20, new ProgramDetails
        {
            Name = "Sales Signal", Purpose = "Would score sales mails by their tone.", Unit = "Sales enablement",
                Population = "sales staff", People = 1_900, Regions = ["US"], Participation = Participation.OptOut,
                Categories = ["private-communications"], Surfaces = ["Mail"],
        })
        { Draft = true },
        new("KEY-PULSE", DemoScript.OtherOwner, 760, new ProgramDetails
        {
            Name = "Key Pulse", Purpose = "Counted keystrokes an hour to size teams.", Unit = "Workforce planning",
                Population = "back-office staff", People = 5_200, Regions = ["US"], Participation = Participation.Mandatory,
                Categories = ["keystrokes"],
            Surfaces = ["Workstations"], LawfulBasis = Interest,
        })
        { EndedDaysAgo = 210 },
    ];
}

using System.Globalization;
using System.Text.RegularExpressions;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Platform.Database;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>
/// Every statement that reads an incident or its parts has the visibility predicate or is in the list of exceptions. Each statement
/// with the predicate is run on a restricted incident: as an outsider, as a person who may see it, and with the predicate removed.
/// </summary>
public sealed partial class StatementVisibilityTests(VisibilityScene scene) : IClassFixture<VisibilityScene>
{
    private const string AfterVisible = "Read by the id of an incident that was loaded for this viewer before.",
        OnlyOpen = "Returns open incidents only, whoever asks: StatementTests.",
        OfNotice = "Read by the id of an incident whose employee page was found before.",
        ForRules = "Read by the hub for its own rules; no reader is answered with it.",
        Chooses = "Counted to choose a statement, never shown.",
        CauseHidden = "The hub reads pauses whole; PauseCauses shows a viewer no more of the cause than they may see.",
        AfterVisibleDecision = "Read by the id of a decision; DecisionVisibility asks before it is shown.",
        AfterVisiblePart = "Read by the id of a privileged part; PrivilegedPart_Visible asks before it is shown.",
        Rollup = "Source of the dashboard's sums, which keep restricted incidents apart.";

    /// <summary>Tables whose rows belong to an incident or reveal its existence.</summary>
    private static readonly HashSet<string> Tables =
    [
        "Incident", "BreakGlass", "Exposure", "IncidentAssessment", "IncidentCycle", "IncidentPerson", "IncidentProgram",
        "IncidentSevChange", "IncidentSetAside", "IncidentRevision", "IncidentCycleRevision", "ExposureRevision",
        "IncidentProgramRevision", "IncidentPersonPeriod", "IncidentPartsSince", "IncidentLink", "IncidentSeries", "IncidentSeriesMember",
        "IncidentAdvice",
        "IncidentWord", "TimelineEntry", "TimelineRevision", "WorkTask", "LegalHold", "Decision", "DecisionApproval",
        "DecisionApprover", "DecisionOpinion", "DecisionOpinionCustody", "DecisionOpinionPerson", "DecisionOpinionRequest",
        "DecisionCondition", "DecisionCriterion", "DecisionLog", "DecisionPause", "DecisionStage", "DashboardRollup",
        "DashboardShare", "Evidence", "EvidenceCustody", "Obligation", "ObligationNotice", "ObligationRevision", "WorkTaskRevision",
        "IncidentStatement", "StatementVersion", "NoticeQuestion", "IncidentReview", "IncidentReviewCause",
        "PrivilegedPart", "PrivilegedNote", "PrivilegedNoteRevision", "PrivilegedReader",
        "AccessReview", "AccessReviewRun", "AccessReviewChunk", "AccessReviewAccount", "AccessReviewPerson",
    ];

    /// <summary>Statements that read such a table without the visibility predicate, with the reason.</summary>
    private static readonly Dictionary<string, string> NotAsking = new()
    {
        ["Incident_Find"] = "For writers that were let in by code, and for the hub's own acts; IncidentStore.LoadVisibleAsync asks.",
        ["BreakGlass_Has"] = AfterVisible,
        ["BreakGlass_OfIncident"] = AfterVisible,
        ["Exposure_List"] = AfterVisible,
        ["IncidentAdvice_List"] = AfterVisible,
        ["IncidentAssessment_List"] = AfterVisible,
        ["IncidentCycle_List"] = AfterVisible,
        ["IncidentPerson_AsOf"] = AfterVisible,
        ["IncidentPerson_List"] = AfterVisible,
        ["IncidentProgram_List"] = AfterVisible,
        ["IncidentSetAside_List"] = AfterVisible,
        ["IncidentSevChange_List"] = AfterVisible,
        ["IncidentRevision_AsOf"] = AfterVisible,
        ["IncidentRevision_Since"] = AfterVisible,
        ["IncidentCycleRevision_AsOf"] = AfterVisible,
        ["ExposureRevision_AsOf"] = AfterVisible,
        ["IncidentProgramRevision_AsOf"] = AfterVisible,
        ["Incident_Steps"] = AfterVisible,
        ["IncidentLink_Active"] = AfterVisible,
        ["IncidentSeries_Find"] = "Read by its id, where the viewer sees two of its members.",
        ["IncidentSeriesMember_All"] = ForRules,
        ["IncidentWord_CountFew"] = Chooses,
        ["IncidentPerson_CountFew"] = Chooses,
        ["IncidentProgram_CountFew"] = Chooses,
        ["MeasuredIncident_Changed"] = Rollup,
        ["MeasuredIncident_Count"] = Rollup,
        ["DashboardShare_Count"] = Rollup,
        ["DashboardShare_Of"] = Rollup,
        ["Decision_CountDecided"] = Rollup,
        ["Decision_DecidedAfter"] = Rollup,
        ["Timeline_ActorsSince"] = ForRules,
        ["Timeline_Find"] = AfterVisible,
        ["Timeline_Page"] = AfterVisible + " A program's page holds the program's own entries.",
        ["Timeline_Revisions"] = AfterVisible,
        ["Timeline_RevisionsAfter"] = AfterVisible,
        ["PrivilegedPart_Find"] = AfterVisible,
        ["PrivilegedNote_Find"] = AfterVisiblePart,
        ["PrivilegedNote_List"] = AfterVisiblePart,
        ["PrivilegedNoteRevision_List"] = AfterVisiblePart,
        ["PrivilegedReader_List"] = AfterVisiblePart,
        ["Obligation_Exposed"] = AfterVisible,
        ["Obligation_Following"] = ForRules,
        ["Obligation_Overdue"] = ForRules,
        ["Obligation_Tracked"] = AfterVisible,
        ["Obligation_Unsettled"] = ForRules,
        ["Obligation_WithCalendar"] = ForRules,
        ["ObligationNotice_List"] = AfterVisible,
        ["WorkTask_Fixers"] = ForRules,
        ["WorkTask_Incidents"] = "Read by the id of a task whose text the actor may read.",
        ["WorkTask_MissedConditions"] = ForRules,
        ["WorkTask_NextReminder"] = "Of the viewer's own tasks, whose due times are theirs to know.",
        ["LegalHold_Covers"] = "Answers whether something may be destroyed, not whose hold forbids it.",
        ["LegalHold_CoversAny"] = "Answers whether something may be removed, not whose hold forbids it.",
        ["LegalHold_Find"] = AfterVisible,
        ["LegalHold_Incidents"] = ForRules,
        ["LegalHold_List"] = AfterVisible,
        ["LegalHold_Programs"] = ForRules,
        ["AccessReviewAccount_List"] = AfterVisible,
        ["AccessReviewChunk_List"] = AfterVisible,
        ["AccessReviewPerson_List"] = AfterVisible,
        ["AccessReviewRun_Find"] = ForRules,
        ["AccessReview_OfFile"] = ForRules,
        ["AccessReview_Running"] = ForRules,
        ["Exposure_CountUnreviewed"] = ForRules,
        ["EvidenceCustody_List"] = AfterVisible,
        ["Evidence_Known"] = ForRules,
        ["Evidence_OfMerged"] = ForRules,
        ["Incident_OwnsProgram"] = AfterVisible,
        ["IncidentStatement_Waiting"] = AfterVisible,
        ["StatementVersion_List"] = AfterVisible,
        ["IncidentReviewCause_List"] = AfterVisible,
        ["Notice_Collection"] = OnlyOpen,
        ["Notice_List"] = OnlyOpen,
        ["Notice_Texts"] = OnlyOpen,
        ["Notice_Statements"] = OnlyOpen,
        ["NoticeQuestion_Find"] = OfNotice,
        ["NoticeQuestion_List"] = OfNotice,
        ["NoticeQuestion_Waiting"] = OfNotice,
        ["Decision_Load"] = AfterVisibleDecision,
        ["Decision_Approvals"] = AfterVisibleDecision,
        ["Decision_Approvers"] = AfterVisibleDecision,
        ["Decision_Conditions"] = AfterVisibleDecision,
        ["Decision_Criteria"] = AfterVisibleDecision,
        ["Decision_Log"] = AfterVisibleDecision,
        ["Decision_Pauses"] = AfterVisibleDecision,
        ["Decision_Stages"] = AfterVisibleDecision,
        ["DecisionPause_IncidentsOf"] = ForRules,
        ["DecisionOpinionCustody_List"] = AfterVisibleDecision,
        ["DecisionOpinionPerson_OfDecision"] = AfterVisibleDecision,
        ["DecisionOpinionRequest_OfDecision"] = AfterVisibleDecision,
        ["DecisionOpinion_Known"] = ForRules,
        ["DecisionOpinion_OfDecision"] = AfterVisibleDecision,
        ["Decision_DueAgain"] = ForRules,
        ["Decision_OpenOfIncident"] = ForRules,
        ["Decision_OpenOfProgram"] = ForRules,
        ["Incident_CountRestricted"] = ForRules,
        ["Flag_ById"] = "A flag is its reporter's and triage's; FlagQueries looks the incident's code up for the viewer.",
        ["Flag_List"] = "Holds the incident's id, which FlagQueries turns into a code for the viewer.",
        ["QuarantinedBatchPause_Incidents"] = "The ids only go into the history of a disposition.",
        ["Safeguard_OfProgram"] = "That a safeguard is broken is public; the reader looks the incident's code up for the viewer.",
        ["Safeguard_OfOwner"] = "That a safeguard is broken is public; of its incident nothing is shown.",
        ["Pause_Due"] = ForRules,
        ["Pause_Load"] = CauseHidden,
        ["Pause_LockOfIncident"] = ForRules,
        ["Pause_OfIncident"] = AfterVisible,
        ["Pause_OfProgram"] = CauseHidden,
        ["Pause_Open"] = CauseHidden,
        ["Pause_OpenOfProgram"] = CauseHidden,
        ["Pause_OpenOfPrograms"] = CauseHidden,
    };

    // Read for their digests only, by the journal and by the verification of the audit log.
    private static readonly HashSet<string> Digested =
        [.. new IncidentHub.Platform.Database.Statements(Engine.Sqlite).AuditedTables.Select(t => $"Rows_{t}")];

    // Read to remove texts from them: RedactionTarget is found for the actor before.
    private static readonly HashSet<string> Redacted =
        [.. new IncidentHub.Platform.Database.Statements(Engine.Sqlite).TextTables.Select(t => $"Texts_{t}")];

    /// <summary>Options for which the scene has no row.</summary>
    private static readonly Dictionary<string, string> Empty = new()
    {
        ["Obligation_List with Public"] = "The incident is restricted.",
        ["WorkTask_List with Decision"] = "No condition was decided.",
        ["WorkTask_List with Ended"] = "No task has ended.",
        ["WorkTask_List with Program"] = "A task belongs to an incident or to a program.",
    };

    /// <summary>Predicates that limit the columns of a row, not the rows: SeveralIncidentsTests covers each of them.</summary>
    private static bool DecidesTheText(string place) => place.StartsWith("WorkTask_", StringComparison.Ordinal)
        && (place.Contains("AND NOT", StringComparison.Ordinal) || place.Contains("i.Code = @IncidentCode", StringComparison.Ordinal));

    [Fact]
    public void Every_statement_that_reads_an_incident_has_the_visibility_predicate_or_a_documented_exception()
    {
        var faults = new List<string>();
        var statements = Enum.GetValues<Engine>().Select(e => new IncidentHub.Platform.Database.Statements(e)).ToList();
        var reading = statements.SelectMany(s => s.Names.Where(n => Reads(Whole(s, n)))).ToHashSet();
        var asking = statements.SelectMany(s => s.Names.Where(n => Asks(Whole(s, n)))).ToHashSet();
        faults.AddRange(reading.Except(asking).Except(NotAsking.Keys).Except(Digested).Except(Redacted)
            .Select(n => $"{n} does not ask who looks"));
        faults.AddRange(asking.Intersect(NotAsking.Keys).Select(n => $"{n} asks: take it from the list"));
        faults.AddRange(NotAsking.Keys.Except(reading).Select(n => $"{n} reads nothing of an incident: take it from the list"));
        AssertNone(faults);
        Assert.InRange(asking.Count, 15, 60);
    }

    [Fact]
    public async Task A_statement_returns_rows_of_the_incident_only_to_those_who_may_see_it()
    {
        var faults = new List<string>();
        foreach (var variant in Asking())
        {
            if (scene.Unknown(variant.Text).ToList() is { Count: > 0 } unknown)
            {
                faults.Add($"{variant}: the scene has no value for {string.Join(", ", unknown)}");
                continue;
            }
            var hidden = await RunAsync(variant, variant.Text, scene.Outsider);
            faults.AddRange(hidden.Where(IsSomething).Select(r => $"{variant} shows the outsider {Words(r)}"));
            var half = await RunAsync(variant, variant.Text, scene.Approver);
            faults.AddRange(half.Where(Shows).Select(r => $"{variant} shows the approver {Words(r)}"));
            // The visibility of the dashboard's sums depends on the role alone.
            foreach (var insider in scene.Insiders.Take(Names(variant.Text, "ViewerId") ? scene.Insiders.Count : 1))
            {
                var seen = (await RunAsync(variant, variant.Text, insider)).Any(IsSomething);
                if (seen == Empty.ContainsKey($"{variant}"))
                    faults.Add($"{variant} {(seen ? "shows" : "does not show")} {insider.Account} the incident");
            }
        }
        AssertNone(faults);
    }

    [Fact]
    public async Task Without_the_predicate_each_statement_discloses_the_incident()
    {
        // Proves that the test above is effective: with any one predicate removed, a viewer gets rows that they may not see.
        var (found, missed) = (new HashSet<string>(), new HashSet<string>());
        foreach (var variant in Asking())
        {
            foreach (Match predicate in Predicate().Matches(variant.Text))
            {
                var line = variant.Text.LastIndexOf('\n', predicate.Index) + 1;
                var place = $"{variant.Name}: {variant.Text[line..predicate.Index].Trim()} …";
                var struckOut = variant.Text.Remove(predicate.Index, predicate.Length).Insert(predicate.Index, "1 = 1");
                var gaveAway = (await RunAsync(variant, struckOut, scene.Outsider)).Any(IsSomething)
                    || (await RunAsync(variant, struckOut, scene.Approver)).Any(Shows);
                (gaveAway ? found : missed).Add(place);
            }
        }
        AssertNone([.. missed.Except(found).Where(place => !DecidesTheText(place))]);
        Assert.InRange(found.Count, 20, 100);
    }

    private IEnumerable<StatementVariant> Asking() =>
        from name in scene.Statements.Names.Order()
        from variant in StatementVariants.Single(scene.Statements, name)
        where Asks(variant.Text)
        select variant;

    private Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> RunAsync(StatementVariant variant, string text, Viewer viewer) =>
        scene.RunAsync(variant.Name, text, viewer);

    private static string Whole(IncidentHub.Platform.Database.Statements statements, string name) => Comment().Replace(
        statements.Get(name) + statements.Get(name, [.. statements.OptionsOf(name)]), "");

    private static bool Reads(string text) => Query().IsMatch(text)
        && (Read().Matches(text).Any(m => Tables.Contains(m.Groups[1].Value)) || IncidentColumn().IsMatch(text));

    private static bool Asks(string text) => Predicate().IsMatch(text);

    private static bool Names(string text, string parameter) => text.Contains("@" + parameter, StringComparison.Ordinal);

    private static bool IsSomething(IReadOnlyDictionary<string, object?> row) =>
        !(row.Count == 1 && row.Values.Single() is { } only && Convert.ToString(only, CultureInfo.InvariantCulture) == "0");

    /// <summary>Whether the row shows the incident itself. If it is marked as not visible to the viewer, the page omits it.</summary>
    private bool Shows(IReadOnlyDictionary<string, object?> row) => row.TryGetValue("IncidentVisible", out var visible)
        ? Convert.ToInt32(visible, CultureInfo.InvariantCulture) == 1
        // The id that the audit record of the read is about leaves the hub nowhere.
        : row.Any(v => v.Key != "RestrictedId" && scene.Traces.Contains($"{v.Value}", StringComparer.OrdinalIgnoreCase));

    private static string Words(IReadOnlyDictionary<string, object?> row) => string.Join(", ", row.Select(v => $"{v.Key} {v.Value}"));

    private static void AssertNone(IReadOnlyCollection<string> faults) =>
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));

    // {{visible}} as expanded in every statement, and the predicate of the dashboard's sums.
    [GeneratedRegex(@"\(i\.Confidentiality = 'Open' OR @ViewerSeesRestricted = 1(\s+OR EXISTS \([^)]*\))+\)"
        + @"|\(t\.Restricted = 0 OR @SeesRestricted = 1\)")]
    private static partial Regex Predicate();

    [GeneratedRegex(@"^\s*(SELECT|WITH)\b")]
    private static partial Regex Query();

    [GeneratedRegex(@"\b(?:FROM|JOIN)\s+([A-Z]\w+)")]
    private static partial Regex Read();

    [GeneratedRegex(@"\w*Incident(Id|Code)\b")]
    private static partial Regex IncidentColumn();

    [GeneratedRegex(@"--.*")]
    private static partial Regex Comment();
}

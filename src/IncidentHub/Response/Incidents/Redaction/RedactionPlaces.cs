using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>The places of texts, in words.</summary>
internal static class RedactionPlaces
{
    private static readonly Dictionary<string, string> Tables = new()
    {
        ["AuditEntry"] = "Audit log",
        ["AccessReview"] = "Access review",
        ["BreakGlass"] = "Break-glass",
        ["Decision"] = "Decision",
        ["DecisionApproval"] = "Approval",
        ["DecisionCondition"] = "Condition",
        ["DecisionCriterion"] = "Criterion",
        ["DecisionLog"] = "Decision log",
        ["DecisionOpinion"] = "Opinion",
        ["Evidence"] = "Evidence",
        ["EvidenceCustody"] = "Custody",
        ["Exposure"] = "Exposure",
        ["ExposureRevision"] = "Former exposure",
        ["Flag"] = "Flag",
        ["FlagMessage"] = "Message of a flag",
        ["Incident"] = "Incident",
        ["IncidentAdvice"] = "Severity advice",
        ["IncidentAssessment"] = "Severity inputs",
        ["IncidentCycle"] = "Reopening",
        ["IncidentCycleRevision"] = "Former reopening",
        ["IncidentLink"] = "Related incident",
        ["IncidentProgram"] = "Program",
        ["IncidentProgramRevision"] = "Former link to a program",
        ["IncidentReview"] = "Review",
        ["IncidentRevision"] = "Former state",
        ["IncidentSeries"] = "Series",
        ["IncidentSetAside"] = "Suggested link",
        ["IncidentSevChange"] = "SEV change",
        ["IncidentStatement"] = "Statement",
        ["LegalHold"] = "Legal hold",
        ["NoticeQuestion"] = "Employee page",
        ["Obligation"] = "Obligation",
        ["ObligationNotice"] = "Notice to an authority",
        ["ObligationRevision"] = "Former obligation",
        ["Pause"] = "Pause",
        ["PrivilegedNote"] = "Privileged note",
        ["PrivilegedNoteRevision"] = "Former privileged note",
        ["Safeguard"] = "Safeguard",
        ["SafeguardCheck"] = "Verification of a safeguard",
        ["StatementVersion"] = "Statement",
        ["TimelineEntry"] = "Timeline",
        ["TimelineRevision"] = "Former note",
        ["WorkTask"] = "Task",
        ["WorkTaskRevision"] = "Former task",
    };

    // As every command changes them; what stands in no other command's way follows.
    private static readonly string[] Locks =
    [
        "Flag", "FlagMessage", "WorkTask", "Safeguard", "SafeguardCheck", "TimelineEntry", "TimelineRevision", "Incident", "Exposure",
        "Pause", "IncidentCycle", "LegalHold", "Evidence", "AccessReview", "Obligation", "IncidentStatement", "StatementVersion",
        "NoticeQuestion", "IncidentReview", "IncidentProgram", "IncidentLink", "IncidentSeries", "PrivilegedNote", "Decision",
        "DecisionCriterion", "DecisionCondition", "DecisionApproval", "DecisionOpinion", "DecisionLog",
    ];

    // On the timeline, nobody wrote these: the hub describes what changed.
    private static readonly HashSet<string> Described =
        ["advice", "exposure", "stopped", "violation", "quarantined", "flag", "flagged", "evidence", "role", "redaction"];

    public static IReadOnlyCollection<string> Known => Tables.Keys;

    /// <summary>Where rows of the table come in the order in which rows are changed.</summary>
    public static int LockOrder(string table) => Array.IndexOf(Locks, table) is >= 0 and var at ? at : Locks.Length;

    /// <summary>The row with the version that covers this one; null where it has its own, or none.</summary>
    public static StoredRow? WholeOf(StoredRow row, IEnumerable<StoredRow> all) => row.HasVersion ? null
        : all.FirstOrDefault(r => r.Table is "Incident" or "Decision" or "IncidentStatement" or "Obligation" && r.OwnKey == row.Key);

    public static string Name(StoredRow row, string column)
    {
        var name = column.Split('.')[^1];
        var words = string.Concat(name.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
        return $"{Tables[row.Table]}: {(name == "What" ? "text" : words.Trim())}";
    }

    /// <summary>
    /// The texts of the rows that are left to redact, each once, where it was written first: what describes a change or was written
    /// formerly follows, as far as it does not repeat another.
    /// </summary>
    public static IReadOnlyList<(StoredRow Row, string Column, string Text)> Texts(IEnumerable<StoredRow> rows)
    {
        var all = rows.SelectMany(r => r.Texts.Where(t => RedactedText.IsText(t.Text)).Select(t => (Row: r, t.Column, t.Text)))
            .OrderBy(t => Rank(t.Row)).DistinctBy(t => t.Text).ToList();
        string[] written = [.. all.Where(t => Rank(t.Row) < Description).Select(t => t.Text)];
        return [.. all.Where(t => Rank(t.Row) < Description
            || (!Described.Contains(t.Row.Kind ?? "") && RedactedText.Remove(t.Text, written) == t.Text))];
    }

    private const int Description = 2;

    private static int Rank(StoredRow row) => row switch
    {
        { Table: "Incident" } => -1,
        { Table: "AuditEntry" } => Description + 1,
        { Table: "TimelineEntry", Kind: not ("note" or "observation" or "update") } or { Table: "DecisionLog" } => Description,
        _ => row.Table.EndsWith("Revision", StringComparison.Ordinal) ? 1 : 0,
    };
}

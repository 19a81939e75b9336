using System.Globalization;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>The places of texts, in words.</summary>
internal static class RedactionPlaces
{
    /// <summary>{0} is what the row belongs to, {1} its kind in words.</summary>
    private static readonly Dictionary<string, string> Tables = new()
    {
        ["AuditEntry"] = "Audit log, {0}, {1}",
        ["AccessReview"] = "Access review {0}",
        ["BreakGlass"] = "Break-glass by {0}",
        ["Decision"] = "Decision {0}",
        ["DecisionApproval"] = "Approval of {0} by {1}",
        ["DecisionCondition"] = "Condition of {0}",
        ["DecisionCriterion"] = "Criterion of {0}, «{1}»",
        ["DecisionLog"] = "Activity of {0}, {1}",
        ["DecisionOpinion"] = "Opinion of the {1} on {0}",
        ["Evidence"] = "Evidence {0}",
        ["EvidenceCustody"] = "Custody",
        ["Exposure"] = "Exposure of {0}",
        ["ExposureRevision"] = "Former exposure of {0}",
        ["Flag"] = "Flag {0}",
        ["FlagMessage"] = "Message of {0}",
        ["Incident"] = "Incident {0}",
        ["IncidentAdvice"] = "Severity advice, by {0}",
        ["IncidentAssessment"] = "Severity inputs, by {0}",
        ["IncidentCycle"] = "Reopening, cycle {0}",
        ["IncidentCycleRevision"] = "Former reopening, cycle {0}",
        ["IncidentLink"] = "Relation to {0}",
        ["IncidentProgram"] = "Link to the program {0}",
        ["IncidentProgramRevision"] = "Former link to the program {0}",
        ["IncidentReview"] = "Review",
        ["IncidentRevision"] = "Former state of the incident",
        ["IncidentSeries"] = "Series",
        ["IncidentSetAside"] = "Suggested link to {0}, set aside",
        ["IncidentSevChange"] = "SEV change by {0}",
        ["IncidentStatement"] = "Statement {0}",
        ["LegalHold"] = "Legal hold placed by {0}",
        ["NoticeQuestion"] = "Question on the employee page",
        ["Obligation"] = "Obligation {0}",
        ["ObligationNotice"] = "Notice {1} to an authority for {0}",
        ["ObligationRevision"] = "Former obligation {0}",
        ["Pause"] = "Pause of {0}",
        ["PrivilegedNote"] = "Privileged note by {0}",
        ["PrivilegedNoteRevision"] = "Former privileged note by {0}",
        ["Safeguard"] = "Safeguard {1} of {0}",
        ["SafeguardCheck"] = "Verification of safeguard {1} of {0}",
        ["StatementVersion"] = "Statement {0}, version {1}",
        ["TimelineEntry"] = "Timeline, {1} by {0}",
        ["TimelineRevision"] = "Former note, revised by {0}",
        ["WorkTask"] = "Task {0}",
        ["WorkTaskRevision"] = "Former task {0}",
    };

    // As every command changes them; what stands in no other command's way follows.
    private static readonly string[] Locks =
    [
        "Flag", "FlagMessage", "WorkTask", "Safeguard", "SafeguardCheck", "TimelineEntry", "TimelineRevision", "Incident", "Exposure",
        "Pause", "IncidentCycle", "LegalHold", "Evidence", "AccessReview", "Obligation", "IncidentStatement", "StatementVersion",
        "NoticeQuestion", "IncidentReview", "IncidentProgram", "IncidentLink", "IncidentSeries", "PrivilegedNote", "Decision",
        "DecisionCriterion", "DecisionCondition", "DecisionApproval", "DecisionOpinion", "DecisionLog",
    ];

    public static IReadOnlyCollection<string> Known => Tables.Keys;

    /// <summary>Where rows of the table come in the order in which rows are changed.</summary>
    public static int LockOrder(string table) => Array.IndexOf(Locks, table) is >= 0 and var at ? at : Locks.Length;

    /// <summary>The row with the version that covers this one; null where it has its own, or none.</summary>
    public static StoredRow? WholeOf(StoredRow row, IEnumerable<StoredRow> all) => row.HasVersion ? null
        : all.FirstOrDefault(r => r.Table is "Incident" or "Decision" or "IncidentStatement" or "Obligation" && r.OwnKey == row.Key);

    /// <param name="kind">The kind of the row as the screen has it, if it is known.</param>
    public static string Name(StoredRow row, string column, string? kind)
    {
        var name = column.Split('.')[^1];
        var place = string.Format(CultureInfo.InvariantCulture, Tables[row.Table], row.BelongsTo("Place"), kind ?? KindOf(row));
        return $"{place}: {(name is "What" or "Body" ? "text" : Words(name))}";
    }

    // «RootCauseKnown» is «root cause known», «incident.sev-changed» is «sev changed».
    private static string KindOf(StoredRow row) => Words((row.Kind ?? "").Split('.')[^1].Replace('-', ' '));

    private static string Words(string name) =>
        string.Concat(name.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}")).Trim();
}

using System.Globalization;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>What the timeline says of each thing that happens to an incident, and what the audit log calls it.</summary>
internal static class IncidentTelling
{
    /// <summary>Kind, title and body for people; the event itself for machines.</summary>
    public static TimelineAppend Tell(Guid incidentId, IncidentEvent happened, DateTimeOffset now)
    {
        var (kind, title, body) = Words(happened);
        return new()
        {
            IncidentId = incidentId,
            Kind = kind,
            HappenedAt = happened.HappenedAt ?? now,
            Title = title,
            Body = body,
            Data = Facts(happened)
        };
    }

    /// <summary>Stable name of the act for the audit log.</summary>
    public static string Act(DomainEvent happened) => happened switch
    {
        IncidentDeclared => "incident.declared",
        DetailChanged => "incident.details-changed",
        SevChanged => "incident.sev-changed",
        SeverityAssessed => "incident.severity-assessed",
        IncidentContained => "incident.contained",
        IncidentResolved => "incident.resolved",
        IncidentClosed => "incident.closed",
        IncidentReopened => "incident.reopened",
        IncidentMerged => "incident.merged",
        IncidentAbsorbed => "incident.absorbed",
        RoleAssigned => "incident.role-assigned",
        RoleReleased => "incident.role-released",
        ConfidentialityChanged => "incident.confidentiality-changed",
        ExposureAdded => "incident.exposure-added",
        ExposureChanged => "incident.exposure-changed",
        ExposureWithdrawn => "incident.exposure-withdrawn",
        InvolvementAdded => "incident.program-linked",
        InvolvementChanged => "incident.program-changed",
        InvolvementWithdrawn => "incident.program-withdrawn",
        MomentCorrected => "incident.moment-corrected",
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event."),
    };

    /// <summary>In half a sentence, for whoever writes on an older version.</summary>
    public static string Summary(IReadOnlyList<DomainEvent> events) =>
        string.Join("; ", events.OfType<IncidentEvent>().Select(e => Words(e).Title));

    /// <summary>«Promised audience: research group · actual audience: the whole company · unencrypted · 12,400,000 records».</summary>
    public static string Describe(Exposure e)
    {
        var parts = new List<string>();
        if (e.Promised is not null) parts.Add($"promised audience: {e.Promised.Label}");
        if (e.Actual is not null) parts.Add($"actual audience: {e.Actual.Label}");
        if (e.Encrypted != Known.Unknown) parts.Add(e.Encrypted == Known.Yes ? "encrypted" : "unencrypted");
        if (e.From is { } from) parts.Add($"since {Utc(from)}");
        if (e.Until is { } until) parts.Add($"until {Utc(until)}");
        if (e.Records is { } records) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{records:N0} records"));
        if (e.Subjects is { } subjects) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{subjects:N0} people"));
        if (e.Categories.Count > 0) parts.Add(string.Join(", ", e.Categories));
        parts.Add($"evidence of access: {Words(e.Evidence)}");
        return Capital(string.Join(" · ", parts));
    }

    public static string Words(EvidenceOfAccess evidence) => evidence switch
    {
        EvidenceOfAccess.NotStarted => "not started",
        EvidenceOfAccess.UnderReview => "under review",
        EvidenceOfAccess.NoneFound => "none found",
        EvidenceOfAccess.Found => "found",
        EvidenceOfAccess.CannotBeDetermined => "inconclusive",
        _ => throw new ArgumentOutOfRangeException(nameof(evidence), evidence, "Unknown answer."),
    };

    private static (string Kind, string Title, string? Body) Words(IncidentEvent happened) => happened switch
    {
        IncidentDeclared e => ("declared", $"Declared {e.Sev.Label()}", e.Title),
        DetailChanged e =>
            ("details", e.Field == "title" ? $"Title changed to «{e.To}»" : "Summary changed",
            e.Field == "title" ? $"It was «{e.From}»." : e.To),
        SevChanged e => ("sev-changed", $"{e.From.Label()} changed to {e.To.Label()}", e.Reason),
        SeverityAssessed e => ("advice", "Severity inputs assessed", $"{Capital(e.To.Label)}. {e.Reason}"),
        IncidentContained e => ("contained", "Contained", Optional(e.Note)),
        IncidentResolved e => ("resolved", "Resolved", Optional(e.Note)),
        IncidentClosed e => ("closed", "Closed", Optional(e.Note)),
        IncidentReopened e => ("reopened", $"Reopened, cycle {e.Cycle}", e.Reason),
        IncidentMerged e => ("merged", e.IntoRestricted ? "Merged into a restricted incident" : $"Merged into {e.IntoCode}", e.Reason),
        IncidentAbsorbed e => ("merged", $"{e.Code} was merged into this incident", e.Title),
        RoleAssigned e =>
            ("role", e.Role == IncidentRole.Named
            ? $"{e.Name} added as a named person" : $"{e.Name} is {e.Role.ToString().ToLowerInvariant()}",
            e.Instead is null ? null : $"Instead of {e.Instead}."),
        RoleReleased e => ("role", $"{e.Name} is no longer {e.Role.ToString().ToLowerInvariant()}", null),
        ConfidentialityChanged e =>
            ("confidentiality", e.To == Confidentiality.Restricted ? "Restricted" : "Restriction removed", e.Reason),
        ExposureAdded e => ("exposure", $"Exposure recorded: {e.Exposure.DatasetName}", Describe(e.Exposure)),
        ExposureChanged e => ("exposure", $"Exposure changed: {e.To.DatasetName}", Describe(e.To)),
        ExposureWithdrawn e => ("exposure", $"Exposure withdrawn: {e.Exposure.DatasetName}", e.Reason),
        InvolvementAdded e => ("program", $"{e.Involvement.ProgramCode} linked as {e.Involvement.Kind.ToString().ToLowerInvariant()}",
            Optional(e.Involvement.Note)),
        InvolvementChanged e =>
            ("program",
            $"Link to {e.ProgramCode} changed from {e.From.ToString().ToLowerInvariant()} to {e.To.ToString().ToLowerInvariant()}",
            e.Reason),
        InvolvementWithdrawn e => ("program", $"Link to {e.ProgramCode} withdrawn", e.Reason),
        MomentCorrected e =>
            ("moment", $"«{e.Moment.Label()}» corrected{(e.Cycle is { } c ? $" (cycle {c})" : "")}",
            $"From {Utc(e.From)} to {Utc(e.To)}. {e.Reason}"),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event."),
    };

    // What is long or already in the text is not repeated for machines.
    private static object? Facts(IncidentEvent happened) => happened switch
    {
        IncidentDeclared e => new { sev = (int)e.Sev },
        SevChanged e => new { from = (int)e.From, to = (int)e.To },
        SeverityAssessed e => new { e.From, e.To },
        IncidentReopened e => new { e.Cycle },
        IncidentContained e => new { e.Cycle },
        IncidentResolved e => new { e.Cycle },
        MomentCorrected e => new { moment = e.Moment.ToString(), e.Cycle, e.From, e.To },
        _ => null,
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string? Optional(string text) => text.Length == 0 ? null : text;

    private static string Utc(DateTimeOffset? at) => at is { } known
        ? known.ToUniversalTime().ToString("d MMM yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "unknown";
}

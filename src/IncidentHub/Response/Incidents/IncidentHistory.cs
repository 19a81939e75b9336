using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>The records of each event of an incident.</summary>
internal static class IncidentHistory
{
    public static JournalEntry Of(IncidentState incident, DomainEvent happened, DeclaredFlag? flag = null)
    {
        var said = Say(happened);
        var line = new TimelineEntry
        {
            IncidentId = incident.Id,
            Kind = said.Kind,
            HappenedAt = ((IncidentEvent)happened).HappenedAt,
            Title = said.Title,
            Body = said.Body,
            Data = said.Data,
            About = said.About,
            PublicTitle = said.Title,
        };
        return Entry(incident.Id, incident.Code, $"incident.{said.Action}") with
        {
            // Declared as object, so that the serializer writes the properties of the event's runtime type.
            Detail = new
            {
                incident.Version,
                Change = (object)happened,
                Declared = happened is IncidentDeclared ? Declared(incident) : null,
            },
            Timeline = [.. LinesOf(incident, flag), line],
            // Restricted or open from now on: it appears in lists, or it vanishes from them.
            Topics = happened is ConfidentialityChanged ? ["incidents"] : [],
            SubjectTopics = [new([incident.Id], "incidents")],
            Events = happened is ConfidentialityChanged { To: Confidentiality.Restricted } ? [new IncidentRestricted(incident.Id)] : [],
        };
    }

    /// <summary>The record of a changed severity advice.</summary>
    public static JournalEntry OfAdvice(IncidentState incident, BreachScore advice)
    {
        var score = new { score = advice.Se, advice.Dpc, advice.Ei, advice.Cb, suggests = (int)advice.Suggests };
        return Entry(incident.Id, incident.Code, "incident.advice-changed") with
        {
            Detail = score,
            Timeline =
            [
                new()
                {
                    IncidentId = incident.Id,
                    Kind = "advice",
                    Title = $"Severity advice: {advice.Suggests.Label()}",
                    Body = $"ENISA {SeverityAdvice.Describe(advice)}.",
                    Data = score,
                },
            ],
        };
    }

    /// <summary>A short description for a conflict message. It names no other incident.</summary>
    public static string Summary(IReadOnlyList<DomainEvent> events) => string.Join("; ", events.Select(happened => happened switch
    {
        IncidentMerged => "Merged into another incident",
        IncidentAbsorbed => "Another incident was merged into this one",
        _ => Say(happened).Title,
    }));

    // Other events of the declaration's transaction; exposures and programs have events of their own.
    private static object Declared(IncidentState incident) =>
        new
        {
            incident.Id,
            incident.Summary,
            incident.Confidentiality,
            incident.Timestamps,
            incident.Current.PolicyVersion,
            incident.People
        };

    private static JournalEntry Entry(Guid id, string code, string action) =>
        new() { Action = action, Subject = $"incident {code}", About = [id] };

    // The timeline begins with the flag. The reporter's text is for triage only.
    private static IEnumerable<TimelineEntry> LinesOf(IncidentState incident, DeclaredFlag? flag)
    {
        if (flag is null) yield break;
        yield return Line($"Flag {flag.Code} raised", flag.FlaggedAt);
        if (flag.AcknowledgedAt is { } at && at < incident.Timestamps.Declared) yield return Line($"Flag {flag.Code} acknowledged", at);

        TimelineEntry Line(string title, DateTimeOffset at) =>
            new() { IncidentId = incident.Id, Kind = "flag", HappenedAt = at, By = Actor.System, Title = title };
    }

    // Long values and values that are in the text already are not repeated as data.
    private static Said Say(DomainEvent happened) => happened switch
    {
        IncidentDeclared e => new("declared", "declared", $"Declared {e.Sev.Label()}", e.Title, new { sev = (int)e.Sev }),
        DetailChanged { Field: "title" } e => new("details-changed", "details", $"Title changed to «{e.To}»", $"It was «{e.From}»."),
        DetailChanged e => new("details-changed", "details", "Summary changed", e.To),
        SevChanged e => new("sev-changed", "sev-changed", $"{e.From.Label()} changed to {e.To.Label()}", e.Reason,
            new { from = (int)e.From, to = (int)e.To }),
        SeverityAssessed e => new("severity-assessed", "advice", "Severity inputs assessed",
            $"{ExposureText.Capital(e.To.Label)}. {e.Reason}", new { e.From, e.To }),
        AdviceOverridden e => new("advice-overridden", "advice", $"{e.Kept.Label()} kept; the advice suggests {e.Suggested.Label()}",
            e.Reason, new { suggested = (int)e.Suggested, kept = (int)e.Kept }),
        IncidentContained e => new("contained", "contained", "Contained", Optional(e.Note), new { e.Cycle }),
        IncidentResolved e => new("resolved", "resolved", "Resolved", Optional(e.Note), new { e.Cycle }),
        IncidentClosed e => new("closed", "closed", "Closed", Optional(e.Note)),
        IncidentReopened e => new("reopened", "reopened", $"Reopened, cycle {e.Cycle}", e.Reason, new { e.Cycle }),
        IncidentMerged e => new("merged", "merged", $"Merged into {Reference.To(e.IntoId)}", e.Reason) { About = [e.IntoId] },
        IncidentAbsorbed e => new("absorbed", "merged", $"{Reference.To(e.MergedId)} was merged into this incident", e.Title)
        {
            About = [e.MergedId],
        },
        RoleAssigned e => new("role-assigned", "role",
            e.Role == IncidentRole.Named ? $"{e.Name} added as a named person" : $"{e.Name} is {Lower(e.Role)}",
            e.Instead is null ? null : $"Instead of {e.Instead}."),
        RoleReleased e => new("role-released", "role", $"{e.Name} is no longer {Lower(e.Role)}"),
        ConfidentialityChanged { To: Confidentiality.Restricted } e => new("confidentiality-changed", "confidentiality", "Restricted",
            e.Reason),
        ConfidentialityChanged e => new("confidentiality-changed", "confidentiality", "Restriction removed", e.Reason),
        ExposureAdded e => new("exposure-added", "exposure", $"Exposure recorded: {e.Exposure.DatasetName}",
            ExposureText.Describe(e.Exposure)),
        ExposureChanged e => new("exposure-changed", "exposure", $"Exposure changed: {e.To.DatasetName}", ExposureText.Describe(e.To)),
        ExposureWithdrawn e => new("exposure-withdrawn", "exposure", $"Exposure withdrawn: {e.Exposure.DatasetName}", e.Reason),
        InvolvementAdded e => new("program-linked", "program", $"{e.Involvement.ProgramCode} linked as {Lower(e.Involvement.Kind)}",
            Optional(e.Involvement.Note)),
        InvolvementChanged e => new("program-changed", "program",
            $"Link to {e.ProgramCode} changed from {Lower(e.From)} to {Lower(e.To)}", e.Reason),
        InvolvementWithdrawn e => new("program-withdrawn", "program", $"Link to {e.ProgramCode} withdrawn", e.Reason),
        LinksSetAside e => new("links-set-aside", "program",
            e.Links.Count == 1 ? $"Suggested link to {e.Links[0].Name} set aside" : $"{e.Links.Count} suggested links set aside",
            e.Links.Count <= 1 ? e.Reason : $"{string.Join(", ", e.Links.Select(l => l.Name))}. {e.Reason}"),
        TimestampCorrected e => new("timestamp-corrected", "timestamp",
            $"«{e.Timestamp.Label()}» corrected{(e.Cycle is { } c ? $" (cycle {c})" : "")}",
            $"From {ExposureText.Utc(e.From)} to {ExposureText.Utc(e.To)}. {e.Reason}",
            new { moment = e.Timestamp.ToString(), e.Cycle, e.From, e.To }),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of an incident."),
    };

    private static string Lower(Enum value) => value.ToString().ToLowerInvariant();

    private static string? Optional(string text) => text.Length == 0 ? null : text;

    /// <param name="Action">For the audit log, without <c>incident.</c>.</param>
    /// <param name="Kind">For the timeline's filters.</param>
    private sealed record Said(string Action, string Kind, string Title, string? Body = null, object? Data = null)
    {
        public IReadOnlyList<Guid> About { get; init; } = [];
    }
}

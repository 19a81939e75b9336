using IncidentHub.Domain.Flags;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Live;

namespace IncidentHub.Response.Flags;

/// <summary>
/// The records of each event of a flag. The texts of reporters and triage are stored with the flag only: the audit log has the digests of
/// their rows.
/// </summary>
internal static class FlagHistory
{
    public static JournalEntry Of(FlagState flag, DomainEvent happened) => happened switch
    {
        FlagFiled => Entry(flag, "flag.filed", new { flag.SuggestedSev }),
        FlagAcknowledged => Entry(flag, "flag.acknowledged", new { flag.Status, flag.Version }),
        FlagMessageWritten e => Entry(flag, "flag.message", new { e.Message.Side, e.Message.Id }),
        FlagAttached e => Entry(flag, "flag.attached", new { e.Attachment, e.MessageId }),
        FlagDeclared e => Entry(flag, "flag.declared", new { Incident = e.IncidentCode, e.IncidentId }) with
        {
            About = [flag.Id, e.IncidentId],
        },
        FlagMerged e => Entry(flag, "flag.merged", new { Incident = e.IncidentCode, e.IncidentId }) with
        {
            About = [flag.Id, e.IncidentId],
            Timeline =
            [
                new()
                {
                    IncidentId = e.IncidentId,
                    Kind = "flagged",
                    HappenedAt = flag.FlaggedAt,
                    // The reporter's text is for triage only.
                    Title = $"{flag.Code} merged into this incident",
                },
            ],
        },
        FlagDismissed e => Entry(flag, "flag.dismissed", new { flag.Status, flag.Version, e.Reason }),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a flag."),
    };

    /// <summary>
    /// A short description for a conflict message. A message that acknowledges the flag counts as a message, and the
    /// incident is not named: not every member of triage may see it.
    /// </summary>
    public static string Summary(IReadOnlyList<DomainEvent> events) => events[^1] switch
    {
        FlagFiled => "filed",
        FlagAcknowledged => "acknowledged",
        FlagMessageWritten => "a message",
        FlagAttached => "a file",
        FlagDeclared => "declared as an incident",
        FlagMerged => "merged into an incident",
        FlagDismissed => "dismissed",
        _ => throw new ArgumentOutOfRangeException(nameof(events), events[^1], "Not an event of a flag."),
    };

    /// <summary>Somebody downloads a file of the reporter. Damaged content is recorded and not handed out.</summary>
    /// <param name="found">The digest of the stored content; null where it is missing.</param>
    public static JournalEntry OfDownload(FlagState flag, FlagAttachmentRecord file, string? found) =>
        Entry(flag, found == file.Digest ? "flag.downloaded" : "flag.damaged", new { file.Id, file.Digest, Found = found }) with
        {
            Topics = [],
        };

    private static JournalEntry Entry(FlagState flag, string action, object detail) => new()
    {
        Action = action,
        Subject = $"flag {flag.Code}",
        // Triage and its reporter; others see the act under a pseudonym.
        About = [flag.Id],
        Detail = detail,
        Topics = ["flags", $"flag:{flag.Id}", .. flag.RaisedById is { } reporter ? [LiveFeed.SightOf(reporter)] : (string[])[]],
    };
}

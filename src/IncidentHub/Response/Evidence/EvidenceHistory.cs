using System.Globalization;
using IncidentHub.Domain.Evidence;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Evidence;

/// <summary>
/// The records of each event of a file. Who read and downloaded it is in its custody and in the audit log; on the timeline is what changes
/// the evidence.
/// </summary>
internal static class EvidenceHistory
{
    public static JournalEntry Of(string code, EvidenceState state, DomainEvent happened)
    {
        var (act, title, body) = happened switch
        {
            EvidenceAdded e => ("added", "added", $"{Name(state)}\n{Size(e.File.Size)}, SHA-256 {e.File.Sha256}"),
            EvidenceSeen => ("read", null, null),
            EvidenceDownloaded => ("downloaded", null, null),
            EvidenceDamaged e => ("damaged", e.Sha256 is null ? "is missing from the store" : "differs from its digest", Note(happened)),
            EvidenceIntact => ("intact", "matches its digest again", null),
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of evidence."),
        };
        return new()
        {
            Action = $"evidence.{act}",
            Subject = $"evidence {code}",
            About = [state.IncidentId],
            Detail = new
            {
                state.Id,
                state.File.Sha256,
                Origin = state.Origin.IsRestricted ? null : state.Origin,
                Found = (happened as EvidenceDamaged)?.Sha256,
            },
            // Of a restricted file, everybody who reads the incident learns that there is one.
            Timeline = title is null ? [] :
            [
                new()
                {
                    IncidentId = state.IncidentId,
                    Kind = "evidence",
                    Title = state.Origin.IsRestricted ? $"Restricted evidence {title}" : $"Evidence {code} {title}",
                    Body = state.Origin.IsRestricted ? null : body,
                    Data = state.Origin.IsRestricted ? null : new { Code = code, state.File.Sha256 },
                },
            ],
            Topics = [$"evidence:{state.Id}"],
        };
    }

    public static CustodyKind Kind(DomainEvent happened) => happened switch
    {
        EvidenceAdded => CustodyKind.Added,
        EvidenceSeen => CustodyKind.Seen,
        EvidenceDownloaded => CustodyKind.Downloaded,
        EvidenceDamaged => CustodyKind.Damaged,
        EvidenceIntact => CustodyKind.Intact,
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of evidence."),
    };

    /// <summary>What the custody says of the event in addition.</summary>
    public static string? Note(DomainEvent happened) => happened switch
    {
        EvidenceDamaged { Sha256: null } => "The file is missing.",
        EvidenceDamaged e => $"Its SHA-256 is {e.Sha256} now.",
        _ => null,
    };

    /// <summary>An incident was merged into another: its evidence goes along.</summary>
    public static JournalEntry OfMove(IncidentMergedInto merged, int moved) => new()
    {
        Action = "evidence.moved",
        Subject = $"incident {merged.IntoCode}",
        About = [merged.FromId, merged.IntoId],
        Detail = new { From = merged.FromCode, merged.FromId, merged.IntoId, Files = moved },
        Timeline =
        [
            new()
            {
                IncidentId = merged.IntoId,
                Kind = "evidence",
                Title = $"Evidence taken over from {Reference.To(merged.FromId)}",
                PublicTitle = $"Evidence taken over from {Reference.To(merged.FromId)}",
                Data = new { files = moved },
                About = [merged.FromId],
            },
        ],
        Topics = [$"incident:{merged.IntoId}"],
    };

    /// <summary>A size for people: «1.5 MB».</summary>
    public static string Size(long bytes)
    {
        string[] units = ["bytes", "kB", "MB", "GB"];
        var (size, unit) = ((double)bytes, 0);
        for (; size >= 999.5 && unit < units.Length - 1; unit++) size /= 1000;
        return unit == 0 ? $"{bytes} bytes" : string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {units[unit]}");
    }

    private static string Name(EvidenceState state) =>
        $"{state.Origin.Name}, taken by {state.Origin.TakenBy} from {state.Origin.TakenFrom}";
}

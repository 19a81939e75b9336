using IncidentHub.Domain.AccessReviews;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.AccessReviews;

/// <summary>A review was signed off.</summary>
/// <param name="Evidence">What approvers read of it, without the name of anybody in the log.</param>
internal sealed record AccessReviewSignedOff(Guid IncidentId, string Code, ReviewConclusion Conclusion, string Evidence)
    : LayerEvent<AccessReviewSignedOff>;

/// <summary>
/// The records of each event of a review. Whoever may see the incident learns from its timeline that a log is reviewed and what was
/// concluded; the rest is for the readers of the review.
/// </summary>
internal static class ReviewHistory
{
    private const string Begins = "Access review ", LogDigest = " SHA-256 of the log ";
    private const int CodeLength = 9;

    public static JournalEntry Of(string code, ReviewState review, DomainEvent happened)
    {
        var (act, title) = happened switch
        {
            ReviewLoaded e => ("loaded", $"Access review of {e.DatasetName} started"),
            ReviewCancelled => ("cancelled", null),
            ReviewResumed => ("resumed", null),
            ReviewFinished => ("read", null),
            ReviewFailed => ("failed", null),
            ReviewSignedOff e => ("signed-off", $"Access review of {review.DatasetName} signed off: {Words(e.Conclusion)}"),
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of an access review."),
        };
        return new()
        {
            Action = $"access-review.{act}",
            Subject = $"access review {code}",
            About = [review.IncidentId],
            Detail = new
            {
                review.Id,
                review.EvidenceId,
                review.Settings.AudienceDigest,
                review.Result?.LogDigest,
                review.Result?.Rows,
                Conclusion = (happened as ReviewSignedOff)?.Conclusion,
            },
            Timeline = title is null ? [] :
                [new() { IncidentId = review.IncidentId, Kind = "access-review", Title = title, Data = new { review.DatasetName } }],
            Topics = [$"access-review:{review.Id}"],
            Events = happened is ReviewSignedOff signed
                ? [new AccessReviewSignedOff(review.IncidentId, code, signed.Conclusion, Evidence(code, review, signed.Conclusion))] : [],
        };
    }

    /// <summary>An incident was merged into another: its reviews go along.</summary>
    public static JournalEntry OfMove(IncidentMergedInto merged, int moved) => new()
    {
        Action = "access-review.moved",
        Subject = $"incident {merged.IntoCode}",
        About = [merged.FromId, merged.IntoId],
        Detail = new { From = merged.FromCode, merged.FromId, merged.IntoId, Reviews = moved },
        Topics = [$"incident:{merged.IntoId}"],
    };

    public static string Words(ReviewConclusion conclusion) => conclusion switch
    {
        ReviewConclusion.NoneFound => "none found",
        ReviewConclusion.Found => "found",
        ReviewConclusion.Inconclusive => "inconclusive",
    };

    /// <summary>The code of the review that such an evidence names, or null.</summary>
    public static string? CodeIn(string evidence) =>
        evidence.StartsWith(Begins, StringComparison.Ordinal) && evidence.Length > Begins.Length + CodeLength
            ? evidence.Substring(Begins.Length, CodeLength) : null;

    /// <summary>Whether this is what a signed-off review says of itself.</summary>
    public static bool IsEvidence(string text) =>
        text.StartsWith(Begins, StringComparison.Ordinal) && text.Contains(LogDigest, StringComparison.Ordinal);

    private static string Evidence(string code, ReviewState review, ReviewConclusion conclusion)
    {
        var r = review.Result!;
        var s = review.Settings;
        return $"{Begins}{code} of {review.DatasetName}, signed off by {review.SignOff!.ByName}: {Words(conclusion)}. "
            + $"{r.Rows:N0} rows read, {r.RefusedRows:N0} refused; window {s.From:yyyy-MM-dd HH:mm} to {s.Until:yyyy-MM-dd HH:mm} UTC; "
            + $"{r.GapCount:N0} gaps longer than {s.GapMinutes:N0} min; {r.People:N0} people outside the promised audience. "
            + $"{LogDigest.TrimStart()}{r.LogDigest}.";
    }
}

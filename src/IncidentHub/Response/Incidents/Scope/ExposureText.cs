using System.Globalization;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

/// <summary>The display text of exposures.</summary>
internal static class ExposureText
{
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

    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    public static string Utc(DateTimeOffset? at) => at is { } known
        ? known.ToUniversalTime().ToString("d MMM yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "unknown";
}

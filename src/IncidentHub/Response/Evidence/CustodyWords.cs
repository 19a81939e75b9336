using IncidentHub.Domain.Evidence;

namespace IncidentHub.Response.Evidence;

/// <summary>The entries of a custody on pages.</summary>
internal static class CustodyWords
{
    public static string Of(CustodyKind kind) => kind switch
    {
        CustodyKind.Added => "Added",
        CustodyKind.Seen => "Record read",
        CustodyKind.Downloaded => "Downloaded",
        CustodyKind.Damaged => "Found damaged; the download was refused",
        CustodyKind.Intact => "Matches its digest again",
        CustodyKind.Moved => "Moved with its incident",
        CustodyKind.Redacted => "Removed by a redaction; its digest stays",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An unknown kind."),
    };
}

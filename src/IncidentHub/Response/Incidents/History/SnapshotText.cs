using System.Globalization;
using IncidentHub.Ui;

namespace IncidentHub.Response.Incidents;

/// <summary>Texts about an earlier time.</summary>
internal static class SnapshotText
{
    /// <summary>How far off a due time was: «in 3 h then», «late by 10 min then».</summary>
    public static string Due(DateTimeOffset due, DateTimeOffset asOf) =>
        due <= asOf ? $"late by {Times.Span(asOf - due)} then" : $"in {Times.Span(due - asOf)} then";

    /// <summary>A time in an address; exact, so that what was recorded at that time is part of it.</summary>
    public static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

namespace IncidentHub.Platform.Live;

/// <summary>
/// Delivers announcements that must not wait for open pages, immediately after the commit and before any awaiting caller continues. It runs
/// on the writer: a listener must take the announcement and return at once.
/// </summary>
internal sealed class CommitFeed
{
    /// <summary>
    /// Called with each announcement of a committed transaction, in the order of commits on SQLite; on SQL Server two may arrive in either
    /// order.
    /// </summary>
    public event Action<object>? Committed;

    public void Publish(IReadOnlyList<object> announcements)
    {
        foreach (var announcement in announcements) Committed?.Invoke(announcement);
    }
}

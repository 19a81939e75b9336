namespace IncidentHub.Platform.Live;

/// <summary>
/// Tells what cannot wait for open pages, right after its commit and before anybody's await goes on. It runs on the writer: whoever listens
/// takes what it is told and returns at once.
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

using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Access.Identity;

/// <summary>
/// A backup was restored. Sessions that ended since it was made, and links that were used since, would be valid again: all of them end.
/// </summary>
internal sealed class RestoredSessions : IEventHandler<DatabaseRestored>
{
    public async Task HandleAsync(UnitOfWork tx, DatabaseRestored happened, Actor actor)
    {
        var sessions = await tx.ExecuteAsync("Session_EndAll", new { tx.Now, Reason = nameof(SessionEnd.EndedByAdministrator) });
        var links = await tx.ExecuteAsync("OneTimeToken_EndAll", new { tx.Now });
        await tx.RecordAsync(actor, new JournalEntry
        {
            Action = "session.all-ended",
            Subject = "sessions",
            Detail = new { sessions, links, reason = "a backup was restored" },
            Topics = ["people"],
        });
    }
}

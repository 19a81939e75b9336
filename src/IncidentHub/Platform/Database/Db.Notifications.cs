using IncidentHub.Domain.Access;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Live;

namespace IncidentHub.Platform.Database;

/// <summary>Notifies the open pages of those who may see what a transaction changed.</summary>
internal sealed partial class Db
{
    private readonly Lock _notifying = new();

    /// <summary>Completed when the pages were notified of every change that was committed before.</summary>
    internal Task Notified { get; private set; } = Task.CompletedTask;

    /// <summary>Notifies the open pages of this node of what a committed transaction changed, here or on another node.</summary>
    /// <param name="topics">What everybody may see.</param>
    internal void Deliver(IReadOnlyCollection<string> topics, IReadOnlyList<SubjectTopics> subjectTopics)
    {
        live.Publish(topics);
        if (subjectTopics.Count > 0) Notify(subjectTopics);
    }

    // After the commit, and without holding up the writer: whether a reader may see a subject is a query.
    private void Notify(IReadOnlyList<SubjectTopics> changed)
    {
        lock (_notifying) Notified = NotifyAsync(Notified, changed);
    }

    private async Task NotifyAsync(Task before, IReadOnlyList<SubjectTopics> changed)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            foreach (var group in changed.GroupBy(c => string.Join(' ', c.Subjects.Distinct().Order())))
            {
                var (subjects, topics) = (group.First().Subjects.ToHashSet(), group.SelectMany(c => c.Topics).ToHashSet());
                if (await MaySeeAsync(subjects, LiveFeed.Everybody)) live.Publish(topics);
                else await live.PublishAsync(topics, reader => MaySeeAsync(subjects, reader));
            }
        }
        catch (Exception e)
        {
            // The change is committed: pages show it when they load again.
            LogNotNotified(services.GetRequiredService<ILogger<Db>>(), e);
        }
    }

    private async Task<bool> MaySeeAsync(HashSet<Guid> subjects, Actor reader) =>
        services.GetService<ISubjectVisibility>() is not { } visibility
        || (await ReadAsync(sql => visibility.VisibleAsync(sql, subjects, reader))).Count == subjects.Count;

    [LoggerMessage(LogLevel.Error, "Open pages were not notified of a change")]
    private static partial void LogNotNotified(ILogger logger, Exception exception);
}

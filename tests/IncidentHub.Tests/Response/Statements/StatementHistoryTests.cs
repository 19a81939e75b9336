using IncidentHub.Domain;
using IncidentHub.Domain.Statements;
using IncidentHub.Response.Statements;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.Statements;

public class StatementHistoryTests
{
    private static readonly StatementVersion Text = new(1, "Names", "Closed.", SampleEvents.Id(), "A responder", DateTimeOffset.UnixEpoch);

    private static readonly StatementState State = new()
    {
        Id = SampleEvents.Id(),
        IncidentId = SampleEvents.Id(),
        Audience = StatementAudience.Employees,
        Versions = [Text],
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public void Only_what_employees_see_notifies_their_pages()
    {
        Assert.DoesNotContain(StatementHistory.NoticesTopic, TopicsOf(new StatementDrafted(Text)));
        Assert.DoesNotContain(StatementHistory.NoticesTopic, TopicsOf(new StatementRevised(Text)));
        Assert.Contains(StatementHistory.NoticesTopic, TopicsOf(new StatementPublished(Text)));
        Assert.Contains(StatementHistory.NoticesTopic, TopicsOf(new StatementWithdrawn("Wrong.")));
        Assert.Throws<ArgumentOutOfRangeException>(() => StatementHistory.Of("S-1", State, new SampleEvents.Unknown()));
    }

    private static IEnumerable<string> TopicsOf(DomainEvent happened) =>
        StatementHistory.Of("S-1", State, happened).SubjectTopics.SelectMany(t => t.Topics);
}

using IncidentHub.Domain.AccessReviews;
using IncidentHub.Response.AccessReviews;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.AccessReviews;

public class ReviewHistoryTests
{
    [Fact]
    public void Every_event_is_audited_and_the_incidents_timeline_has_neither_code_nor_account()
    {
        var mapping = LogMapping.Of(LogPreset.Plain, null, null)!;
        var result = new ReviewResult(10, 8, 0, 0, [], [], null, null, 0, [], 2, 2, 0, 0, "aa");
        var review = new ReviewState(SampleEvents.Id(), SampleEvents.Id(), SampleEvents.Id(), "calls", SampleEvents.Id(),
            new(LogPreset.Plain, mapping, [], [], 60, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), "bb", 1),
            SampleEvents.Id(), ReviewStatus.SignedOff, result, null,
            new(ReviewConclusion.Found, "Two outsiders.", SampleEvents.Id(), "Privacy", DateTimeOffset.UnixEpoch), 3);
        Assert.All(SampleEvents.Of("AccessReviews"), happened =>
        {
            var entry = ReviewHistory.Of("AR-RXYZ", review, happened);
            Assert.StartsWith("access-review.", entry.Action);
            Assert.Equal([review.IncidentId], entry.About);
            foreach (var line in entry.Timeline)
            {
                Assert.Equal("access-review", line.Kind);
                Assert.DoesNotContain("AR-RXYZ", line.Title);
                Assert.Null(line.Body);
            }
            Assert.Equal(happened is ReviewSignedOff ? 1 : 0, entry.Events.Count);
        });
        Assert.Throws<ArgumentOutOfRangeException>(() => ReviewHistory.Of("AR-1", review, new SampleEvents.Unknown()));
    }
}

using IncidentHub.Domain.Evidence;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Incidents;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.Evidence;

public class EvidenceHistoryTests
{
    private static readonly EvidenceState State = new(SampleEvents.Id(), SampleEvents.Id(),
        new("names.csv", "Operations", "The bucket", DateTimeOffset.UnixEpoch, "A note", false), new(12, "aa"),
        DateTimeOffset.UnixEpoch, null, 1);

    [Fact]
    public void Every_event_is_audited_and_has_its_entry_of_the_custody()
    {
        Assert.All(SampleEvents.Of("Evidence"), happened =>
        {
            var entry = EvidenceHistory.Of("E-1", State, happened);
            Assert.StartsWith("evidence.", entry.Action);
            Assert.Equal([State.IncidentId], entry.About);
            Assert.True(Enum.IsDefined(EvidenceHistory.Kind(happened)));
            Assert.All(entry.Timeline, line => Assert.Equal("evidence", line.Kind));
        });
        Assert.Throws<ArgumentOutOfRangeException>(() => EvidenceHistory.Of("E-1", State, new SampleEvents.Unknown()));
    }

    [Fact]
    public void Of_a_restricted_file_timeline_and_audit_log_have_neither_code_nor_name()
    {
        var restricted = State with { Origin = State.Origin with { IsRestricted = true } };
        Assert.All(SampleEvents.Of("Evidence"), happened =>
        {
            var entry = EvidenceHistory.Of("E-RXYZ", restricted, happened);
            var told = System.Text.Json.JsonSerializer.Serialize(new { entry.Detail, entry.Timeline });
            foreach (var secret in new[] { "E-RXYZ", "names.csv", "Operations", "The bucket", "A note" })
                Assert.DoesNotContain(secret, told);
        });
    }

    [Fact]
    public void Evidence_moved_by_a_merge_names_the_other_incident_by_reference()
    {
        var merged = new IncidentMergedInto(SampleEvents.Id(), "INC-RSECRT", State.IncidentId, "INC-1");
        var line = Assert.Single(EvidenceHistory.OfMove(merged, 2).Timeline);
        Assert.Equal($"Evidence taken over from {Reference.To(merged.FromId)}", line.Title);
        Assert.Equal([merged.FromId], line.About);
    }

    [Theory]
    [InlineData(1, "1 bytes")]
    [InlineData(999, "999 bytes")]
    [InlineData(1_000, "1 kB")]
    [InlineData(1_550_000, "1.6 MB")]
    [InlineData(2_147_483_648, "2.1 GB")]
    public void Sizes_are_rounded_for_people(long bytes, string text) => Assert.Equal(text, EvidenceHistory.Size(bytes));
}

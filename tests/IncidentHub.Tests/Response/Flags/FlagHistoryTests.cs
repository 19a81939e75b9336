using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentHub.Domain;
using IncidentHub.Domain.Flags;
using IncidentHub.Response.Flags;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.Flags;

public class FlagHistoryTests
{
    private static readonly FlagState Flag = new()
    {
        Id = SampleEvents.Id(),
        Code = "F-1",
        Report = new("I could open other people's transcriptions."),
        FlaggedAt = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public void Every_event_of_a_flag_writes_an_audit_record()
    {
        Assert.All(SampleEvents.Of("Flags"), happened =>
        {
            var entry = FlagHistory.Of(Flag, happened);
            Assert.StartsWith("flag.", entry.Action);
            Assert.Equal("flag F-1", entry.Subject);
            Assert.Equal(["flags", $"flag:{Flag.Id}"], entry.Topics);
            Assert.NotNull(entry.Detail);
            Assert.NotEmpty(FlagHistory.Summary([happened]));
        });
        Assert.Throws<ArgumentOutOfRangeException>(() => FlagHistory.Of(Flag, new SampleEvents.Unknown()));
    }

    [Fact]
    public void Texts_of_reporters_and_triage_are_not_in_the_audit_log_nor_their_digests()
    {
        var message = new FlagMessageWritten(
            new(SampleEvents.Id(), FlagSide.Triage, SampleEvents.Id(), "Since when?", DateTimeOffset.UnixEpoch));
        foreach (var (happened, text) in new (DomainEvent, string)[]
            { (new FlagFiled("F-1", true), Flag.Report.Text), (message, "Since when?") })
        {
            var detail = JsonSerializer.Serialize(FlagHistory.Of(Flag, happened).Detail);
            Assert.DoesNotContain(text, detail);
            Assert.DoesNotContain(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), detail);
        }
    }

    [Fact]
    public void A_merge_is_on_the_incidents_timeline_at_the_time_of_the_flag_and_a_conflict_names_no_incident()
    {
        var merged = new FlagMerged(SampleEvents.Id(), "INC-RSECRT");
        var entry = Assert.Single(FlagHistory.Of(Flag, merged).Timeline);
        Assert.Equal((merged.IncidentId, "flagged", Flag.FlaggedAt, "F-1 merged into this incident"),
            (entry.IncidentId, entry.Kind, entry.HappenedAt, entry.Title));
        Assert.Equal("merged into an incident", FlagHistory.Summary([merged]));
    }
}

using IncidentHub.Domain;
using IncidentHub.Domain.Evidence;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Domain.Evidence;

public class EvidenceRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly StatedOrigin Origin = new("C:\\logs\\ access.csv ", null, " The bucket ", Now.AddHours(-1), null);
    private static readonly EvidenceFile File = new(12, new string('a', 64));
    private static readonly AddEvidence Add = new(SampleEvents.Id(), SampleEvents.Id(), "INC-1", false, Origin, File);

    private static EvidenceState Added => EvidenceRules.Decide(null, Add, "A responder", Now).Value.Next;

    [Fact]
    public void A_file_is_added_with_its_name_without_folders_and_by_whoever_adds_it()
    {
        var added = EvidenceRules.Decide(null, Add, "A responder", Now).Value;
        var origin = new EvidenceOrigin("access.csv", "A responder", "The bucket", Now.AddHours(-1), "", false);
        Assert.Equal(new EvidenceState(Add.Id, Add.IncidentId, origin, File, Now, null, 1), added.Next);
        Assert.Equal([new EvidenceAdded(origin, File)], added.Events);
        var other = Add with { Origin = Origin with { TakenBy = " Operations ", IsRestricted = true } };
        var stated = EvidenceRules.Decide(null, other, "A responder", Now).Value.Next.Origin;
        Assert.Equal(("Operations", true), (stated.TakenBy, stated.IsRestricted));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("takenFrom")]
    [InlineData("takenAt")]
    [InlineData("file")]
    public void What_is_missing_is_refused_by_name(string field)
    {
        var (origin, file) = field switch
        {
            "name" => (Origin with { Name = "folder/" }, File),
            "takenFrom" => (Origin with { TakenFrom = " " }, File),
            "takenAt" => (Origin with { TakenAt = null }, File),
            _ => (Origin, File with { Size = 0 }),
        };
        Assert.Equal([field], EvidenceRules.Decide(null, Add with { Origin = origin, File = file }, "A", Now).Refusal!.Errors!.Keys);
    }

    [Theory]
    [InlineData(EvidenceRules.MaxSize, true)]
    [InlineData(EvidenceRules.MaxSize + 1, false)]
    public void A_file_has_at_most_two_gibibytes(long size, bool accepted) =>
        Assert.Equal(accepted, EvidenceRules.Decide(null, Add with { File = File with { Size = size } }, "A", Now).IsOk);

    [Theory]
    [InlineData(30, true)]
    [InlineData(61, false)]
    public void It_was_not_taken_in_the_future(int seconds, bool accepted) => Assert.Equal(accepted, EvidenceRules.Decide(
        null, Add with { Origin = Origin with { TakenAt = Now.AddSeconds(seconds) } }, "A", Now).IsOk);

    [Fact]
    public void On_a_merged_incident_none_is_added() =>
        Assert.Equal("merged", EvidenceRules.Decide(null, Add with { IncidentMerged = true }, "A", Now).Refusal!.Code);

    [Theory]
    [InlineData(null, true)]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void Reading_is_recorded_once_an_hour_for_each_person(int? minutesAgo, bool recorded)
    {
        var last = minutesAgo is { } ago ? Now.AddMinutes(-ago) : (DateTimeOffset?)null;
        var seen = EvidenceRules.Decide(Added, new SeeEvidence(last), "A", Now).Value;
        Assert.Equal(recorded ? [new EvidenceSeen()] : [], seen.Events);
        Assert.Equal(Added, seen.Next);
    }

    [Fact]
    public void A_download_of_what_the_digest_says_is_recorded()
    {
        var downloaded = EvidenceRules.Decide(Added, new DownloadEvidence(File.Sha256), "A", Now).Value;
        Assert.Equal([new EvidenceDownloaded()], downloaded.Events);
        Assert.Equal(Added, downloaded.Next);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bb")]
    public void Damage_is_recorded_with_the_first_time_and_ends_when_the_file_matches_again(string? found)
    {
        var damaged = EvidenceRules.Decide(Added, new DownloadEvidence(found), "A", Now).Value;
        Assert.Equal([new EvidenceDamaged(found)], damaged.Events);
        Assert.Equal((Now, 2), (damaged.Next.DamagedAt, damaged.Next.Version));
        var again = EvidenceRules.Decide(damaged.Next, new DownloadEvidence(found), "A", Now.AddDays(1)).Value;
        Assert.Equal(Now, again.Next.DamagedAt);
        var intact = EvidenceRules.Decide(damaged.Next, new DownloadEvidence(File.Sha256), "A", Now).Value;
        Assert.Equal([new EvidenceIntact(), new EvidenceDownloaded()], intact.Events);
        Assert.Null(intact.Next.DamagedAt);
    }

    [Fact]
    public void What_does_not_exist_is_not_found()
    {
        foreach (var command in new EvidenceCommand[] { new SeeEvidence(null), new DownloadEvidence(null) })
            Assert.Equal(RefusalKind.NotFound, EvidenceRules.Decide(null, command, "A", Now).Refusal!.Kind);
    }
}

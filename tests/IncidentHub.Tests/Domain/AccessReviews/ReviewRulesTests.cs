using IncidentHub.Domain;
using IncidentHub.Domain.AccessReviews;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Domain.AccessReviews;

public class ReviewRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 20, 9, 0, 0, TimeSpan.Zero), From = Now.AddDays(-7), Until = Now.AddDays(-1);
    private static readonly Guid Loader = SampleEvents.Id(), Signer = SampleEvents.Id();
    private static readonly ReviewSettings Settings = new(
        LogPreset.Plain, LogMapping.Of(LogPreset.Plain, null, null)!, [], [], 60, From, Until, "digest", 3);
    private static readonly ReviewResult Clean = new(10, 10, 0, 0, [], [], From, Until, 0, [], 0, 0, 0, 0, "aa");

    private static ReviewState Read(ReviewResult? result = null) => new(SampleEvents.Id(), SampleEvents.Id(), SampleEvents.Id(), "calls",
        SampleEvents.Id(), Settings, Loader, ReviewStatus.Read, result ?? Clean, null, null, 2);

    /// <summary>Every combination of what can stand against «none found», for every conclusion.</summary>
    [Fact]
    public void None_found_follows_only_from_a_whole_log_without_gaps_and_without_anybody_outside()
    {
        var tried = 0;
        bool[] both = [false, true];
        foreach (var conclusion in Enum.GetValues<ReviewConclusion>())
            foreach (var gaps in both)
                foreach (var refused in both)
                    foreach (var empty in both)
                        foreach (var people in both)
                            foreach (var services in both)
                                foreach (var window in Enumerable.Range(0, 6))
                                {
                                    var result = Clean with
                                    {
                                        GapCount = gaps ? 1 : 0,
                                        Refused = refused ? [new(RefusedReason.NoTime, 1)] : [],
                                        Rows = empty ? 0 : 10,
                                        People = people ? 1 : 0,
                                        Services = services ? 1 : 0,
                                    };
                                    (DateTimeOffset? from, DateTimeOffset? until) = window switch
                                    {
                                        0 => ((DateTimeOffset?)From, (DateTimeOffset?)Until),
                                        1 => (From.AddTicks(-1), Until),
                                        2 => (From, Until.AddTicks(1)),
                                        3 => (null, Until),
                                        4 => (From, null),
                                        _ => (From.AddDays(1), Until.AddDays(-1)),
                                    };
                                    var sound = !gaps && !refused && !empty && !people && window is 0 or 4 or 5;
                                    var expected = conclusion switch
                                    {
                                        ReviewConclusion.NoneFound => sound,
                                        ReviewConclusion.Found => people || services,
                                        ReviewConclusion.Inconclusive => true,
                                    };
                                    var outcome = ReviewRules.Decide(Read(result), new SignOffReview(conclusion, "Looked.", from, until), Signer, "Privacy", Now);
                                    Assert.True(outcome.IsOk == expected, $"{conclusion} {gaps} {refused} {empty} {people} {services} {window}");
                                    if (!outcome.IsOk) Assert.Equal("does_not_follow", outcome.Refusal!.Code);
                                    tried++;
                                }
        Assert.Equal(3 * 32 * 6, tried);
    }

    [Fact]
    public void Without_a_log_that_was_read_nothing_is_concluded()
    {
        foreach (var status in new[] { ReviewStatus.Running, ReviewStatus.Cancelled, ReviewStatus.Failed })
            foreach (var conclusion in Enum.GetValues<ReviewConclusion>())
            {
                var state = Read() with { Status = status, Result = null };
                Assert.Equal("not_read", SignOff(state, Signer, conclusion).Refusal!.Code);
            }
    }

    [Fact]
    public void Whoever_loaded_the_log_does_not_sign_it_off_and_nobody_does_twice()
    {
        foreach (var conclusion in Enum.GetValues<ReviewConclusion>())
            Assert.Equal("loader_cannot_sign_off", SignOff(Read(), Loader, conclusion).Refusal!.Code);
        var signed = SignOff(Read(), Signer).Value;
        Assert.Equal(new SignOff(ReviewConclusion.NoneFound, "Looked.", Signer, "Privacy", Now), signed.Next.SignOff);
        Assert.Equal([new ReviewSignedOff(ReviewConclusion.NoneFound, "Looked.", "aa", "digest")], signed.Events);
        Assert.Equal("already_signed_off", SignOff(signed.Next, Signer).Refusal!.Code);
        Assert.Contains("note", ReviewRules.Decide(Read(), new SignOffReview(ReviewConclusion.Found, " ", From, Until), Signer, "P", Now)
            .Refusal!.Errors!.Keys);
    }

    [Fact]
    public void Each_status_allows_its_own_acts()
    {
        foreach (var status in Enum.GetValues<ReviewStatus>())
        {
            var state = Read() with { Status = status, FailedBecause = status == ReviewStatus.Failed ? "Cut off." : null };
            Assert.Equal(status == ReviewStatus.Running, Run(state, new CancelReview()).IsOk);
            var resumed = Run(state, new ResumeReview());
            Assert.Equal(status is ReviewStatus.Cancelled or ReviewStatus.Failed, resumed.IsOk);
            if (resumed.IsOk) Assert.Equal((ReviewStatus.Running, null), (resumed.Value.Next.Status, resumed.Value.Next.FailedBecause));
            // A run that ends after it was cancelled changes nothing.
            Assert.Equal(status == ReviewStatus.Running ? 1 : 0, Run(state, new FinishReview(Clean)).Value.Events.Count);
            Assert.Equal(status == ReviewStatus.Running ? 1 : 0, Run(state, new FailReview("Cut off.")).Value.Events.Count);
        }
        Assert.Equal(RefusalKind.NotFound, Run(null, new CancelReview()).Refusal!.Kind);
    }

    [Fact]
    public void A_review_is_loaded_with_a_window_a_gap_length_and_an_audience()
    {
        var load = new LoadReview(SampleEvents.Id(), SampleEvents.Id(), SampleEvents.Id(), "calls", SampleEvents.Id(), Settings);
        var loaded = Run(null, load).Value;
        Assert.Equal((ReviewStatus.Running, Loader), (loaded.Next.Status, loaded.Next.LoadedById));
        foreach (var (settings, field) in new[]
        {
            (Settings with { GapMinutes = 0 }, "gapMinutes"),
            (Settings with { GapMinutes = ReviewRules.MaxGapMinutes + 1 }, "gapMinutes"),
            (Settings with { GapMinutes = 1, From = Now.AddYears(-2) }, "gapMinutes"),
            (Settings with { From = Until }, "until"),
            (Settings with { Members = 0 }, "audience"),
            (Settings with { Objects = [new('x', 401)] }, "objects"),
            (Settings with { Services = [.. Enumerable.Range(0, 101).Select(i => $"s{i}")] }, "services"),
            (Settings with { Mapping = Settings.Mapping with { Time = "" } }, "time"),
            (Settings with { Mapping = Settings.Mapping with { Zone = "Nowhere/Else" } }, "timeZone"),
        })
            Assert.Equal([field], Run(null, load with { Settings = settings }).Refusal!.Errors!.Keys);
    }

    [Fact]
    public void An_audience_has_one_digest_whatever_its_order_and_case()
    {
        var (a, b) = (new AudienceMember("A@x", null, Now), new AudienceMember("b@x", From, null));
        Assert.Equal(new AudienceList([a, b]).Digest, new AudienceList([b, a with { Account = " a@X " }]).Digest);
        Assert.NotEqual(new AudienceList([a, b]).Digest, new AudienceList([a with { Until = null }, b]).Digest);
        var list = new AudienceList([a, b]);
        Assert.Equal([(0L, Now.UtcTicks)], list.TimesOf("a@x")!);
        Assert.Equal([(From.UtcTicks, long.MaxValue)], list.TimesOf(" B@X ")!);
        Assert.Null(list.TimesOf("c@x"));
    }

    private static Result<Accepted<ReviewState>> Run(ReviewState? state, ReviewCommand command) =>
        ReviewRules.Decide(state, command, Loader, "A responder", Now);

    private static Result<Accepted<ReviewState>> SignOff(ReviewState state, Guid by,
        ReviewConclusion conclusion = ReviewConclusion.NoneFound) =>
        ReviewRules.Decide(state, new SignOffReview(conclusion, "Looked.", From, Until), by, "Privacy", Now);
}

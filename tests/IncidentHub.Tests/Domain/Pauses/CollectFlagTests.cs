using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Collectors;

namespace IncidentHub.Tests.Domain.Pauses;

public class CollectFlagTests
{
    private static readonly string[] Categories = ["clicks", "keystrokes"], Regions = ["DE", "US"];

    private static (bool Value, FlagReason Reason) Ask(
        string? category, string? region, int bucket = DeviceBucket.Last, ProgramLifecycle lifecycle = ProgramLifecycle.Live,
            params PauseState[] pauses) =>
        CollectFlag.Evaluate(lifecycle, Categories, Regions, pauses, category, region, bucket);

    private static PauseState Pause(string[] categories, string[] regions, int released = 0) => new()
    {
        Id = Guid.CreateVersion7(),
        ProgramId = Guid.Empty,
        Status = PauseStatus.Active,
        Scope = PauseScope.Of(categories, regions),
        Origin = PauseOrigin.Person,
        Reason = "x",
        Placed = new By(Guid.Empty, "Program owner", default),
        ReleasedShare = released,
    };

    [Theory]
    [InlineData(ProgramLifecycle.Draft)]
    [InlineData(ProgramLifecycle.Terminated)]
    public void A_program_that_is_not_live_collects_nothing(ProgramLifecycle lifecycle) =>
        Assert.Equal((false, FlagReason.Disabled), Ask("clicks", "US", lifecycle: lifecycle));

    [Fact]
    public void What_no_pause_covers_is_allowed() => Assert.Equal((true, FlagReason.Static), Ask("clicks", "US"));

    [Theory]
    [InlineData("audio", "US")]
    [InlineData("clicks", "FR")]
    [InlineData("", null)]
    public void What_the_program_does_not_collect_or_where_is_false(string category, string? region) =>
        Assert.False(Ask(category, region).Value);

    [Theory]
    [InlineData("clicks", "US", false)]
    [InlineData("clicks", "DE", true)]
    [InlineData("clicks", null, false)]
    [InlineData("keystrokes", "US", true)]
    [InlineData(null, "US", false)]
    [InlineData(null, "DE", true)]
    public void A_partial_pause_stops_its_scope_and_contexts_without_a_region_or_category(string? category, string? region, bool value) =>
        Assert.Equal((value, FlagReason.TargetingMatch), Ask(category, region, pauses: Pause(["clicks"], ["US"])));

    [Theory]
    [InlineData(0, true)]
    [InlineData(499, true)]
    [InlineData(500, false)]
    [InlineData(DeviceBucket.Last, false)]
    public void A_staged_resume_releases_by_bucket(int bucket, bool value) =>
        Assert.Equal((value, FlagReason.Split), Ask("clicks", "US", bucket, pauses: Pause([], [], released: 5)));

    [Fact]
    public void Two_pauses_release_only_what_both_release() =>
        Assert.Equal(
            (false, FlagReason.Split), Ask("clicks", "US", 1_000, pauses: [Pause([], [], released: 25), Pause([], [], released: 5)]));
}

using IncidentHub.Domain.LegalHolds;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Domain.LegalHolds;

public class HoldRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly PlaceHold Place = new(SampleEvents.Id(), SampleEvents.Id(), "INC-1", false, " Matter 12 ", 3);

    [Fact]
    public void A_hold_is_placed_with_its_reason_and_released_once_with_another()
    {
        var placed = HoldRules.Decide(null, Place, Now).Value;
        Assert.Equal(new HoldState(Place.Id, Place.IncidentId, "Matter 12", Now, null), placed.Next);
        Assert.Equal([new HoldPlaced("Matter 12", 3)], placed.Events);
        var released = HoldRules.Decide(placed.Next, new ReleaseHold(" Closed. "), Now.AddDays(1)).Value;
        Assert.Equal(new HoldRelease(Now.AddDays(1), "Closed."), released.Next.Released);
        Assert.Equal([new HoldReleased("Closed.")], released.Events);
        Assert.Equal("already_released", HoldRules.Decide(released.Next, new ReleaseHold("Again."), Now).Refusal!.Code);
    }

    [Fact]
    public void On_a_merged_incident_none_is_placed() =>
        Assert.Equal("merged", HoldRules.Decide(null, Place with { IncidentMerged = true }, Now).Refusal!.Code);

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("a\0b")]
    public void Each_needs_a_reason(string reason)
    {
        Assert.Contains("reason", HoldRules.Decide(null, Place with { Reason = reason }, Now).Refusal!.Errors!.Keys);
        var placed = HoldRules.Decide(null, Place, Now).Value.Next;
        Assert.Contains("reason", HoldRules.Decide(placed, new ReleaseHold(reason), Now).Refusal!.Errors!.Keys);
    }
}

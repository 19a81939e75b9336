using IncidentHub.Platform.Clock;

namespace IncidentHub.Tests.Platform.Clock;

public class HubClockTests
{
    [Fact]
    public void It_never_goes_back_behind_a_stored_time()
    {
        var clock = new HubClock();
        var later = clock.GetUtcNow().AddHours(1);
        clock.NotBefore(later);
        Assert.Equal(later, clock.GetUtcNow());
        clock.NotBefore(later.AddHours(-2));
        Assert.Equal(later, clock.GetUtcNow());
    }
}

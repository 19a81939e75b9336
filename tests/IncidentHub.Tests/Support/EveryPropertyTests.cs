using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Tasks;

namespace IncidentHub.Tests.Support;

public sealed class EveryPropertyTests
{
    [Fact]
    public void A_property_that_is_lost_or_never_set_is_found()
    {
        var state = new Sample(1).Of<TaskState>();
        Assert.Contains("OwnerName", Assert.Single(EveryProperty.Differences(state, state with { OwnerName = null })));
        Assert.Equal(["DueAt"], EveryProperty.Unstated(state with { DueAt = null }));
        var incident = new Sample(1).With("BreachInputs.ContextAdjustment", 1).Of<IncidentState>();
        var other = incident with { Timestamps = incident.Timestamps with { Detected = null }, Exposures = [incident.Exposures[0]] };
        Assert.Equal(["Exposures", "Timestamps.Detected"], EveryProperty.Differences(incident, other).Select(d => d.Split(':')[0]).Order());
        Assert.Equal(["Timestamps.Detected"], EveryProperty.Unstated(other));
    }
}

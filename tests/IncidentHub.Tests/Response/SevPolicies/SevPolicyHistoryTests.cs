using IncidentHub.Domain.Severity;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.SevPolicies;

public class SevPolicyHistoryTests
{
    [Fact]
    public void Every_event_of_the_policy_writes_an_audit_record()
    {
        Assert.All(SampleEvents.Of("Severity"), happened =>
        {
            var entry = SevPolicyHistory.Of(SevPolicy.Default, happened);
            Assert.Equal("policy.edited", entry.Action);
            Assert.Equal(["policy"], entry.Topics);
        });
        Assert.Throws<ArgumentOutOfRangeException>(() => SevPolicyHistory.Of(SevPolicy.Default, new SampleEvents.Unknown()));
    }
}

using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;

namespace IncidentHub.Tests.Domain.Pauses;

public class EpochTrustTests
{
    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(1, 1, false)]
    [InlineData(2, 1, true)]
    [InlineData(1_000_001, 1, true)]
    [InlineData(1_000_002, 1, false)]
    [InlineData(long.MaxValue, 1, false)]
    [InlineData(long.MaxValue, long.MaxValue - 1, true)]
    public void A_collector_is_ahead_that_has_seen_a_higher_epoch_unless_its_claim_is_absurd(long seen, long epoch, bool ahead) =>
        Assert.Equal(ahead, EpochTrust.IsAhead(seen, epoch));

    [Fact]
    public void A_confirmation_goes_beyond_the_hub_s_own_epoch_and_every_one_that_was_seen()
    {
        Assert.Equal(8, EpochTrust.Confirmed(7, null));
        Assert.Equal(8, EpochTrust.Confirmed(7, 3));
        Assert.Equal(10, EpochTrust.Confirmed(7, 9));
    }

    [Fact]
    public void Owner_deputies_and_administrators_are_told_and_nobody_else()
    {
        foreach (var role in Enum.GetValues<Roles>())
        {
            var actor = new Actor(Guid.CreateVersion7(), "Somebody", role);
            Assert.Equal(role == Roles.Administrator, EpochTrust.Concerns(actor, Relation.None));
            // Who advises owns nothing.
            Assert.Equal(!role.IsIndependent(), EpochTrust.Concerns(actor, Relation.OwnProgram));
        }
    }
}

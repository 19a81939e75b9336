using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using static IncidentHub.Tests.Domain.Pauses.PauseSamples;

namespace IncidentHub.Tests.Domain.Pauses;

public sealed class BufferPolicyTests
{
    private static PauseState Sealing =>
        Accepted(PauseRules.Begin(new PlacePause(Order() with { Buffers = BufferPolicy.Seal }) { Raised = Raised }, Owner, T0));

    [Fact]
    public void A_pause_holds_buffers_unless_it_was_ordered_to_seal_them()
    {
        Assert.Equal(BufferPolicy.Hold, Active().Buffers);
        Assert.Equal(BufferPolicy.Seal, Sealing.Buffers);
    }

    [Fact]
    public void An_active_pause_is_tightened_to_seal_and_never_loosened()
    {
        var tightened = Accepted(PauseRules.Decide(Active(), Seal, Owner, T0));
        Assert.Equal((BufferPolicy.Seal, 2), (tightened.Buffers, tightened.Version));
        Assert.Equal("buffers_sealed", Refused(PauseRules.Decide(tightened, Seal, Owner, T0)).Code);
    }

    [Fact]
    public void Only_an_active_pause_sets_the_buffer_policy()
    {
        foreach (var pause in new[] { Proposed(), Declined(), Lifted() })
            Assert.Equal("pause_not_active", Refused(PauseRules.Decide(pause, Seal, Owner, T0)).Code);
    }

    [Fact]
    public void A_drill_always_holds()
    {
        Assert.Contains(
            "bufferPolicy",
            Refused(PauseRules.Begin(new StartDrill(Order() with { Buffers = BufferPolicy.Seal }, T0.AddMinutes(5)) { Raised = Raised },
            Owner, T0)).Errors!.Keys);
        Assert.Equal("drill_holds_buffers", Refused(PauseRules.Decide(Drill(), Seal, Owner, T0)).Code);
    }

    [Fact]
    public void Of_several_pauses_the_strictest_counts()
    {
        Assert.Equal(BufferPolicy.Hold, BufferPolicies.Of(ProgramLifecycle.Live, []));
        Assert.Equal(BufferPolicy.Hold, BufferPolicies.Of(ProgramLifecycle.Live, [Active(), Drill()]));
        Assert.Equal(BufferPolicy.Seal, BufferPolicies.Of(ProgramLifecycle.Live, [Active(), Sealing, Drill()]));
    }

    [Fact]
    public void A_terminated_program_seals_whatever_its_pauses_say() =>
        Assert.Equal(BufferPolicy.Seal, BufferPolicies.Of(ProgramLifecycle.Terminated, [Active()]));
}

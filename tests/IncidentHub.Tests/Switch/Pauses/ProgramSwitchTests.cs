using IncidentHub.Switch.Pauses;
using IncidentHub.Tests.Switch.Collectors;

namespace IncidentHub.Tests.Switch.Pauses;

public class ProgramSwitchTests
{
    [Fact]
    public async Task An_act_that_read_the_program_before_another_node_edited_it_runs_again_and_its_epoch_has_the_terms_of_after()
    {
        await using var world = await SwitchWorld.StartAsync();
        var current = await world.ProgramAsync("MCI");
        var stale = current with { Version = current.Version - 1, Categories = ["clicks"] };
        var runs = 0;
        var raised = await world.Hub.Db.WriteAsync<long>(async tx =>
        {
            var program = ++runs == 1 ? stale : current;
            var raised = await ProgramSwitch.RaiseAsync(tx, program);
            await ProgramSwitch.RecordAsync(tx, program, raised.Epoch, EpochCause.Program, null);
            return raised.Epoch;
        });
        Assert.Equal(2, runs);
        var history = await world.Hub.Db.ReadAsync(sql => EpochHistory.FromAsync(sql, world.ProgramId, raised.Value));
        Assert.Equal(["clicks", "keystrokes", "mouse-movements"], Assert.Single(history!.Epochs).Categories.Order());
    }
}

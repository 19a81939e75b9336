using IncidentHub.Tests.Support;
using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.Pauses.Parts;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Components.Tests.Switch.Pauses;

public class PauseDialogTests : ComponentTest
{
    private string? _done;

    [Fact]
    public async Task The_dialog_states_before_the_act_how_many_collectors_stop_and_the_stop_bound()
    {
        var dialog = await ShowAsync();
        Assert.Contains("Stops 0 collectors, at the latest 63 s later.", dialog.Find("form p").TextContent.Plain());
        Assert.True(dialog.Offers("Pause MCI"));
    }

    [Fact]
    public async Task A_pause_without_a_reason_is_refused_at_the_reason_and_no_collector_stops()
    {
        var dialog = await ShowAsync();
        dialog.Act(() => dialog.Field("Reason").Change(" "));
        await dialog.Find("form").SubmitAsync();
        Assert.NotNull(dialog.Error("Reason"));
        Assert.Null(_done);
        Assert.Equal(CollectionStatus.Collecting, (await Hub.SwitchAsync("MCI")).Status);
    }

    [Fact]
    public async Task A_partial_pause_without_a_scope_is_refused_and_one_of_a_category_stops_only_that()
    {
        var dialog = await ShowAsync();
        dialog.Choose("Part of it");
        await dialog.Find("form").SubmitAsync();
        Assert.Contains("Choose what stops", dialog.Find("fieldset[aria-invalid=true]").TextContent);
        dialog.Choose("Clicks");
        Assert.True(dialog.Offers("Pause MCI, this part"));
        await dialog.Find("form").SubmitAsync();
        var paused = await Hub.SwitchAsync("MCI");
        Assert.Equal((CollectionStatus.PartlyPaused, "clicks"), (paused.Status, Assert.Single(paused.Open).Scope.Categories.Single()));
    }

    [Fact]
    public async Task A_pause_is_placed_once_and_is_on_the_timeline()
    {
        var dialog = await ShowAsync();
        await dialog.Find("form").SubmitAsync();
        Assert.Equal("MCI is paused.", _done);
        Assert.Equal(BufferPolicy.Hold, Assert.Single((await Hub.SwitchAsync("MCI")).Open).Buffers);
    }

    [Fact]
    public async Task A_drill_is_announced_as_ending_by_itself_and_is_recorded_as_a_drill()
    {
        var dialog = await ShowAsync(drill: true);
        Assert.Contains("collect again by themselves when the drill ends", dialog.Markup);
        Assert.DoesNotContain("Buffers of the collectors", dialog.Markup);
        await dialog.Find("form").SubmitAsync();
        Assert.True(Assert.Single((await Hub.SwitchAsync("MCI")).Open).IsDrill);
    }

    private async Task<IRenderedComponent<IComponent>> ShowAsync(bool drill = false)
    {
        await Hub.LiveAsync("MCI");
        return RenderAs<PauseDialog>(
            "owner", ("View", await Hub.SwitchAsync("MCI")), ("Drill", drill),
                ("OnDone", EventCallback.Factory.Create<string>(this, said => _done = said)));
    }
}

using IncidentHub.Domain;
using Microsoft.AspNetCore.Components;
using IncidentHub.Pages.Programs;

namespace IncidentHub.Components.Tests.Switch.Collectors;

public class RevokeCollectorDialogTests : ComponentTest
{
    [Fact]
    public async Task A_collector_that_no_longer_exists_is_reported_and_the_dialog_stays_open()
    {
        var closed = false;
        await Hub.LiveAsync("MCI");
        var dialog = RenderAs<RevokeCollectorDialog>(
            "owner", ("Collector", OrderedId.Next(Hub.Clock.Now)), ("Name", "ws-22081"),
                ("OnClosed", EventCallback.Factory.Create(this, () => closed = true)));
        Assert.Contains("Revoke ws-22081?", dialog.Markup);
        await dialog.Find("form").SubmitAsync();
        Assert.Contains("The collector", dialog.Find(".notice").TextContent);
        Assert.False(closed);
    }
}

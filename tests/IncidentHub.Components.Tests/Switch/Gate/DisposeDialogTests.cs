using IncidentHub.Domain;
using IncidentHub.Domain.Gate;
using IncidentHub.Switch.Gate.Parts;

namespace IncidentHub.Components.Tests.Switch.Gate;

public class DisposeDialogTests : ComponentTest
{
    [Fact]
    public async Task A_disposition_states_its_effect_and_requires_a_reason()
    {
        await Hub.LiveAsync("MCI");
        var dialog = RenderAs<DisposeDialog>(
            "owner", ("Program", "MCI"), ("Disposition", Disposition.Purge), ("Ids", (IReadOnlyList<Guid>)[OrderedId.Next(Hub.Clock.Now)]),
                ("Batches", 1L));
        Assert.Contains("Ingestion destroys the data. This is final.", dialog.Markup);
        Assert.True(dialog.Offers("Purge 1 batch"));
        await dialog.Find("form").SubmitAsync();
        Assert.NotNull(dialog.Error("Reason"));
        dialog.Act(() => dialog.Field("Reason").Change("Nobody needs it."));
        await dialog.Find("form").SubmitAsync();
        Assert.Contains("A batch of this list", dialog.Find(".notice").TextContent);
    }
}

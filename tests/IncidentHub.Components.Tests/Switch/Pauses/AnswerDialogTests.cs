using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.Pauses.Parts;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Components.Tests.Switch.Pauses;

public class AnswerDialogTests : ComponentTest
{
    private string? _done;

    [Fact]
    public async Task A_proposal_is_declined_only_with_a_reason()
    {
        var (dialog, _) = await ShowAsync(ProposalAnswer.Decline);
        await dialog.Find("form").SubmitAsync();
        Assert.NotNull(dialog.Error("Reason"));
        dialog.Act(() => dialog.Field("Reason").Change("Both builds were withdrawn."));
        await dialog.Find("form").SubmitAsync();
        Assert.Equal("The pause was declined.", _done);
        Assert.Equal(CollectionStatus.Collecting, (await Hub.SwitchAsync("MCI")).Status);
    }

    [Fact]
    public async Task A_stale_answer_to_a_proposal_is_refused_and_keeps_the_reason()
    {
        var (dialog, pause) = await ShowAsync(ProposalAnswer.Decline);
        dialog.Act(() => dialog.Field("Reason").Change("Both builds were withdrawn."));
        await (await Hub.AsAsync("privacy")).MakeAsync($"/api/v1/pauses/{pause.Id}/activate", new { });
        await dialog.Find("form").SubmitAsync();
        Assert.Contains("Privacy", dialog.Find(".notice").TextContent);
        Assert.True(dialog.Offers("Load the change"));
        Assert.Equal("Both builds were withdrawn.", dialog.Field("Reason").GetAttribute("value") ?? dialog.Field("Reason").TextContent);
        Assert.Null(_done);
    }

    [Fact]
    public async Task Pausing_before_the_deadline_states_its_effect()
    {
        var (dialog, _) = await ShowAsync(ProposalAnswer.PauseNow);
        Assert.Contains("Stops 12 collectors. Collecting resumes only by a decision with approvals.", dialog.Find("form p").TextContent);
        await dialog.Find("form").SubmitAsync();
        Assert.Equal(CollectionStatus.Paused, (await Hub.SwitchAsync("MCI")).Status);
    }

    private async Task<(IRenderedComponent<IComponent> Dialog, PauseState Pause)> ShowAsync(ProposalAnswer answer)
    {
        await Hub.LiveAsync("MCI");
        await (await Hub.AsAsync("responder")).MakeAsync(
            "/api/v1/incidents", new
            {
                title = "Snapshot blur disabled",
                sev = 3,
                programs = new[] { new { program = "MCI", kind = "Source" } }
            });
        var pause = (await Hub.SwitchAsync("MCI")).Proposed!;
        var dialog = RenderAs<AnswerDialog>(
            "owner", ("Answer", answer), ("Pause", pause), ("Latest", pause), ("Code", "MCI"), ("Stops", "Stops 12 collectors"),
            ("OnDone", EventCallback.Factory.Create<string>(this, said => _done = said)));
        return (dialog, pause);
    }
}

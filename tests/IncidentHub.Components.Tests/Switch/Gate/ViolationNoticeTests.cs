using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using IncidentHub.Switch.Gate.Parts;
using IncidentHub.Domain;

namespace IncidentHub.Components.Tests.Switch.Gate;

public class ViolationNoticeTests : ComponentTest
{
    [Theory]
    [InlineData("owner", true)]
    [InlineData("responder", true)]
    [InlineData("executive", false)]
    public async Task People_who_can_act_on_a_violation_are_offered_ownership(string account, bool offered)
    {
        var notice = await ShowAsync(account);
        Assert.Contains("MCI: data was collected after a proven stop.", notice.Markup);
        Assert.Equal(offered, notice.Offers("Take ownership…"));
    }

    [Fact]
    public async Task Ownership_is_taken_with_a_note_and_the_notice_disappears()
    {
        var notice = await ShowAsync("responder");
        notice.Press("Take ownership…");
        await notice.WaitForElement("form").SubmitAsync();
        Assert.NotNull(notice.Error("What you will do"));
        notice.Act(() => notice.Field("What you will do").Change("Called the site."));
        await notice.Find("form").SubmitAsync();
        notice.WaitForAssertion(() => Assert.DoesNotContain("data was collected", notice.Markup));
        Assert.Empty((await (await Hub.AsAsync("owner")).ReadAsync("/api/v1/violations")).GetProperty("items").EnumerateArray());
    }

    private async Task<IRenderedComponent<IComponent>> ShowAsync(string account)
    {
        await Hub.LiveAsync("MCI");
        var program = await Hub.Db.ReadAsync(sql => Hub.Services.GetRequiredService<ProgramReader>().FindByCodeAsync(sql, "MCI"));
        await Hub.Db.WriteAsync<Done>(async tx =>
        {
            await ViolationAlerts.RaiseAsync(tx, program!, selfReported: true, _ => Task.FromResult(false));
            return default(Done);
        });
        var notice = RenderAs<ViolationNotice>(account, ("Programs", (IReadOnlyCollection<string>)["MCI"]));
        notice.WaitForElement(".notice");
        return notice;
    }
}

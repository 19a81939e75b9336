using System.Text.Json.Nodes;
using IncidentHub.Pages.SevPolicies;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Components.Tests.Response.SevPolicies;

public class SevPolicyPageTests : ComponentTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("administrator", true)]
    [InlineData("responder", false)]
    [InlineData("privacy", false)]
    [InlineData("auditor", false)]
    public void Only_administrators_are_offered_to_edit_the_policy(string account, bool may)
    {
        var page = OpenPage(account);
        Assert.Contains("Version 1, current", page.Markup, StringComparison.Ordinal);
        Assert.Equal(may, page.Offers("Edit…"));
    }

    [Fact]
    public void An_invalid_value_is_refused_at_its_field()
    {
        var page = Edit();
        page.Find("input[name='levels[2].acknowledge']").Change("soon");
        page.Act(() => page.Find("form.edit").Submit());
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("input[name='levels[2].acknowledge']").GetAttribute("aria-invalid")),
            Patience);
        Assert.Equal("soon", page.Find("input[name='levels[2].acknowledge']").GetAttribute("value"));
        page.Find("input[name='levels[2].acknowledge']").Change("20 min");
        page.Act(() => page.Find("form.edit").Submit());
        page.WaitForAssertion(() => Assert.NotNull(page.Error("Reason")), Patience);
    }

    [Fact]
    public async Task A_version_published_by_another_administrator_meanwhile_is_a_conflict_and_typed_text_is_kept_after_loading()
    {
        var page = Edit();
        page.Act(() => page.Field("Reason").Change("Slower than we are."));
        page.Find("input[name='levels[2].acknowledge']").Change("20 min");
        await PublishAsync("Looked through.");
        page.Act(() => page.Find("form.edit").Submit());
        page.WaitForAssertion(() =>
            Assert.Contains("Your change was not saved.", page.Find(".notice").TextContent, StringComparison.Ordinal), Patience);
        // The page also reloads for the other version: the button is found and clicked between two renderings.
        await page.InvokeAsync(() => page.Find(".notice button").Click());
        page.WaitForAssertion(() => Assert.True(page.Offers("Publish version 3")), Patience);
        page.Act(() => page.Find("form.edit").Submit());
        page.WaitForAssertion(() => Assert.Contains("Version 3, current", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains(page.FindAll("td"), cell => cell.TextContent.Trim().Plain() == "20 min");
        Assert.Contains("Looked through.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancel_discards_what_was_typed()
    {
        var page = Edit();
        page.Act(() => page.Field("Reason").Change("Never mind."));
        page.Press("Cancel");
        page.WaitForAssertion(() => Assert.True(page.Offers("Edit…")), Patience);
        Assert.Contains(JSInterop.Invocations, i => i.Identifier == "hub.dropDraft" && Equals(i.Arguments[0], "sev-policy-1"));
    }

    private IRenderedComponent<IComponent> Edit()
    {
        var page = OpenPage("administrator");
        page.Press("Edit…");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("form.edit")), Patience);
        return page;
    }

    private IRenderedComponent<IComponent> OpenPage(string account)
    {
        var page = RenderAs<SevPolicyPage>(account);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".skeleton")), Patience);
        return page;
    }

    private async Task PublishAsync(string reason)
    {
        var administrator = await Hub.AsAsync("administrator");
        var levels = JsonNode.Parse((await administrator.ReadAsync("/api/v1/policy")).GetProperty("levels").GetRawText());
        levels![5]!["means"] = "Near miss.";
        await administrator.SendAsync(HttpMethod.Put, "/api/v1/policy", new { levels, reason });
    }
}

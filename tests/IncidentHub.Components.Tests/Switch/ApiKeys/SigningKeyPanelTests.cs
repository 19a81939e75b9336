using IncidentHub.Pages.ApiKeys;
using IncidentHub.Tests.Support;
using IncidentHub.Switch.KeyRotation.Parts;

namespace IncidentHub.Components.Tests.Switch.ApiKeys;

public class SigningKeyPanelTests : ComponentTest
{
    [Fact]
    public async Task Withdrawing_a_signing_key_without_a_reason_is_refused_at_the_field()
    {
        var (panel, kid) = await OpenAsync();
        await panel.Button($"Withdraw key {kid}").ClickAsync(new());
        await panel.Find(".mud-dialog form").SubmitAsync();
        Assert.Equal("This field is required.", panel.Error("Reason"));
        Assert.DoesNotContain("Withdrawn", panel.Find("tbody").TextContent);
    }

    [Fact]
    public async Task A_withdrawn_signing_key_shows_who_withdrew_it_and_why()
    {
        var (panel, kid) = await OpenAsync();
        await panel.Button($"Withdraw key {kid}").ClickAsync(new());
        panel.Act(() => panel.Field("Reason").Change("A copy was found."));
        await panel.Find(".mud-dialog form").SubmitAsync();
        panel.WaitForAssertion(() => Assert.Contains("Withdrawn by Administrator", panel.Find("tbody").TextContent));
        Assert.Contains("A copy was found.", panel.Find("tbody").TextContent);
        Assert.False(panel.Offers($"Withdraw key {kid}"));
    }

    [Theory]
    [InlineData("administrator", true)]
    [InlineData("owner", false)]
    public void Signing_keys_are_shown_to_administrators_only(string account, bool shown)
    {
        var page = RenderAs<KeysPage>(account);
        Assert.Equal(shown, page.Markup.Contains("Signing keys", StringComparison.Ordinal));
        Assert.True(page.Offers("Make key"));
    }

    private async Task<(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> Panel, string Kid)> OpenAsync()
    {
        var kid = (await (await Hub.AsAsync("administrator")).ReadAsync("/api/v1/signing-keys")).GetProperty("items")[0].Text("kid");
        var panel = RenderAs<SigningKeyPanel>("administrator");
        panel.WaitForAssertion(() => Assert.True(panel.Offers($"Withdraw key {kid}")));
        return (panel, kid);
    }
}

using IncidentHub.Switch.ApiKeys.Parts;
using IncidentHub.Tests.Support;

namespace IncidentHub.Components.Tests.Switch.ApiKeys;

public class ApiKeyTests : ComponentTest
{
    [Fact]
    public async Task A_key_without_a_name_is_refused_at_its_field()
    {
        var form = RenderAs<ApiKeyForm>("responder");
        await form.Find("form").SubmitAsync();
        Assert.Equal("This field is required.", form.Error("What it is for"));
    }

    [Fact]
    public async Task A_rotated_key_shows_its_new_secret_once()
    {
        var key = await (await Hub.AsAsync("responder")).MakeAsync("/api/v1/keys", new { name = "Export", scopes = new[] { "read" } });
        var dialog = RenderAs<RotateKeyDialog>("responder", ("Id", key.GetProperty("id").GetGuid()), ("Name", "Export"));
        dialog.Act(() => dialog.Field("Old secret valid for, in hours").Change("169"));
        await dialog.Find("form").SubmitAsync();
        Assert.Contains("168", dialog.Error("Old secret valid for, in hours"));
        dialog.Act(() => dialog.Field("Old secret valid for, in hours").Change("1"));
        await dialog.Find("form").SubmitAsync();
        dialog.WaitForAssertion(() => Assert.StartsWith("ihk_", dialog.Field("Key").GetAttribute("value")));
        Assert.NotEqual(key.Text("key"), dialog.Field("Key").GetAttribute("value"));
    }

    [Fact]
    public async Task A_validity_beyond_a_year_is_refused_at_its_field_and_nothing_is_sent()
    {
        var form = RenderAs<ApiKeyForm>("responder");
        form.Act(() => form.Field("What it is for").Change("Nightly export"));
        form.Act(() => form.Field("Valid for, in days").Change("367"));
        await form.Find("form").SubmitAsync();
        Assert.Equal("Write a number from 1 to 366.", form.Error("Valid for, in days"));
        Assert.False(form.Offers("Copy"));
    }

    [Fact]
    public async Task A_new_key_is_shown_once_and_can_be_copied()
    {
        var form = RenderAs<ApiKeyForm>("responder");
        form.Act(() => form.Field("What it is for").Change("Nightly export"));
        await form.Find("form").SubmitAsync();
        var secret = form.Field("Key").GetAttribute("value");
        Assert.StartsWith("ihk_", secret);
        await form.Button("Copy").ClickAsync(new());
        Assert.Equal(secret, JSInterop.Invocations["hub.copy"].Single().Arguments[0]);
        await form.Button("Done").ClickAsync(new());
        Assert.DoesNotContain("ihk_", form.Markup);
        Assert.Equal("", form.Field("What it is for").GetAttribute("value") ?? "");
    }

    [Theory]
    [InlineData("administrator", true)]
    [InlineData("responder", false)]
    public void Only_an_administrator_is_offered_a_company_wide_key(string account, bool offered)
    {
        var form = RenderAs<ApiKeyForm>(account);
        Assert.Equal(offered, form.Markup.Contains("Company-wide", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Revoking_needs_a_confirmation_and_a_revoked_key_is_not_offered_again()
    {
        var responder = await Hub.AsAsync("responder");
        await responder.MakeAsync("/api/v1/keys", new { name = "Nightly export", scopes = new[] { "read" } });
        var list = RenderAs<ApiKeyList>("responder");
        list.WaitForAssertion(() => Assert.True(list.Offers("Revoke Nightly export")));
        await list.Button("Revoke Nightly export").ClickAsync(new());
        Assert.Contains("This cannot be undone.", list.Find(".mud-dialog").TextContent);
        Assert.DoesNotContain("Revoked", list.Find("tbody").TextContent);
        await list.Find(".mud-dialog form").SubmitAsync();
        list.WaitForAssertion(() => Assert.Contains("Revoked", list.Find("tbody").TextContent));
        Assert.False(list.Offers("Revoke Nightly export"));
    }

    [Fact]
    public async Task The_dialog_of_a_program_creates_an_enrolment_key()
    {
        var owner = await Hub.AsAsync("owner");
        await owner.MakeAsync("/api/v1/programs", new
        {
            code = "MCI",
            name = "Model Capability Initiative",
            purpose = "Teach models how work is done.",
            owner = "owner",
            unit = "Research",
            regions = new[] { "US" },
            categories = new[] { "keystrokes" },
            lawfulBasis = "Legitimate interest",
            ttlSeconds = 60,
            gracePeriodSeconds = 2,
            renewalSeconds = 20,
        });
        var dialog = RenderAs<ApiKeyDialog>("owner", ("Program", "MCI"), ("Categories", new[] { "keystrokes" }),
            ("Regions", new[] { "US" }), ("Open", true));
        dialog.WaitForAssertion(() => dialog.Field("Region of these collectors (optional)"));
        dialog.Act(() => dialog.Field("What it is for").Change("First wave"));
        await dialog.Find("form").SubmitAsync();
        Assert.StartsWith("ihk_", dialog.Field("Key").GetAttribute("value"));
        Assert.Contains("It can enrol collectors, and nothing else.", dialog.Markup);
    }
}

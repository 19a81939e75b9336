using IncidentHub.Pages.Datasets;
using IncidentHub.Tests.Support;

namespace IncidentHub.Components.Tests.Catalog.Datasets;

public class DatasetFormPageTests : ComponentTest
{
    [Fact]
    public async Task Records_typed_as_1_000_are_refused_at_the_field_and_no_dataset_is_registered()
    {
        var page = RenderAs<DatasetFormPage>("owner");
        page.WaitForAssertion(() => page.Field("Name"));
        page.Act(() => page.Field("Name").Change("call-recordings"));
        page.Field("Records (optional)").Change("1.000");
        await page.Find("form").SubmitAsync();
        Assert.StartsWith("Write the number in digits only", page.Error("Records (optional)"));
        Assert.Equal("1.000", page.Field("Records (optional)").GetAttribute("value"));
        Assert.Equal(0, (await (await Hub.AsAsync("owner")).ReadAsync("/api/v1/datasets")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task An_invalid_name_is_refused_at_its_field_and_the_other_input_stays()
    {
        var page = RenderAs<DatasetFormPage>("owner");
        page.WaitForAssertion(() => page.Field("Name"));
        page.Act(() => page.Field("Name").Change("<b>"));
        page.Field("Description (optional)").Change("What people wrote.");
        await page.Find("form").SubmitAsync();
        Assert.StartsWith("2 to 80", page.Error("Name"));
        Assert.Equal("What people wrote.", page.Field("Description (optional)").GetAttribute("value"));
    }

    [Fact]
    public async Task A_registered_dataset_has_the_owner_that_is_offered_first()
    {
        var page = RenderAs<DatasetFormPage>("owner");
        page.WaitForAssertion(() => page.Field("Name"));
        Assert.Equal("Program owner", page.Field("Owner").GetAttribute("value"));
        page.Act(() => page.Field("Name").Change("call-recordings"));
        page.Field("Records (optional)").Change("12 400");
        await page.Find("form").SubmitAsync();
        var made = await (await Hub.AsAsync("owner")).ReadAsync("/api/v1/datasets/call-recordings");
        Assert.Equal(("owner", 12_400), (made.GetProperty("owner").Text("account"), made.GetProperty("records").GetInt64()));
    }

    [Fact]
    public async Task A_stale_save_is_refused_keeps_the_text_and_succeeds_after_loading()
    {
        var owner = await Hub.AsAsync("owner");
        await owner.MakeAsync("/api/v1/datasets", Dataset("call-recordings"));
        var page = RenderAs<DatasetFormPage>("owner", ("Name", "call-recordings"));
        page.WaitForAssertion(() => page.Field("Description (optional)"));
        await (await Hub.AsAsync("privacy")).SendAsync(HttpMethod.Put, "/api/v1/datasets/call-recordings",
            Dataset("call-recordings", "Changed meanwhile."));

        page.Field("Description (optional)").Change("Typed before the other one saved.");
        await page.Find("form").SubmitAsync();
        Assert.Contains("Privacy", page.Find("[role=alert]").TextContent);
        Assert.Equal("Typed before the other one saved.", page.Field("Description (optional)").GetAttribute("value"));
        await page.Button("Load the change").ClickAsync(new());
        Assert.Equal("Typed before the other one saved.", page.Field("Description (optional)").GetAttribute("value"));
        await page.Find("form").SubmitAsync();
        Assert.Equal("Typed before the other one saved.", (await owner.ReadAsync("/api/v1/datasets/call-recordings")).Text("description"));
    }

    [Theory]
    [InlineData("owner", true)]
    [InlineData("responder", true)]
    [InlineData("privacy", true)]
    [InlineData("executive", false)]
    [InlineData("auditor", false)]
    public void Only_a_person_who_may_register_a_dataset_is_offered_the_form(string account, bool offered)
    {
        var page = RenderAs<DatasetFormPage>(account);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(offered ? "form" : ".empty")));
        Assert.Equal(offered, page.Offers("Register dataset"));
    }

    internal static object Dataset(string name, string description = "What people said.") => new
    {
        name,
        description,
        owner = "owner",
        classification = "Restricted",
        encryptionAtRest = "No",
        promisedAudience = new { scope = "NamedGroup", name = "research" },
    };
}

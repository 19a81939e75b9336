using IncidentHub.Pages.Datasets;
using IncidentHub.Tests.Support;

namespace IncidentHub.Components.Tests.Catalog.Datasets;

public class DatasetPageTests : ComponentTest
{
    [Fact]
    public async Task A_dataset_shows_its_derived_datasets_and_offers_its_owner_to_edit_it()
    {
        var owner = await Hub.AsAsync("owner");
        await owner.MakeAsync("/api/v1/datasets", DatasetFormPageTests.Dataset("chats"));
        await owner.MakeAsync("/api/v1/datasets", DatasetFormPageTests.Dataset("corpus"));
        await owner.SendAsync(HttpMethod.Put, "/api/v1/datasets/corpus/upstream/chats", null);
        var page = RenderAs<DatasetDetailPage>("owner", ("Name", "chats"));
        page.WaitForAssertion(() => Assert.Contains("Not encrypted", page.Markup));
        Assert.Contains("corpus", page.Find("tbody").TextContent);
        Assert.True(page.Offers("Edit"));
        Assert.Equal("Unknown", page.FindAll("dt").First(t => t.TextContent == "Retention").NextElementSibling!.TextContent);
    }

    [Fact]
    public async Task An_auditor_reads_a_dataset_and_is_not_offered_to_edit_it()
    {
        await (await Hub.AsAsync("owner")).MakeAsync("/api/v1/datasets", DatasetFormPageTests.Dataset("chats"));
        var page = RenderAs<DatasetDetailPage>("auditor", ("Name", "chats"));
        page.WaitForAssertion(() => Assert.Contains("Not encrypted", page.Markup));
        Assert.False(page.Offers("Edit"));
    }

    [Fact]
    public async Task The_list_names_each_dataset_in_its_first_cell_as_a_link()
    {
        await (await Hub.AsAsync("owner")).MakeAsync("/api/v1/datasets", DatasetFormPageTests.Dataset("chats"));
        var page = RenderAs<DatasetListPage>("responder");
        page.WaitForAssertion(() => Assert.Equal("datasets/chats", page.Find("tbody td a").GetAttribute("href")));
        Assert.True(page.Offers("Columns"));
    }
}

using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Components.Tests.Ui.Kit;

public class ListGridTests : ComponentTest
{
    [Fact]
    public async Task Until_the_chosen_columns_are_known_it_says_that_it_loads()
    {
        var setting = JSInterop.Setup<string?>("hub.setting", _ => true);
        var grid = Show<ListGrid<string>>(
            ("Label", "Programs"), ("Key", "programs"), ("Rows", (IReadOnlyList<string>)["MCI"]), ("Columns", (RenderFragment)(_ => { })));
        Assert.Single(grid.FindAll("[role=status]"));
        Assert.Empty(grid.FindAll("table"));
        await grid.InvokeAsync(() => setting.SetResult(null));
        grid.WaitForAssertion(() => Assert.Single(grid.FindAll("table")));
        Assert.Empty(grid.FindAll("[role=status]"));
    }
}

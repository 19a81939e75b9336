using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Components.Tests.Ui.Kit;

public class TabsTests : ComponentTest
{
    [Fact]
    public void The_selected_section_is_in_the_URL_except_for_the_first()
    {
        var tabs = ShowTabs("one");
        var navigation = Services.GetRequiredService<NavigationManager>();
        tabs.FindAll("[role=tab]")[1].Click();
        Assert.EndsWith("?tab=two", navigation.Uri);
    }

    [Fact]
    public async Task Leaving_a_page_with_sections_causes_no_further_navigation()
    {
        ShowTabs("two");
        var navigation = Services.GetRequiredService<NavigationManager>();
        var before = navigation.Uri;
        await DisposeComponentsAsync();
        Assert.Equal(before, navigation.Uri);
    }

    private IRenderedComponent<IComponent> ShowTabs(string current) => Show<Tabs>(
        ("Items", new TabItem[] { new("one", "One"), new("two", "Two", 3) }), ("Current", current), ("Label", "Sections"));
}

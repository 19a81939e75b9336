using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Components.Tests.Ui.Kit;

public class PickListFieldTests : ComponentTest
{
    private IReadOnlyCollection<string>? _value = ["MCI"];

    [Fact]
    public void A_chosen_value_can_be_removed()
    {
        var field = ShowField();
        field.Press("Remove MCI");
        Assert.Empty(_value!);
    }

    [Fact]
    public async Task A_choice_is_added_to_the_others_and_the_field_is_cleared_for_the_next()
    {
        var field = ShowField();
        await field.Field("Programs").KeyDownAsync(Key.Down);
        field.WaitForAssertion(() => Assert.Equal(["KEY-PULSE"], field.FindAll(".mud-list-item").Select(i => i.TextContent.Trim())));
        await field.Find(".mud-list-item").ClickAsync(new());
        Assert.Equal(["MCI", "KEY-PULSE"], _value!);
        field.WaitForAssertion(() => Assert.Equal("", field.Field("Programs").GetAttribute("value") ?? ""));
    }

    private IRenderedComponent<IComponent> ShowField() => Show<PickListField<string>>(
        ("Label", "Programs"), ("Name", "programs"), ("Value", _value), ("Text", (Func<string, string>)(v => v)),
        ("ValueChanged", EventCallback.Factory.Create<IReadOnlyCollection<string>?>(this, v => _value = v)),
        ("Find", (Func<string, CancellationToken, Task<IEnumerable<Choice<string>>>>)((_, _) =>
            Task.FromResult<IEnumerable<Choice<string>>>([new("MCI", "MCI"), new("KEY-PULSE", "KEY-PULSE")]))));
}

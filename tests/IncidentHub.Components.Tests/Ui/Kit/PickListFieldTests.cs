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

    [Fact]
    public async Task What_is_typed_while_the_page_takes_a_choice_stays()
    {
        var taken = new TaskCompletionSource();
        var field = ShowField(v =>
        {
            _value = v;
            return taken.Task;
        });
        await field.Field("Programs").KeyDownAsync(Key.Down);
        field.WaitForAssertion(() => Assert.NotEmpty(field.FindAll(".mud-list-item")));
        await field.Field("Programs").KeyDownAsync(Key.Down);
        var choosing = field.Field("Programs").KeyUpAsync(Key.Enter);
        Assert.Equal(["MCI", "KEY-PULSE"], _value!);
        await field.Field("Programs").InputAsync("m");
        taken.SetResult();
        await choosing;
        Assert.Equal("m", field.Field("Programs").GetAttribute("value"));
    }

    private IRenderedComponent<IComponent> ShowField(Func<IReadOnlyCollection<string>?, Task>? take = null) => Show<PickListField<string>>(
        ("Label", "Programs"), ("Name", "programs"), ("Value", _value), ("Text", (Func<string, string>)(v => v)),
        ("ValueChanged", EventCallback.Factory.Create(this, take ?? (v =>
        {
            _value = v;
            return Task.CompletedTask;
        }))),
        ("Find", (Func<string, CancellationToken, Task<IEnumerable<Choice<string>>>>)((_, _) =>
            Task.FromResult<IEnumerable<Choice<string>>>([new("MCI", "MCI"), new("KEY-PULSE", "KEY-PULSE")]))));
}

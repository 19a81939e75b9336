using AngleSharp.Dom;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Components.Tests.Ui.Kit;

public class PickFieldTests : ComponentTest
{
    private string? _value;

    [Fact]
    public async Task Focusing_with_the_keyboard_opens_no_list_and_chooses_nothing()
    {
        var field = ShowField();
        await field.Field("Program").FocusAsync(new());
        Assert.Empty(field.FindAll(".mud-list-item"));
        await field.Field("Program").KeyDownAsync(Key.Tab);
        Assert.Null(_value);
    }

    [Fact]
    public async Task Focusing_sends_nothing_to_the_browser_that_could_take_the_focus_back()
    {
        // The answer to a focus may arrive when the person has tabbed on: selecting text in a field focuses it.
        var field = ShowField();
        await field.Field("Program").FocusAsync(new());
        Assert.DoesNotContain(JSInterop.Invocations, i => i.Identifier.Contains("select", StringComparison.OrdinalIgnoreCase)
            || i.Identifier.Contains("focus", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Tab_chooses_nothing_from_a_list_that_was_only_opened()
    {
        var field = ShowField();
        await OpenAsync(field);
        await field.Field("Program").KeyDownAsync(Key.Tab);
        Assert.Null(_value);
    }

    [Fact]
    public async Task Tab_chooses_the_first_search_result()
    {
        var field = ShowField();
        await field.Field("Program").InputAsync("key");
        field.WaitForAssertion(() => Assert.Equal(["KEY-PULSE · Keys"], Offered(field)));
        await field.Field("Program").KeyDownAsync(Key.Tab);
        Assert.Equal("KEY-PULSE", _value);
    }

    [Fact]
    public async Task An_arrow_opens_the_list_and_Enter_chooses_the_marked_item()
    {
        var field = ShowField();
        await OpenAsync(field);
        await field.Field("Program").KeyDownAsync(Key.Down);
        await field.Field("Program").KeyUpAsync(Key.Enter);
        Assert.Equal("KEY-PULSE", _value);
    }

    [Fact]
    public async Task The_name_of_a_choice_is_kept_by_a_rendering_with_the_previous_value()
    {
        var field = ShowField();
        await OpenAsync(field);
        await field.Find(".mud-list-item").ClickAsync(new());
        Assert.Equal("MCI", _value);
        var picker = field.FindComponent<PickField<string>>();
        picker.Render(p => p.Add(f => f.Value, null));
        picker.Render(p => p.Add(f => f.Value, "MCI"));
        Assert.Equal("MCI · Capability", field.Field("Program").GetAttribute("value"));
    }

    [Fact]
    public async Task What_is_typed_while_the_page_takes_a_choice_stays()
    {
        var taken = new TaskCompletionSource();
        var field = Show<PickField<string>>(
            ("Label", "Program"), ("Name", "program"), ("Adds", true),
            ("ValueChanged", EventCallback.Factory.Create<string?>(this, v =>
            {
                _value = v;
                return taken.Task;
            })),
            ("Find", (Func<string, CancellationToken, Task<IEnumerable<Choice<string>>>>)FindAsync));
        await OpenAsync(field);
        await field.Field("Program").KeyDownAsync(Key.Down);
        var choosing = field.Field("Program").KeyUpAsync(Key.Enter);
        Assert.Equal("KEY-PULSE", _value);
        await choosing.WaitAsync(TimeSpan.FromMinutes(1));
        await field.Field("Program").InputAsync("m");
        field.WaitForAssertion(() => Assert.Equal(["MCI · Capability"], Offered(field)));
        await field.InvokeAsync(taken.SetResult);
        Assert.Equal("m", field.Field("Program").GetAttribute("value"));
        Assert.Equal(["MCI · Capability"], Offered(field));
    }

    private static async Task OpenAsync(IRenderedComponent<IComponent> field)
    {
        await field.Field("Program").KeyDownAsync(Key.Down);
        field.WaitForAssertion(() => Assert.Equal(2, Offered(field).Count()));
    }

    private static IEnumerable<string> Offered(IRenderedComponent<IComponent> field) =>
        field.FindAll(".mud-list-item").Select(i => i.TextContent.Trim());

    private static Task<IEnumerable<Choice<string>>> FindAsync(string text, CancellationToken ct) => Task.FromResult(
        new Choice<string>[] { new("MCI", "MCI · Capability"), new("KEY-PULSE", "KEY-PULSE · Keys") }
            .Where(c => c.Text.StartsWith(text, StringComparison.OrdinalIgnoreCase)));

    private IRenderedComponent<IComponent> ShowField() => Show<PickField<string>>(
        ("Label", "Program"), ("Name", "program"), ("Value", _value),
        ("ValueChanged", EventCallback.Factory.Create<string?>(this, v => _value = v)),
        ("Find", (Func<string, CancellationToken, Task<IEnumerable<Choice<string>>>>)FindAsync));
}

using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Components.Tests.Ui.Kit;

public class DateFieldTests : ComponentTest
{
    private DateOnly? _value = new DateOnly(2026, 4, 20);

    [Fact]
    public void A_date_is_read_in_its_display_format()
    {
        var field = ShowField();
        Assert.Equal("2026-04-20", field.Field("Date").GetAttribute("value"));
        field.Act(() => field.Field("Date").Change("2026-05-01"));
        Assert.Equal(new DateOnly(2026, 5, 1), _value);
        Assert.Null(field.Error("Date"));
    }

    [Theory]
    [InlineData("20.04.2026")]
    [InlineData("99999-01-01")]
    [InlineData("2026-02-30")]
    public void An_invalid_date_is_refused_once_at_the_field_and_stays_there(string typed)
    {
        var field = ShowField();
        field.Act(() => field.Field("Date").Change(typed));
        Assert.Null(_value);
        Assert.Equal("Write the day as YYYY-MM-DD: 2026-11-28.", field.Error("Date"));
        Assert.DoesNotContain("Not a valid", field.Markup);
        Assert.Equal(typed, field.Field("Date").GetAttribute("value"));
        var described = field.Field("Date").GetAttribute("aria-describedby");
        Assert.Contains("Write the day", field.Find($"#{described}").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Escape")]
    [InlineData("Tab")]
    public void The_calendar_closes_with_Esc_and_when_the_focus_moves_on(string key)
    {
        var field = ShowField();
        field.Press("Choose a day: Date");
        Assert.NotEmpty(field.FindAll(".mud-picker-calendar"));
        field.Button("Choose a day: Date").KeyDown(Key.Get(key));
        field.WaitForAssertion(() => Assert.Empty(field.FindAll(".mud-picker-calendar")));
    }

    private IRenderedComponent<IComponent> ShowField() => Show<DateField>(
        ("Label", "Date"), ("Name", "on"), ("Value", _value),
            ("ValueChanged", EventCallback.Factory.Create<DateOnly?>(this, v => _value = v)));
}

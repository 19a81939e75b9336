using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Components.Tests.Ui.Kit;

public class DateTimeFieldTests : ComponentTest
{
    private DateTimeOffset? _value;

    [Fact]
    public void A_time_is_parsed_in_the_viewers_time_zone_to_the_second()
    {
        var field = ShowIn("Europe/Berlin");
        Put(field, "2026-07-01", "14:30:05");
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 12, 30, 5, TimeSpan.Zero), _value);
        Assert.Contains("Europe/Berlin, UTC+02:00", field.Markup);
    }

    [Theory]
    [InlineData("UTC+02:00", 0)]
    [InlineData("UTC+01:00", 1)]
    public void For_an_hour_that_exists_twice_the_field_asks_which_of_the_two_is_meant(string choice, int hour)
    {
        var field = ShowIn("Europe/Berlin");
        Put(field, "2026-10-25", "02:30");
        Assert.Contains("exists twice", field.Markup);
        field.FindAll("label.mud-radio").First(l => l.TextContent.Trim() == choice).QuerySelector("input")!.Click();
        Assert.Equal(new DateTimeOffset(2026, 10, 25, hour, 30, 0, TimeSpan.Zero), _value);
    }

    [Fact]
    public void A_skipped_hour_of_a_clock_change_is_refused()
    {
        var field = ShowIn("Europe/Berlin");
        Put(field, "2026-03-29", "02:30");
        Assert.Null(_value);
        Assert.Contains("02:30 does not exist on that day in Europe/Berlin", field.Markup);
    }

    [Theory]
    [InlineData("29.03.2026", "12:00", "YYYY-MM-DD")]
    [InlineData("2026-03-29", "noon", "HH:MM")]
    [InlineData("2026-03-29", "", "Write the time, too")]
    [InlineData("1899-12-31", "12:00", "YYYY-MM-DD")]
    public void An_invalid_time_is_refused_and_stays_in_the_field(string date, string time, string says)
    {
        var field = ShowIn("Europe/Berlin");
        Put(field, date, time);
        Assert.Null(_value);
        Assert.Contains(says, field.Markup);
        Assert.Equal(date, field.Field("When").GetAttribute("value"));
        Assert.Equal(time, field.Field("When, time").GetAttribute("value") ?? "");
    }

    [Theory]
    [InlineData(0, "00:30")]
    [InlineData(7, "00:30:07")]
    public void A_value_is_shown_in_the_viewers_time_zone_with_its_seconds(int seconds, string time)
    {
        _value = new DateTimeOffset(2026, 1, 1, 23, 30, seconds, TimeSpan.Zero);
        var field = ShowIn("Europe/Berlin");
        Assert.Equal("2026-01-02", field.Field("When").GetAttribute("value"));
        Assert.Equal(time, field.Field("When, time").GetAttribute("value"));
    }

    [Fact]
    public void A_rendering_with_the_previous_value_keeps_input_that_could_not_be_read()
    {
        var before = new DateTimeOffset(2026, 1, 1, 23, 30, 0, TimeSpan.Zero);
        _value = before;
        var field = ShowIn("Europe/Berlin");
        field.Act(() => field.Field("When").Change("tomorrow"));
        var moment = field.FindComponent<DateTimeField>();
        foreach (DateTimeOffset? rendered in (DateTimeOffset?[])[before, null])
        {
            moment.Render(p => p.Add(m => m.Value, rendered));
            Assert.Equal("tomorrow", field.Field("When").GetAttribute("value"));
            Assert.Contains("Write the day as YYYY-MM-DD", field.Markup);
        }
    }

    private static void Put(IRenderedComponent<IComponent> field, string date, string time)
    {
        field.Act(() => field.Field("When").Change(date));
        field.Act(() => field.Field("When, time").Change(time));
    }

    private IRenderedComponent<IComponent> ShowIn(string zone)
    {
        Services.GetRequiredService<Viewer>().Use(zone);
        return Show<DateTimeField>(
            ("Label", "When"), ("Name", "at"), ("Value", _value),
                ("ValueChanged", EventCallback.Factory.Create<DateTimeOffset?>(this, v => _value = v)));
    }
}

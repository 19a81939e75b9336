using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Components.Tests.Ui.Kit;

public class NumberFieldTests : ComponentTest
{
    private long? _value = 7;

    [Theory]
    [InlineData("1000", 1000)]
    [InlineData(" 12 000 ", 12_000)]
    [InlineData("0", 0)]
    public void Digits_are_parsed_with_or_without_spaces(string typed, long read)
    {
        var field = ShowField();
        field.Act(() => field.Field("Records").Change(typed));
        Assert.Equal(read, _value);
        Assert.Null(field.Error("Records"));
    }

    [Theory]
    [InlineData("1.000")]
    [InlineData("1,000")]
    [InlineData("1e3")]
    [InlineData("many")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public void An_invalid_whole_number_is_refused_at_the_field_and_stays_there(string typed)
    {
        var field = ShowField();
        field.Act(() => field.Field("Records").Change(typed));
        Assert.Null(_value);
        Assert.StartsWith("Write ", field.Error("Records"));
        Assert.Equal(typed, field.Field("Records").GetAttribute("value"));
    }

    [Fact]
    public void A_cleared_field_has_no_value_and_no_refusal()
    {
        var field = ShowField();
        field.Act(() => field.Field("Records").Change(""));
        Assert.Null(_value);
        Assert.Null(field.Error("Records"));
    }

    private IRenderedComponent<IComponent> ShowField() => Show<NumberField>(
        ("Label", "Records"), ("Name", "records"), ("Value", _value),
            ("ValueChanged", EventCallback.Factory.Create<long?>(this, v => _value = v)));
}

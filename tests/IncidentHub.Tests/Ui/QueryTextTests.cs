using IncidentHub.Ui;

namespace IncidentHub.Tests.Ui;

public class QueryTextTests
{
    [Theory]
    [InlineData(null, 10)]
    [InlineData("", 10)]
    [InlineData("3", 10)]
    [InlineData("25", 25)]
    [InlineData("100", 100)]
    [InlineData("101", 100)]
    [InlineData("-20", 10)]
    [InlineData("99999999999", 10)]
    [InlineData("20 lines", 10)]
    public void A_list_shows_between_its_first_lines_and_the_most(string? text, int shown) =>
        Assert.Equal(shown, QueryText.Lines(text, 10, 100));
}

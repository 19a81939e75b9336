using IncidentHub.Domain.Statements;

namespace IncidentHub.Tests.Domain.Statements;

public class NoticeMatchTests
{
    private static readonly string[] Texts =
    [
        "Call transcripts were readable by the whole company\nWe have closed the access to transcripts of customer calls.",
        "Screenshots of the mouse study\nSome screenshots were kept longer than promised.",
        "Badge readers\nThe list of badge readers was public for an hour.",
    ];

    [Theory]
    [InlineData("I could open call transcripts of other teams, the whole lot", "0")]
    [InlineData("SCREENSHOTS were kept too long in the study", "1")]
    [InlineData("transcripts", "")]
    [InlineData("There were some that could have been", "")]
    [InlineData("Nothing like any of these", "")]
    [InlineData("", "")]
    public void What_shares_at_least_two_words_is_found(string typed, string found) =>
        Assert.Equal(found, string.Join(' ', NoticeMatch.Find(typed, Texts)));

    [Fact]
    public void At_most_three_are_found_the_most_alike_first()
    {
        var many = Enumerable.Range(0, 9).Select(i => $"readers badge {(i == 7 ? "public" : "other")}").ToArray();
        Assert.Equal([7, 0, 1], NoticeMatch.Find("badge readers public", many));
    }
}

using IncidentHub.Response.Incidents;

namespace IncidentHub.Tests.Response.Incidents;

public class SearchWordsTests
{
    [Fact]
    public void Text_becomes_lower_case_words_each_once() =>
        Assert.Equal(["inc", "12", "grants", "of", "the", "mci", "job", "é2"], SearchWords.Of("INC-12", "Grants of the MCI job: the É2 job")
            .AsEnumerable());

    [Fact]
    public void A_word_is_looked_for_as_what_begins_with_it()
    {
        var (word, end) = Assert.Single(SearchWords.Query(" Grant "));
        Assert.Equal(("grant", "granu"), (word, end));
        Assert.True(string.CompareOrdinal("grants", word) >= 0 && string.CompareOrdinal("grants", end) < 0);
        Assert.False(string.CompareOrdinal("gravity", end) < 0);
    }

    [Fact]
    public void Of_many_words_the_longest_count() =>
        Assert.Equal(["transcriptions", "readable", "company", "whole"],
            SearchWords.Query("the transcriptions were readable by the whole company").Select(w => w.Word));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("%_*' --")]
    [InlineData("\ud800")]
    public void What_has_no_word_asks_for_none(string? text) => Assert.Empty(SearchWords.Query(text));

    [Fact]
    public void Very_long_text_stays_within_bounds()
    {
        var words = SearchWords.Of(string.Join(' ', Enumerable.Range(0, 5000)), new string('x', 5000));
        Assert.Equal(SearchWords.MaxWords, words.Count);
        Assert.All(SearchWords.Of(new string('x', 5000)), w => Assert.Equal(SearchWords.MaxWord, w.Length));
    }
}

using IncidentHub.Response.Incidents;

namespace IncidentHub.Tests.Response.Incidents;

public class SearchWordsTests
{
    [Fact]
    public void Text_is_split_into_distinct_lower_case_words() =>
        Assert.Equal(["inc", "12", "grants", "of", "the", "mci", "job", "é2"], SearchWords.Of("INC-12", "Grants of the MCI job: the É2 job")
            .AsEnumerable());

    [Fact]
    public void A_word_matches_as_a_prefix()
    {
        var (word, end) = Assert.Single(SearchWords.Query(" Grant "));
        Assert.Equal(("grant", "granu"), (word, end));
        Assert.True(string.CompareOrdinal("grants", word) >= 0 && string.CompareOrdinal("grants", end) < 0);
        Assert.False(string.CompareOrdinal("gravity", end) < 0);
    }

    [Fact]
    public void A_query_of_many_words_uses_the_longest() =>
        Assert.Equal(["transcriptions", "readable", "company", "whole"],
            SearchWords.Query("the transcriptions were readable by the whole company").Select(w => w.Word));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("%_*' --")]
    [InlineData("\ud800")]
    public void A_query_without_a_word_matches_on_no_word(string? text) => Assert.Empty(SearchWords.Query(text));

    [Fact]
    public void The_number_of_words_of_a_very_long_text_is_bounded()
    {
        var words = SearchWords.Of(string.Join(' ', Enumerable.Range(0, 5000)), new string('x', 5000));
        Assert.Equal(SearchWords.MaxWords, words.Count);
        Assert.All(SearchWords.Of(new string('x', 5000)), w => Assert.Equal(SearchWords.MaxWord, w.Length));
    }
}

using IncidentHub.Response.Incidents;

namespace IncidentHub.Tests.Response.Incidents;

public class SearchWordsTests
{
    [Fact]
    public void Text_is_split_into_distinct_lower_case_words() =>
        Assert.Equal(["inc", "12", "grants", "of", "the", "mci", "job", "e2"], SearchWords.Of("INC-12", "Grants of the MCI job: the É2 job")
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
    [InlineData("数据泄露", "数据 泄露")]
    [InlineData("据", "据")]
    [InlineData("员工数据", "员工 数据")]
    [InlineData("员工数", "员工 工数")]
    [InlineData("データ漏洩", "デー タ漏 漏洩")]
    [InlineData("2019年", "年 2019")]
    [InlineData("grants of 数据", "grants 数据 of")]
    [InlineData("ข้อมูล", "ข้ อม ูล")]
    public void A_script_without_blanks_is_searched_by_pairs_of_letters(string query, string words) =>
        Assert.Equal(words.Split(' '), SearchWords.Query(query).Select(w => w.Word));

    [Theory]
    [InlineData("数据泄露")]
    [InlineData("员工数据泄露事件")]
    [InlineData("データ漏洩")]
    [InlineData("데이터유출")]
    [InlineData("ข้อมูลรั่วไหล")]
    [InlineData("𠮷野家")]
    [InlineData("Café Straße Łódź naïve İstanbul ΣΊΣΥΦΟΣ")]
    [InlineData("हिन्दी भाषा")]
    [InlineData("קָפֶה")]
    public void Every_part_of_a_text_is_found_by_its_words(string text)
    {
        var words = SearchWords.Of(text);
        var runes = text.EnumerateRunes().ToList();
        // Anywhere in a script without blanks, else from the beginning of a word.
        for (var start = 0; start < runes.Count; start++)
        {
            if (start > 0 && !IncidentHub.Domain.SearchText.IsUnsegmented(runes[start]) && runes[start - 1].Value != ' ') continue;
            for (var end = start + 1; end <= runes.Count; end++)
            {
                var part = string.Concat(runes[start..end].Select(r => r.ToString()));
                Assert.All(SearchWords.Query(part), q => Assert.Contains(words, w =>
                    string.CompareOrdinal(w, q.Word) >= 0 && string.CompareOrdinal(w, q.End) < 0));
            }
        }
    }

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
        Assert.Equal(SearchWords.MaxPairs, SearchWords.Of(string.Concat(Enumerable.Range(0x4E00, 5000).Select(c => (char)c))).Count);
        Assert.All(SearchWords.Of(new string('x', 5000)), w => Assert.Equal(SearchWords.MaxWord, w.Length));
    }
}

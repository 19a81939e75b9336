using IncidentHub.Domain;

namespace IncidentHub.Tests.Domain.Shared;

/// <summary>What a search of a timeline finds, and what is highlighted, are the same places.</summary>
public sealed class TextMatchTests
{
    [Theory]
    [InlineData("Grants revoked", "grant", "[Grant]s revoked")]
    [InlineData("Zürich, then ZURICH", "zurich", "[Zürich], then [ZURICH]")]
    [InlineData("Straße 7", "strasse", "[Straße] 7")]
    [InlineData("Straße 7", "stras", "[Straß]e 7")]
    [InlineData("aaaa", "aa", "[aaaa]")]
    [InlineData("read twice", "twice read", "[read] [twice]")]
    [InlineData("nothing", "absent", "nothing")]
    [InlineData("", "absent", "")]
    [InlineData("😀 smile", "smile", "😀 [smile]")]
    public void The_words_are_found_where_they_stand(string text, string query, string marked)
    {
        var parts = TextMatch.Parts(text, TextMatch.Words(query));
        Assert.Equal(marked, string.Concat(parts.Select(p => p.IsHit ? $"[{p.Text}]" : p.Text)));
        Assert.Equal(text, string.Concat(parts.Select(p => p.Text)));
    }

    [Fact]
    public void Every_word_must_occur_in_one_of_the_texts()
    {
        Assert.True(TextMatch.HasAll(TextMatch.Words("GRANT nightly"), "The nightly job", null, "a grant"));
        Assert.False(TextMatch.HasAll(TextMatch.Words("grant weekly"), "The nightly job", null, "a grant"));
        Assert.True(TextMatch.HasAll(TextMatch.Words("   "), "anything"));
    }
}

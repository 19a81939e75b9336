using System.Text.Json;
using IncidentHub.Domain;

namespace IncidentHub.Tests.Domain;

public sealed class RedactedTextTests
{
    private const string Long = "The key of the bucket is hunter-zwölf, and it is on the wiki.";

    [Theory]
    [InlineData(Long, Long, RedactedText.Mark)]
    [InlineData("T-1 opened: " + Long, Long, "T-1 opened: " + RedactedText.Mark)]
    [InlineData("Before" + Long + "After", Long, "Before" + RedactedText.Mark + "After")]
    [InlineData("Nothing of it.", Long, "Nothing of it.")]
    [InlineData("hunter2", "hunter2", RedactedText.Mark)]
    [InlineData("T-1 closed: hunter2", "hunter2", "T-1 closed: " + RedactedText.Mark)]
    [InlineData("Asked.\n\nhunter2", "hunter2", "Asked.\n\n" + RedactedText.Mark)]
    [InlineData("Title changed to «hunter2»", "hunter2", "Title changed to «" + RedactedText.Mark + "»")]
    [InlineData("It is done, and hunter2 said so.", "hunter2", "It is done, and hunter2 said so.")]
    public void A_text_is_removed_where_it_stands_and_a_short_one_only_where_it_stands_apart(string value, string text, string left) =>
        Assert.Equal(left, Remove(value, text));

    [Fact]
    public void A_short_text_is_removed_as_a_word_from_what_tells_of_the_same_thing()
    {
        Assert.Equal($"a.log, by {RedactedText.Mark}", new RedactedText(["Ann"]).Remove("a.log, by Ann", isOwn: true));
        Assert.Equal("The annual list, Anna", new RedactedText(["Ann"]).Remove("The annual list, Anna", isOwn: true));
    }

    [Fact]
    public void It_is_removed_from_JSON_in_every_spelling_and_the_rest_stays_readable()
    {
        foreach (var json in (string[])[JsonSerializer.Serialize(new { Note = $"Read «{Long}»", Sev = 2 }),
            JsonSerializer.Serialize(new { Note = $"Read «{Long}»", Sev = 2 },
                new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })])
        {
            var left = JsonDocument.Parse(Remove(json, Long)).RootElement;
            Assert.Equal(($"Read «{RedactedText.Mark}»", 2), (left.GetProperty("Note").GetString(), left.GetProperty("Sev").GetInt32()));
        }
    }

    [Fact]
    public void What_is_left_of_it_in_a_headline_is_removed_as_well()
    {
        Assert.Equal($"T-1 opened: {RedactedText.Mark}", Remove($"T-1 opened: {TextRules.Cut(Long, 50)}", Long));
        // Two people may begin alike: only what was shortened is the same text.
        var other = $"{Long[..45]} something else.";
        Assert.Equal(other, Remove(other, Long));
    }

    [Fact]
    public void Of_two_texts_of_which_one_contains_the_other_nothing_is_left()
    {
        Assert.Equal(RedactedText.Mark, Remove(Long, Long[..30], Long));
        Assert.Equal("", Remove("", Long));
        Assert.Equal("x", Remove("x", "", RedactedText.Mark));
    }

    private static string Remove(string value, params string[] texts) => new RedactedText(texts).Remove(value);
}

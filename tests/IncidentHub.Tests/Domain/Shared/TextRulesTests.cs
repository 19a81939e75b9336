using IncidentHub.Domain;

namespace IncidentHub.Tests.Domain.Shared;

public sealed class TextRulesTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(" \u200B Cafe\u0301\u00A0\uFEFF", "Café")]
    [InlineData("a\r\nb\rc\vd\fe\u0085f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh")]
    [InlineData("a\u200Db", "a\u200Db")]
    [InlineData("\u0041\u030A", "\u00C5")]
    [InlineData("\u200B", "")]
    [InlineData(" \u0301 ", "")]
    [InlineData("\u3164\u2800\u115F", "")]
    [InlineData("\uFE0F\u200D", "")]
    [InlineData("", "")]
    public void Text_is_normalised(string typed, string expected)
    {
        Assert.Equal(expected, typed.Clean());
        Assert.Equal(expected, typed.Clean().Clean());
        Assert.Equal(expected.Length == 0 ? null : expected, TextNormaliser.OrNull(typed));
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("\U0001F600", 1)]
    [InlineData("\U0001F44D\U0001F3FD", 1)]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466", 1)]
    [InlineData("\U0001F1E9\U0001F1EA", 1)]
    [InlineData("e\u0301", 1)]
    [InlineData("\u0E01\u0E33", 1)]
    [InlineData("", 0)]
    public void A_character_is_what_a_person_counts(string text, int expected) => Assert.Equal(expected, TextRules.Length(text));

    [Theory]
    [InlineData("\U0001F600", 20, true)]
    [InlineData("\U0001F600", 21, false)]
    [InlineData("\U0001F44D\U0001F3FD", 20, true)]
    // Each is one character, but 20 of them exceed the space of 20 characters.
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466", 20, false)]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466", 7, true)]
    public void A_limit_counts_characters_and_bounds_what_is_stored(string character, int count, bool ok)
    {
        var text = string.Concat(Enumerable.Repeat(character, count));
        Assert.Equal(ok, TextRules.Fault(text, 20, oneLine: true) is null);
        Assert.True(!ok || text.Length <= 20 * TextRules.UnitsPerCharacter);
    }

    [Fact]
    public void One_character_of_a_thousand_marks_is_too_long() =>
        Assert.NotNull(TextRules.Fault("e" + new string('\u0316', 1000), 20, oneLine: true));

    // No theory: its data is stored as UTF-8, which has no half of a surrogate pair.
    [Fact]
    public void What_is_no_text_is_refused_also_where_lines_are_many()
    {
        foreach (var text in (string[])["\uD83D", "\uDE00x", "a\uFFFEb", "a\0b", "a\u001Bb", "a\u202Eb", "a\u2066b\u2069", "\u0007",
            "\u202E"])
        {
            Assert.NotNull(TextRules.Fault(text.Clean(), 100, oneLine: false));
            Assert.NotNull(new Validation().Text(text, "field", 100).ToRefusal());
            Assert.NotNull(new Validation().Line(text, "field", 100, required: false).ToRefusal());
        }
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a\u2028b")]
    [InlineData("a\vb")]
    public void A_line_has_no_breaks_and_a_text_may_have_them(string text)
    {
        Assert.NotNull(new Validation().Line(text, "field", 100).ToRefusal());
        Assert.Null(new Validation().Text(text, "field", 100).ToRefusal());
    }

    [Theory]
    [InlineData("Rechnung für Zoë — «nº 5» 数据泄露 نص עברית ไทย 👍🏽 ½ № ℡")]
    [InlineData("می\u200Cخواهم")]
    [InlineData("a\u200Eb\u200Fc\u061Cd")]
    [InlineData("<script>alert('x')</script> {{x}} %00 \\ \" ' ; -- \u00AD x")]
    public void Text_of_any_script_is_accepted(string text)
    {
        Assert.Null(new Validation().Line(text, "field", 100).ToRefusal());
        Assert.Equal(text, text.Clean());
    }

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdef", 4, "abc…")]
    [InlineData("ab\U0001F44D\U0001F3FDcd", 6, "ab…")]
    [InlineData("ab\U0001F44D\U0001F3FDcd", 7, "ab\U0001F44D\U0001F3FD…")]
    public void Text_is_cut_between_characters(string text, int max, string expected)
    {
        Assert.Equal(expected, TextRules.Cut(text, max));
        Assert.True(TextRules.Cut(text, max).Length <= max);
    }
}

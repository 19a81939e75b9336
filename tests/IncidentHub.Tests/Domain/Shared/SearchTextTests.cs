using IncidentHub.Domain;

namespace IncidentHub.Tests.Domain.Shared;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Cafe\u0301", "café")]
    [InlineData("CAFÉ", "cafe")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("Ærø", "aero")]
    [InlineData("Łódź", "lodz")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφος")]
    [InlineData("Ёлка", "елка")]
    [InlineData("ｗｉｄｅ", "wide")]
    [InlineData("ﬁle №5", "file no5")]
    [InlineData("ﾃﾞｰﾀ", "データ")]
    [InlineData("קָפֶה", "קפה")]
    [InlineData("مَكْتَب", "مكتب")]
    [InlineData("zero\u200Bwidth", "zerowidth")]
    [InlineData("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8")]
    public void Texts_that_people_take_for_the_same_are_folded_alike(string one, string other) =>
        Assert.Equal(SearchText.Fold(one), SearchText.Fold(other));

    [Theory]
    [InlineData("が", "か")]
    [InlineData("ด้", "ด")]
    [InlineData("कि", "क")]
    [InlineData("n", "m")]
    public void What_differs_in_meaning_is_not(string one, string other) =>
        Assert.NotEqual(SearchText.Fold(one), SearchText.Fold(other));

    [Theory]
    [InlineData("Zoë Émond", "emo", true)]
    [InlineData("Zoë Émond", "ZOE", true)]
    [InlineData("Zoë Émond", "mond", false)]
    [InlineData("数据泄露", "泄露", true)]
    [InlineData("anything", "", true)]
    public void A_name_is_found_by_the_beginning_of_a_word(string name, string typed, bool found) =>
        Assert.Equal(found, SearchText.Begins(name, typed));
}

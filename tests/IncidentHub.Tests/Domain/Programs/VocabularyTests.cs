using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain.Programs;

namespace IncidentHub.Tests.Domain.Programs;

public sealed class VocabularyTests
{
    [Theory]
    [InlineData("Screen snapshots", "screen-snapshots"), InlineData("  Mouse / movements!", "mouse-movements"),
        InlineData("<b>x</b>", "b-x-b"), InlineData("—", ""), InlineData("prompts", "prompts")]
    public void A_category_becomes_one_key(string text, string key) => Assert.Equal(key, DataCategories.Key(text));

    [Fact]
    public void Blank_and_unusable_names_are_kept_to_be_refused() =>
        Assert.Equal(["clicks", "", "cafe-logs"], DataCategories.Keys(["Clicks", " ", null, "\u200B", "CLICKS", "Café logs", "位置"]));

    [Fact]
    public void A_key_is_its_own_key() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(), s => DataCategories.Key(DataCategories.Key(s.Get)) == DataCategories.Key(s.Get)));

    [Fact]
    public void Every_known_category_is_a_key_and_comes_back_from_its_label() =>
        Assert.All(DataCategories.Known, k => Assert.Equal(k, DataCategories.Key(DataCategories.Label(k))));

    [Theory]
    [InlineData("US", true), InlineData("US-CA", true), InlineData("GB-ENG", true), InlineData("EU", true), InlineData("us", false),
        InlineData("USA", false), InlineData("U", false), InlineData("US-", false), InlineData("US-ABCD", false), InlineData("", false)]
    public void A_region_is_a_country_or_a_subdivision(string region, bool valid) => Assert.Equal(valid, Regions.IsValid(region));

    [Fact]
    public void A_region_is_found_by_its_name() =>
        Assert.All(Regions.Known, r => Assert.Equal(r.Key, Regions.Key(r.Value.ToLowerInvariant())));
}

using IncidentHub.Domain;
using IncidentHub.Domain.Pauses;

namespace IncidentHub.Tests.Domain.Pauses;

public sealed class PauseScopeTests
{
    [Fact]
    public void Categories_and_regions_together_cover_those_categories_in_those_regions_only()
    {
        var scope = PauseScope.Of(["clicks"], ["DE"]);
        Assert.True(scope.Covers("clicks", "DE"));
        Assert.False(scope.Covers("clicks", "US"));
        Assert.False(scope.Covers("keystrokes", "DE"));
    }

    [Theory]
    [InlineData("US", "US-CA", true)]
    [InlineData("US-CA", "US", true)]
    [InlineData("US", "DE", false)]
    [InlineData("EU", "DE", true)]
    [InlineData("EU", "DE-BY", true)]
    [InlineData("EU", "GB", false)]
    [InlineData("US", null, true)]
    [InlineData("U", "US", false)]
    public void A_regional_pause_covers_its_parts_its_enclosing_regions_and_collectors_without_a_region(
        string paused, string? collector, bool reached) =>
        Assert.Equal(reached, PauseScope.Of(null, [paused]).Covers("clicks", collector));

    [Fact]
    public void A_scope_is_the_same_whatever_the_order_the_repeats_and_the_blanks()
    {
        Assert.Equal(PauseScope.Of(["b", "a"], null), PauseScope.Of([" a ", "b", "a", ""], []));
        Assert.Same(PauseScope.Whole, PauseScope.Of([" "], null));
    }

    [Fact]
    public void An_unknown_name_is_refused_at_its_field()
    {
        var refusal = PauseScope.Of(["clicks", "cliks"], ["XX"]).Check(new Validation(), ["clicks"], ["US"]).ToRefusal()!;
        Assert.Contains("cliks", refusal.Errors!["categories"].Single());
        Assert.Contains("US", refusal.Errors["regions"].Single());
    }

    [Fact]
    public void A_huge_unknown_name_is_not_echoed_in_full()
    {
        var refusal = PauseScope.Of([new string('x', 5_000)], null).Check(new Validation(), ["clicks"], []).ToRefusal()!;
        Assert.True(refusal.Errors!["categories"].Single().Length < 300);
    }
}

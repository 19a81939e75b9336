using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Tests.Domain.Severity;

public class DataClassesTests
{
    [Theory]
    [InlineData("contact-data", DataClass.Simple)]
    [InlineData("clicks", DataClass.Behavioural)]
    [InlineData("credentials", DataClass.Financial)]
    [InlineData("health-data", DataClass.Sensitive)]
    [InlineData("private-communications", DataClass.Financial)]
    public void A_category_has_the_class_of_what_it_holds(string category, DataClass expected) =>
        Assert.Equal(expected, DataClasses.Of(category));

    [Fact]
    public void An_unknown_category_counts_as_behavioural() => Assert.Equal(DataClass.Behavioural, DataClasses.Of("heart-beats"));

    [Fact]
    public void Every_category_that_forms_offer_has_a_class_of_its_own() =>
        Assert.All(DataCategories.Known.Except(["contact-data"]), c => Assert.True(DataClasses.Of(c) >= DataClass.Behavioural));
}

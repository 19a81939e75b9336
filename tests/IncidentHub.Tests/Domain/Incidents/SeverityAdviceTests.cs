using IncidentHub.Domain;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Tests.Domain.Incidents;

public class SeverityAdviceTests
{
    private static Exposure Of(params string[] categories) => An.Exposure() with { Categories = categories, Subjects = 38_200, Actual = new(AudienceScope.WholeCompany) };

    [Fact]
    public void Without_an_exposure_there_is_no_advice()
    {
        Assert.Null(SeverityAdvice.Of([]));
        Assert.Null(SeverityAdvice.Of([Of("prompts") with { WithdrawnReason = "Not it." }]));
    }

    [Fact]
    public void The_worst_of_all_exposures_counts()
    {
        var advice = SeverityAdvice.Of([Of("clicks"), Of("transcriptions", "contact-data")])!;
        Assert.Equal("3.25 = DPC 3 × EI 1 + CB 0.25: high, suggests SEV 2 Major; more than 100 people", SeverityAdvice.Describe(advice));
    }

    [Fact]
    public void Unknown_recipients_and_the_public_make_it_worse()
    {
        Assert.Equal(3.5m, SeverityAdvice.Of([Of("transcriptions") with { RecipientsKnown = Known.No }])!.Se);
        var outside = SeverityAdvice.Of([Of("health-data") with { Actual = new(AudienceScope.Public) }])!;
        Assert.Equal((4.5m, Sev.Catastrophic), (outside.Se, outside.Suggests));
    }

    [Fact]
    public void It_is_unintelligible_only_where_all_of_it_is_encrypted()
    {
        var encrypted = Of("prompts") with { Encrypted = Known.Yes };
        Assert.True(SeverityAdvice.Of([encrypted])!.Unintelligible);
        Assert.False(SeverityAdvice.Of([encrypted, Of("prompts")])!.Unintelligible);
    }
}

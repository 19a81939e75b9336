using IncidentHub.Domain;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Tests.Domain.Incidents;

public class SeverityAdviceTests
{
    private static Exposure Of(params string[] categories) =>
        An.Exposure() with { Categories = categories, Subjects = 38_200, Actual = new(AudienceScope.WholeCompany) };

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

    [Theory]
    [InlineData("clicks", 2.25)]
    [InlineData("transcriptions", 3.25)]
    [InlineData("health-data", 4.25)]
    public void The_vectors_of_the_method_hold_from_the_exposures_to_the_score(string category, double score) =>
        Assert.Equal((decimal)score, SeverityAdvice.Of([Of(category)])!.Se);

    [Fact]
    public void An_assessment_replaces_the_assumption()
    {
        var inputs = new BreachInputs(Identifiability.Limited, Loss.None, Loss.Partial, Loss.Full, Malicious: true, ContextAdjustment: -1);
        Assert.Equal("2.25 = DPC 2 × EI 0.5 + CB 1.25", SeverityAdvice.Of([Of("transcriptions")], inputs)!.Sum);
    }

    [Fact]
    public void The_last_assessment_counts_and_all_are_kept()
    {
        var state = An.Declared().Do(new IncidentCommand.AddExposure(Of("transcriptions")), 1);
        state = state.Do(new IncidentCommand.AssessSeverity(new(Identifiability.Limited), " Pseudonyms only. "), 2);
        state = state.Do(new IncidentCommand.AssessSeverity(new(Identifiability.Significant, Malicious: true), "The key was beside it."),
            3);
        Assert.Equal((3 * 0.75m) + 0.25m + 0.5m, SeverityAdvice.Of(state)!.Se);
        Assert.Equal(["Pseudonyms only.", "The key was beside it."], state.Assessments.Select(a => a.Reason));
        Assert.Equal(An.Declared().Sev, state.Sev);
        // Another scope, the same assessment: scored again.
        state = state.Do(new IncidentCommand.AddExposure(An.Exposure(8) with { Categories = ["health-data"] }), 4);
        Assert.Equal((4 * 0.75m) + 0.25m + 0.5m, SeverityAdvice.Of(state)!.Se);
    }

    [Fact]
    public void An_assessment_needs_a_reason_known_answers_and_an_open_incident()
    {
        var wrong = new IncidentCommand.AssessSeverity(new((Identifiability)9, (Loss)9, (Loss)9, (Loss)9, ContextAdjustment: 4), " ");
        Assert.Equal(["availability", "confidentiality", "contextAdjustment", "identifiability", "integrity", "reason"], An.Declared()
            .Refused(wrong, 1).Errors!.Keys.Order());
        Assert.Equal("not_open", An.That(IncidentStatus.Closed)
            .Refused(new IncidentCommand.AssessSeverity(new(Identifiability.Limited), "Late."), 40).Code);
        Assert.Equal(
            ["reason"], An.Declared().Refused(new IncidentCommand.AssessSeverity(BreachInputs.NotAssessed, "The same."), 1).Errors!.Keys);
    }
}

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

    [Fact]
    public void Each_term_says_what_it_follows_from_and_they_make_the_sum()
    {
        Exposure[] exposures = [Of("clicks"), Of("transcriptions") with { RecipientsKnown = Known.No }];
        var factors = SeverityAdvice.Factors(exposures);
        Assert.Equal(["DPC 3", "EI 1", "Confidentiality 0.5", "Integrity 0", "Availability 0", "Malicious intent 0"],
            factors.Select(f => FormattableString.Invariant($"{f.Name} {f.Value:0.##}")));
        Assert.Contains("Transcriptions in dataset-7 counts as class 3", factors[0].Why);
        Assert.Contains("not assessed", factors[1].Why);
        Assert.Contains("recipients of dataset-7 are not known", factors[2].Why);
        Assert.Empty(SeverityAdvice.Factors([]));
    }

    [Theory]
    [InlineData(null, null, 0)]
    [InlineData(Identifiability.Limited, Loss.None, 1)]
    [InlineData(Identifiability.Negligible, Loss.Full, -2)]
    public void The_terms_give_the_score_whatever_was_assessed(Identifiability? id, Loss? loss, int context)
    {
        var inputs = new BreachInputs(id, loss, Loss.Partial, Loss.Full, Malicious: true, context);
        var factors = SeverityAdvice.Factors([Of("transcriptions")], inputs);
        Assert.Equal(SeverityAdvice.Of([Of("transcriptions")], inputs)!.Se,
            (factors[0].Value * factors[1].Value) + factors.Skip(2).Sum(f => f.Value));
    }

    [Fact]
    public void The_history_has_every_score_and_every_choice_with_what_was_suggested_then()
    {
        var state = An.Declared().Do(new IncidentCommand.AddExposure(Of("clicks")), 1)
            .Do(new IncidentCommand.ChangeSev(Sev.Minor, "Only clicks."), 2)
            .Do(new IncidentCommand.AddExposure(An.Exposure(8) with { Categories = ["health-data"] }), 3)
            .Do(new IncidentCommand.OverrideAdvice(" Nobody read it. "), 4);
        Assert.Equal(
            [
                (AdviceStep.Scored, Sev.Moderate, Sev.Major, null), (AdviceStep.Chosen, Sev.Moderate, Sev.Minor, "Only clicks."),
                (AdviceStep.Scored, Sev.Critical, Sev.Minor, null), (AdviceStep.Overridden, Sev.Critical, Sev.Minor, "Nobody read it."),
            ],
            state.AdviceHistory.Select(a => (a.Step, a.Suggests!.Value, a.Sev, a.Reason)));
        Assert.Equal(Sev.Minor, state.Sev);
        Assert.True(AdviceHistory.IsOverridden(state));
    }

    [Fact]
    public void An_override_counts_until_the_suggestion_changes()
    {
        var kept = An.Declared().Do(new IncidentCommand.AddExposure(Of("clicks")), 1).Do(new IncidentCommand.OverrideAdvice("Kept."), 2);
        Assert.True(AdviceHistory.IsOverridden(kept));
        var worse = An.Exposure(8) with { Categories = ["health-data"] };
        Assert.False(AdviceHistory.IsOverridden(kept.Do(new IncidentCommand.AddExposure(worse), 3)));
        Assert.False(AdviceHistory.IsOverridden(kept.Do(new IncidentCommand.ChangeSev(Sev.Minor, "Less."), 3)));
    }

    [Fact]
    public void Only_advice_that_suggests_another_level_is_overridden_once_with_a_reason()
    {
        var exposed = An.Declared().Do(new IncidentCommand.AddExposure(Of("clicks")), 1);
        Assert.Equal("no_advice", An.Declared().Refused(new IncidentCommand.OverrideAdvice("Kept."), 1).Code);
        Assert.Equal(["reason"], exposed.Refused(new IncidentCommand.OverrideAdvice(" "), 2).Errors!.Keys);
        Assert.Equal("overridden_already", exposed.Do(new IncidentCommand.OverrideAdvice("Kept."), 2)
            .Refused(new IncidentCommand.OverrideAdvice("Again."), 3).Code);
        Assert.Equal("advice_agrees", exposed.Do(new IncidentCommand.ChangeSev(Sev.Moderate, "As suggested."), 2)
            .Refused(new IncidentCommand.OverrideAdvice("Kept."), 3).Code);
    }
}

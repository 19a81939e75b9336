using IncidentHub.Domain;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Tests.Domain.Severity;

public class BreachScoreTests
{
    [Theory]
    [InlineData(DataClass.Behavioural, 2.25, BreachLevel.Medium, Sev.Moderate)]
    [InlineData(DataClass.Financial, 3.25, BreachLevel.High, Sev.Major)]
    [InlineData(DataClass.Sensitive, 4.25, BreachLevel.VeryHigh, Sev.Critical)]
    public void The_published_vectors_hold(DataClass data, double se, BreachLevel level, Sev sev)
    {
        var score = BreachScore.Of(new([data], Identifiability.Maximum, Loss.Partial));
        Assert.Equal((decimal)se, score.Se);
        Assert.Equal(level, score.Level);
        Assert.Equal(sev, score.Suggests);
    }

    [Fact]
    public void The_sum_is_shown_with_its_parts() =>
        Assert.Equal("3.25 = DPC 3 × EI 1 + CB 0.25", BreachScore.Of(
            new([DataClass.Financial], Identifiability.Maximum, Loss.Partial)).Sum);

    [Theory]
    [InlineData(1.75, BreachLevel.Low)]
    [InlineData(2, BreachLevel.Medium)]
    [InlineData(3, BreachLevel.High)]
    [InlineData(4, BreachLevel.VeryHigh)]
    public void A_border_belongs_to_the_worse_level(double se, BreachLevel level) =>
        Assert.Equal(level, new BreachScore(1, (decimal)se, 0, false, false, false).Level);

    [Fact]
    public void The_highest_class_wins_and_context_stays_within_one_and_four()
    {
        Assert.Equal(3, BreachScore.Of(new([DataClass.Simple, DataClass.Financial], Identifiability.Limited, Loss.None)).Dpc);
        Assert.Equal(4, BreachScore.Of(new([DataClass.Sensitive], Identifiability.Limited, Loss.None, ContextAdjustment: 2)).Dpc);
        Assert.Equal(1, BreachScore.Of(new([DataClass.Simple], Identifiability.Limited, Loss.None, ContextAdjustment: -3)).Dpc);
        Assert.Equal(1, BreachScore.Of(new([], Identifiability.Limited, Loss.None)).Dpc);
    }

    [Fact]
    public void Malice_and_each_loss_add_up()
    {
        var score =
            BreachScore.Of(new([DataClass.Simple], Identifiability.Negligible, Loss.Full, Loss.Partial, Loss.Full, Malicious: true));
        Assert.Equal(1.75m, score.Cb);
        Assert.Equal(2m, score.Se);
    }

    [Fact]
    public void Very_high_and_outside_the_company_is_catastrophic() =>
        Assert.Equal(
            Sev.Catastrophic,
            BreachScore.Of(new([DataClass.Sensitive], Identifiability.Maximum, Loss.Full, OutsideCompany: true)).Suggests);

    [Theory]
    [InlineData(null, false)]
    [InlineData(100L, false)]
    [InlineData(101L, true)]
    public void More_than_a_hundred_people_is_flagged_separately(long? subjects, bool many) =>
        Assert.Equal(many, BreachScore.Of(new([DataClass.Simple], Identifiability.Maximum, Loss.None, Subjects: subjects)).ManyPeople);

    [Fact]
    public void More_loss_or_identifiability_never_lowers_the_score()
    {
        foreach (var data in Enum.GetValues<DataClass>())
            foreach (var id in Enum.GetValues<Identifiability>())
                foreach (var loss in Enum.GetValues<Loss>())
                {
                    var score = BreachScore.Of(new([data], id, loss)).Se;
                    if (id < Identifiability.Maximum) Assert.True(BreachScore.Of(new([data], id + 1, loss)).Se > score);
                    if (loss < Loss.Full) Assert.True(BreachScore.Of(new([data], id, loss + 1)).Se > score);
                }
    }
}

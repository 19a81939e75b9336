using IncidentHub.Domain;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Tests.Domain.Severity;

public class ReporterQuestionsTests
{
    [Theory]
    [InlineData(DataAnswer.Sensitive, AudienceAnswer.OutsideCompany, Sev.Critical)]
    [InlineData(DataAnswer.Sensitive, AudienceAnswer.WholeCompany, Sev.Major)]
    [InlineData(DataAnswer.Sensitive, AudienceAnswer.Team, Sev.Moderate)]
    [InlineData(DataAnswer.Ordinary, AudienceAnswer.Team, Sev.Moderate)]
    [InlineData(DataAnswer.Sensitive, AudienceAnswer.Nobody, Sev.Minor)]
    [InlineData(DataAnswer.Question, AudienceAnswer.NotSure, Sev.Notice)]
    [InlineData(DataAnswer.NotSure, AudienceAnswer.NotSure, Sev.Critical)]
    public void Answers_suggest_a_level(DataAnswer data, AudienceAnswer audience, Sev expected) =>
        Assert.Equal(expected, ReporterQuestions.Suggest(data, audience));

    [Fact]
    public void Not_sure_is_never_less_severe_than_any_answer_about_data()
    {
        foreach (var data in Enum.GetValues<DataAnswer>())
            foreach (var audience in Enum.GetValues<AudienceAnswer>())
            {
                Assert.True(ReporterQuestions.Suggest(DataAnswer.NotSure, audience) <= ReporterQuestions.Suggest(data, audience));
                Assert.True(ReporterQuestions.Suggest(data, AudienceAnswer.NotSure) <= ReporterQuestions.Suggest(data, audience));
            }
    }
}

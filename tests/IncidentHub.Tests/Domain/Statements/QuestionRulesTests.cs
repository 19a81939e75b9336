using IncidentHub.Domain.Access;
using IncidentHub.Domain.Statements;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Domain.Statements;

public class QuestionRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly Actor Asker = TestHub.Actor("employee"), Privacy = TestHub.Actor("privacy");
    private static readonly Guid Id = SampleEvents.Id(), Incident = SampleEvents.Id();

    private static QuestionState Asked => QuestionRules.Ask(Id, Incident, " Were mine among them? ", 0, Asker, Now).Value.Next;

    [Fact]
    public void A_question_waits_for_an_answer()
    {
        Assert.Equal(new(Id, Incident, "Were mine among them?", Asker.Id, Asker.Name, Now, null, 1), Asked);
        Assert.Equal(["text"], QuestionRules.Ask(Id, Incident, " ", 0, Asker, Now).Refusal!.Errors!.Keys);
        Assert.False(QuestionRules.Ask(Id, Incident, new('a', QuestionRules.MaxText + 1), 0, Asker, Now).IsOk);
    }

    [Theory]
    [InlineData(QuestionRules.MaxWaiting - 1, true)]
    [InlineData(QuestionRules.MaxWaiting, false)]
    public void One_person_has_only_so_many_questions_that_wait(int waiting, bool accepted) =>
        Assert.Equal(accepted, QuestionRules.Ask(Id, Incident, "And mine?", waiting, Asker, Now).IsOk);

    [Fact]
    public void It_is_answered_and_the_answer_can_be_corrected()
    {
        var answered = QuestionRules.Decide(Asked, new AnswerQuestion(" No. "), Privacy, Now.AddHours(1)).Value;
        Assert.Equal((new Answer("No.", Privacy.Name, Now.AddHours(1)), 2), (answered.Next.Answer!, answered.Next.Version));
        Assert.Equal([new QuestionAnswered("No.", false)], answered.Events);
        var corrected = QuestionRules.Decide(answered.Next, new AnswerQuestion("Some."), Privacy, Now.AddHours(2)).Value;
        Assert.Equal([new QuestionAnswered("Some.", true)], corrected.Events);
        Assert.Empty(QuestionRules.Decide(answered.Next, new AnswerQuestion("No."), Privacy, Now).Value.Events);
    }

    [Fact]
    public void An_answer_has_a_text()
    {
        Assert.Equal(["answer"], QuestionRules.Decide(Asked, new AnswerQuestion(" "), Privacy, Now).Refusal!.Errors!.Keys);
        Assert.False(QuestionRules.Decide(Asked, new AnswerQuestion(new('a', QuestionRules.MaxAnswer + 1)), Privacy, Now).IsOk);
    }
}

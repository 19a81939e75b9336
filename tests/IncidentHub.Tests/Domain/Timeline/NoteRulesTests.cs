using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Timeline;
using IncidentHub.Tests.Domain.Incidents;

namespace IncidentHub.Tests.Domain.Timeline;

public class NoteRulesTests
{
    private static readonly Actor Other = new(An.Id(2), "Privacy", Roles.Privacy);

    private static NoteState Written() =>
        Accepted(NoteRules.Decide(null, new NoteCommand.Write(An.Id(9), NoteKind.Note, " First thought. ", null),
        An.Responder, An.T0)).Next;

    private static Accepted<NoteState> Accepted(Result<Accepted<NoteState>> outcome) => outcome.Value;

    private static Refusal Refused(Result<Accepted<NoteState>> outcome) => Assert.IsType<Refusal>(outcome.Refusal);

    [Fact]
    public void A_note_happens_when_it_is_written_unless_it_says_when() =>
        Assert.Equal((An.T0, 1, "First thought."), (Written().HappenedAt, Written().Revision, Written().Body));

    [Fact]
    public void An_observation_may_lie_in_the_past_and_not_in_the_future()
    {
        Assert.Equal(
            An.Min(-5),
            Accepted(NoteRules.Decide(null, new NoteCommand.Write(An.Id(9), NoteKind.Observation, "Seen.", An.Min(-5)), An.Responder,
            An.T0)).Next.HappenedAt);
        Assert.Contains(
            "happenedAt",
            Refused(NoteRules.Decide(null, new NoteCommand.Write(An.Id(9), NoteKind.Observation, "Seen.", An.Min(1.1)), An.Responder,
            An.T0)).Errors!.Keys);
    }

    [Fact]
    public void A_revision_keeps_the_text_that_it_replaces()
    {
        var revised = Accepted(NoteRules.Decide(Written(), new NoteCommand.Revise("Second thought."), An.Responder, An.Min(1)));
        Assert.Equal(new NoteRevised(2, "First thought."), Assert.Single(revised.Events));
        Assert.Equal(("Second thought.", 2, An.T0), (revised.Next.Body, revised.Next.Revision, revised.Next.HappenedAt));
    }

    [Fact]
    public void The_same_text_again_is_no_revision() =>
        Assert.Empty(Accepted(NoteRules.Decide(Written(), new NoteCommand.Revise("First thought."), An.Responder, An.Min(1))).Events);

    [Fact]
    public void Nobody_revises_somebody_elses_note() =>
        Assert.Equal(RefusalKind.Forbidden, Refused(NoteRules.Decide(Written(), new NoteCommand.Revise("Not so."), Other, An.Min(1))).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\u0007b")]
    public void A_note_needs_readable_text(string body)
    {
        Assert.Contains(
            "body", Refused(NoteRules.Decide(null, new NoteCommand.Write(An.Id(9), NoteKind.Note, body, null), An.Responder,
            An.T0)).Errors!.Keys);
        Assert.Contains("body", Refused(NoteRules.Decide(Written(), new NoteCommand.Revise(body), An.Responder, An.T0)).Errors!.Keys);
    }

    [Fact]
    public void A_note_is_written_once_and_only_a_written_one_is_revised()
    {
        Assert.Equal(
            RefusalKind.Conflict,
            Refused(NoteRules.Decide(Written(), new NoteCommand.Write(An.Id(9), NoteKind.Note, "Again.", null), An.Responder, An.T0)).Kind);
        Assert.Equal(RefusalKind.NotFound, Refused(NoteRules.Decide(null, new NoteCommand.Revise("x"), An.Responder, An.T0)).Kind);
    }

    [Fact]
    public void An_update_is_sent_in_three_parts_and_revised_in_them()
    {
        var text = new UpdateText(" Open. ", "", "A second reader.");
        var sent = Accepted(NoteRules.Decide(null, new NoteCommand.SendUpdate(An.Id(9), text, null), An.Responder, An.T0));
        Assert.Equal("Condition\nOpen.\n\nActions\nNone.\n\nNeeds\nA second reader.", sent.Next.Body);
        Assert.Equal(new NoteWritten(NoteKind.Update), Assert.Single(sent.Events));
        var revised = Accepted(NoteRules.Decide(
            sent.Next, new NoteCommand.ReviseUpdate(text with { Actions = "Reading." }), An.Responder, An.Min(1)));
        Assert.Equal(new UpdateText("Open.", "Reading.", "A second reader."), UpdateText.Parse(revised.Next.Body));
        Assert.Equal("is_update", Refused(NoteRules.Decide(sent.Next, new NoteCommand.Revise("x"), An.Responder, An.T0)).Code);
        Assert.Equal("not_an_update", Refused(NoteRules.Decide(Written(), new NoteCommand.ReviseUpdate(text), An.Responder, An.T0)).Code);
    }

    [Fact]
    public void Each_part_of_an_update_is_refused_at_its_field()
    {
        var refused = Refused(NoteRules.Decide(
            null, new NoteCommand.SendUpdate(An.Id(9), new(" ", new('x', 3_001), "a\u0007b"), null), An.Responder, An.T0));
        Assert.Equal(["actions", "condition", "needs"], refused.Errors!.Keys.Order());
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0.0, 0.0)]
    [InlineData(1.0, 0.0)]
    [InlineData(-5.0, 5.0)]
    public void An_update_is_late_from_the_moment_after_it_was_due(double? dueInMinutes, double? lateMinutes) => Assert.Equal(
        lateMinutes, UpdateTiming.Of(dueInMinutes is { } due ? An.Min(due) : null, An.T0)?.Late.TotalMinutes);

    [Theory]
    [InlineData("Open.", "Reading.", "Nobody.")]
    [InlineData("a\n\nActions\nb", "c\n\nNeeds\nd", "e")]
    [InlineData("a", "", "b\n\nCondition\nc")]
    [InlineData("None.", "", "")]
    public void No_word_of_an_update_is_lost_whatever_it_looks_like(string condition, string actions, string needs)
    {
        var body = new UpdateText(condition, actions, needs).Compose();
        Assert.Equal(body, UpdateText.Parse(body)!.Compose());
    }

    [Fact]
    public void A_text_without_the_parts_is_no_update_in_parts()
    {
        string?[] texts = [null, "", "Open.", "Condition\nOpen.", "Condition\na\n\nNeeds\nb"];
        Assert.All(texts, text => Assert.Null(UpdateText.Parse(text)));
    }
}

using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain;
using IncidentHub.Domain.Flags;
using IncidentHub.Domain.Severity;
using static IncidentHub.Tests.Domain.Programs.ProgramSamples;

namespace IncidentHub.Tests.Domain.Flags;

public sealed class FlagRulesTests
{
    private static readonly FlagReport Report = new("I could open other people's transcriptions.", "MCI", DataAnswer.Sensitive,
        AudienceAnswer.WholeCompany, StillOpenAnswer.Yes);
    private static readonly FlagCommand[] Acts =
    [
        new AcknowledgeFlag(Owner), new DeclareFromFlag(Owner, "INC-1", Owner), new MergeFlag(Owner, "INC-1", Owner),
            new DismissFlag("Seen: it is test data.", Owner),
        new WriteFlagMessage(Owner, FlagSide.Triage, Owner, "Which workspace?"),
            new WriteFlagMessage(Owner, FlagSide.Reporter, null, "The training one."),
    ];

    private static FlagState Filed(Guid? by = null) => Accepted(FlagRules.Decide(null, new FileFlag(Owner, "F-88", Report, by, null), Now));

    private static FlagState Step(FlagState state, FlagCommand command, DateTimeOffset? at = null) =>
        Accepted(FlagRules.Decide(state, command, at ?? Now));

    [Fact]
    public void The_answers_suggest_a_level() => Assert.Equal(Sev.Major, Filed().SuggestedSev);

    [Fact]
    public void Only_the_text_is_required()
    {
        Assert.Equal(
            FlagStatus.Waiting,
            Accepted(FlagRules.Decide(null, new FileFlag(Owner, "F-1", new FlagReport("Something."), null, null), Now)).Status);
        Assert.Equal(
            ["text"], Refused(FlagRules.Decide(null, new FileFlag(Owner, "F-1", new FlagReport(" \n "), null, null), Now)).Errors!.Keys);
    }

    [Fact]
    public void Every_wrong_field_is_named_at_once() => Assert.Equal(
        ["about", "audience", "data", "stillOpen", "text"],
        Refused(FlagRules.Decide(
            null, new FileFlag(Owner, "F-1", new FlagReport(new string('x', 8001), new string('x', 401), (DataAnswer)9, (AudienceAnswer)9,
            (StillOpenAnswer)9), null, null), Now)).Errors!.Keys.Order());

    [Fact]
    public void An_anonymous_flag_stores_no_person()
    {
        var flag = Step(Step(Filed(), new WriteFlagMessage(Owner, FlagSide.Reporter, null, "More.")), new AcknowledgeFlag(Deputy));
        Assert.True(flag.IsAnonymous);
        Assert.Equal(Deputy, flag.AcknowledgedById);
    }

    [Fact]
    public void It_is_acknowledged_once()
    {
        var flag = Step(Filed(), new AcknowledgeFlag(Owner));
        Assert.Equal(Now, flag.AcknowledgedAt);
        Assert.Equal("already_acknowledged", Refused(FlagRules.Decide(flag, new AcknowledgeFlag(Owner), Now)).Code);
    }

    [Fact]
    public void A_question_of_triage_acknowledges_and_an_answer_of_the_reporter_does_not()
    {
        Assert.Equal(
            FlagStatus.Acknowledged, Step(Filed(), new WriteFlagMessage(Owner, FlagSide.Triage, Owner, "Which workspace?")).Status);
        Assert.Equal(FlagStatus.Waiting, Step(Filed(), new WriteFlagMessage(Owner, FlagSide.Reporter, null, "One thing more.")).Status);
    }

    [Fact]
    public void Declaring_an_open_flag_acknowledges_it()
    {
        var flag = Step(Filed(), new DeclareFromFlag(Deputy, "INC-1", Owner), Now.AddMinutes(5));
        Assert.Equal((FlagStatus.Declared, Now.AddMinutes(5), Deputy), (flag.Status, flag.AcknowledgedAt!.Value, flag.IncidentId!.Value));
    }

    [Fact]
    public void The_first_acknowledgement_is_kept() =>
        Assert.Equal(
            Now, Step(Step(Filed(), new AcknowledgeFlag(Owner)), new MergeFlag(Owner, "INC-1", Deputy), Now.AddHours(1)).AcknowledgedAt);

    [Fact]
    public void Dismissing_needs_a_reason() =>
        Assert.Equal(["reason"], Refused(FlagRules.Decide(Filed(), new DismissFlag("", Owner), Now)).Errors!.Keys);

    [Fact]
    public void Empty_and_too_long_messages_are_refused()
    {
        Assert.Equal(
            ["message"], Refused(FlagRules.Decide(Filed(), new WriteFlagMessage(Owner, FlagSide.Reporter, null, ""), Now)).Errors!.Keys);
        Assert.Equal(
            ["message"],
            Refused(FlagRules.Decide(Filed(), new WriteFlagMessage(Owner, FlagSide.Triage, Owner, new string('x', 4001)),
                Now)).Errors!.Keys);
    }

    [Fact]
    public void Both_sides_may_write_messages_after_the_end() =>
        Assert.Equal(
            FlagStatus.Dismissed, Step(Step(Filed(), new DismissFlag("No.", Owner)),
            new WriteFlagMessage(Owner, FlagSide.Reporter, null, "But look again.")).Status);

    [Fact]
    public void An_unknown_flag_is_not_found() =>
        Assert.All(Acts, act => Assert.Equal(RefusalKind.NotFound, Refused(FlagRules.Decide(null, act, Now)).Kind));

    [Fact]
    public void A_flag_ends_once_in_whatever_order_acts_come() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Elements(Acts).ListOf().ToArbitrary(), steps =>
    {
        var state = Filed();
        foreach (var step in steps)
        {
            var outcome = FlagRules.Decide(state, step, Now);
            if (state.IsFinal && step is not WriteFlagMessage) Assert.Equal("flag_closed", Refused(outcome).Code);
            if (outcome is not { IsOk: true, Value: var accepted }) continue;
            var before = state;
            state = accepted.Next;
            Assert.Equal(before.Version + 1, state.Version);
            Assert.True(!before.IsFinal || state.Status == before.Status);
            Assert.Equal(state.IsFinal, state.ClosedAt is not null);
            Assert.Equal(state.Status != FlagStatus.Waiting, state.AcknowledgedAt is not null);
            Assert.Equal(state.Status is FlagStatus.Declared or FlagStatus.Merged, state.IncidentId is not null);
            Assert.Equal(state.Status == FlagStatus.Dismissed, state.DismissReason is not null);
            Assert.True(state.IsAnonymous);
        }
    }));
}

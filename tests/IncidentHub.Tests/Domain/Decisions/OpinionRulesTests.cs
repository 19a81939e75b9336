using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using static IncidentHub.Tests.Domain.Decisions.Decisions;

namespace IncidentHub.Tests.Domain.Decisions;

public class OpinionRulesTests
{
    private static readonly Actor Officer = new(Id(20), "Data protection officer", Roles.DataProtectionOfficer);
    private static readonly Actor Council = new(Id(21), "Works council", Roles.WorksCouncil);
    private static readonly Actor[] All = [.. Everyone, Officer, Council];
    private static readonly AskedPerson[] Holders = [new(Officer.Id, Officer.Name), new(Id(22), "A second one")];
    private static readonly DateTimeOffset Now = T0.AddHours(1);

    private static readonly (string Name, Func<DecisionState> Make)[] States =
    [
        ("preparing", () => Open()), ("without an incident", OpenWithoutIncident), ("complete", () => Open().AllMet()),
        ("proposed", () => Open().AllMet().Proposed()), ("half approved", () => Open().AllMet().Proposed().Do(Approve(), Owner)),
        ("decided", () => Open().AllMet().Proposed().Do(Approve(), Owner).Do(Approve(), Privacy)),
    ];

    /// <summary>Every role by everybody, with every position, in every state.</summary>
    [Fact]
    public void Those_of_the_role_and_privacy_record_an_opinion_until_the_decision_is_made()
    {
        foreach (var (name, make) in States)
        {
            var state = make();
            foreach (var role in Enum.GetValues<OpinionRole>())
            {
                foreach (var position in Enum.GetValues<OpinionPosition>())
                {
                    foreach (var actor in All)
                    {
                        var outcome = state.Try(Record(role, position), actor, Now);
                        var own = actor == (role == OpinionRole.WorksCouncil ? Council : Officer);
                        var place = $"{role}, {position} by {actor.Name}, {name}";
                        if (name == "decided")
                        {
                            Assert.True(outcome.Refusal?.Code == "decided", place);
                            Assert.Contains("open decision", outcome.Refusal!.Message);
                        }
                        else if (!own && !actor.Has(Roles.Privacy)) Assert.True(outcome.Refusal?.Kind == RefusalKind.Forbidden, place);
                        else
                        {
                            var opinion = Assert.Single(Next(outcome).Opinions);
                            Assert.Equal((role, position, !own, actor.Name, 1),
                                (opinion.Role, opinion.Position, opinion.OnBehalf, opinion.RecordedByName, opinion.Number));
                            Assert.Equal([new OpinionGiven(opinion)], Events(outcome));
                        }
                    }
                }
            }
            Assert.Equal(name == "decided", state.Try(Request(OpinionRole.WorksCouncil), Privacy, Now).Refusal?.Code == "decided");
        }
    }

    [Fact]
    public void A_wrong_field_is_named_and_a_time_within_a_minute_counts_as_now()
    {
        var state = Open();
        void Refuses(string field, RecordOpinion command) =>
            Assert.Contains(field, Refused(state.Try(command, Officer, Now)).Errors!.Keys);
        var valid = Record(OpinionRole.DataProtectionOfficer, OpinionPosition.Objection);
        Refuses("role", valid with { Role = null });
        Refuses("role", valid with { Role = (OpinionRole)7 });
        Refuses("position", valid with { Position = null });
        Refuses("position", valid with { Position = (OpinionPosition)7 });
        Refuses("text", valid with { Text = " " });
        Refuses("text", valid with { Text = new string('x', OpinionRules.MaxText + 1) });
        Refuses("givenAt", valid with { GivenAt = null });
        Refuses("givenAt", valid with { GivenAt = Now.AddSeconds(61) });
        Refuses("givenAt", valid with { GivenAt = PastTime.Earliest.AddSeconds(-1) });
        Refuses("file", valid with { Document = new("", 1, "x") });
        Refuses("file", valid with { Document = new("a.pdf", 0, "x") });
        Assert.Equal(Now, state.Do(valid with { GivenAt = Now.AddSeconds(60) }, Officer, Now).Opinions[0].GivenAt);
        var paper = valid with { GivenAt = Now.AddYears(-1), Document = new(@"C:\papers\a.pdf", 1, "x") };
        var early = state.Do(paper, Officer, Now).Opinions[0];
        Assert.Equal((Now.AddYears(-1), Now, "a.pdf"), (early.GivenAt, early.RecordedAt, early.Document!.Name));
    }

    [Fact]
    public void A_later_opinion_of_the_role_supersedes_and_both_stay()
    {
        var state = Open().Do(Record(OpinionRole.WorksCouncil, OpinionPosition.Objection), Council)
            .Do(Record(OpinionRole.DataProtectionOfficer, OpinionPosition.NoObjection), Officer)
            .Do(Record(OpinionRole.WorksCouncil, OpinionPosition.NoObjectionWithConditions), Privacy);
        Assert.Equal([true, false, false], state.Opinions.Select(state.IsSuperseded));
        Assert.Equal([2, 3], state.StandingOpinions().Select(o => o.Number));
    }

    [Fact]
    public void A_request_waits_until_an_opinion_of_its_role_or_the_decision()
    {
        var asked = Open().Do(Request(OpinionRole.WorksCouncil), Privacy).Do(Request(OpinionRole.DataProtectionOfficer), Privacy);
        Assert.Equal([2, 1], asked.WaitingRequests().Select(r => r.Number));
        var again = asked.Do(Request(OpinionRole.WorksCouncil, Now.AddDays(1)), Privacy);
        Assert.Equal([2, 3], again.WaitingRequests().Select(r => r.Number));
        var given = again.Do(Record(OpinionRole.WorksCouncil, OpinionPosition.NoPosition), Council);
        Assert.Equal(OpinionRole.DataProtectionOfficer, Assert.Single(given.WaitingRequests()).Role);
        Assert.Equal(2, given.Do(Request(OpinionRole.WorksCouncil), Privacy).WaitingRequests().Count);
        Assert.Empty((given with { Status = DecisionStatus.Decided }).WaitingRequests());
        Assert.Equal(3, given.OpinionRequests.Count);
    }

    [Fact]
    public void A_request_is_withdrawn_while_nobody_has_answered_it_or_when_another_takes_its_place()
    {
        var asked = Open().Do(Request(OpinionRole.WorksCouncil), Privacy).Do(Request(OpinionRole.DataProtectionOfficer), Privacy);
        var outcome = asked.Try(new WithdrawOpinionRequest(1), Privacy, Now);
        var withdrawn = Next(outcome);
        Assert.Equal([new OpinionRequestWithdrawn(withdrawn.OpinionRequests[0])], Events(outcome));
        Assert.Equal((Now, Privacy.Name), (withdrawn.OpinionRequests[0].WithdrawnAt, withdrawn.OpinionRequests[0].WithdrawnByName));
        Assert.Equal([2], withdrawn.WaitingRequests().Select(r => r.Number));
        Assert.Equal(asked.Version + 1, withdrawn.Version);
        Assert.Equal("withdrawn", Refused(withdrawn.Try(new WithdrawOpinionRequest(1), Privacy, Now)).Code);
        Assert.Equal(RefusalKind.NotFound, Refused(asked.Try(new WithdrawOpinionRequest(3), Privacy, Now)).Kind);
        Assert.Equal("decided", Refused((asked with { Status = DecisionStatus.Decided }).Try(new WithdrawOpinionRequest(1), Privacy)).Code);
        // A new one is not the old one: nothing that was withdrawn waits again.
        Assert.Equal([2], withdrawn.Do(Request(OpinionRole.WorksCouncil), Privacy).Do(new WithdrawOpinionRequest(3), Privacy)
            .WaitingRequests().Select(r => r.Number));

        var replaced = asked.Do(Request(OpinionRole.WorksCouncil), Privacy, Now);
        Assert.Equal([Now, null, null], replaced.OpinionRequests.Select(r => r.WithdrawnAt));
        var answered = asked.Do(Record(OpinionRole.WorksCouncil, OpinionPosition.NoPosition), Council);
        Assert.Equal("answered", Refused(answered.Try(new WithdrawOpinionRequest(1), Privacy, Now)).Code);
        // Whoever has answered goes on reading what the answer is about.
        Assert.Null(answered.Do(Request(OpinionRole.WorksCouncil), Privacy).OpinionRequests[0].WithdrawnAt);
    }

    [Fact]
    public void With_an_audience_everybody_who_is_asked_is_named_and_without_one_only_who_was_chosen()
    {
        var (open, narrow) = (Open(), Open() with { Audience = Id(201) });
        IEnumerable<Guid> Asked(DecisionState s, params Guid[] wanted) =>
            Assert.Single(s.Do(Request(OpinionRole.DataProtectionOfficer) with { Wanted = wanted }, Privacy).OpinionRequests)
                .People.Select(p => p.PersonId);
        Assert.Empty(Asked(open));
        Assert.Equal([Officer.Id], Asked(open, Officer.Id));
        Assert.Equal(Holders.Select(h => h.PersonId).Order(), Asked(narrow).Order());
        Assert.Equal([Officer.Id], Asked(narrow, Officer.Id));
        Assert.Equal(Id(201), narrow.Do(Request(OpinionRole.WorksCouncil), Privacy).OpinionRequests[0].Audience);
        void Refuses(string field, RequestOpinion command) =>
            Assert.Equal([field], Refused(open.Try(command, Privacy, Now)).Errors!.Keys);
        Refuses("people[1]", Request(OpinionRole.DataProtectionOfficer) with { Wanted = [Officer.Id, Owner.Id] });
        Refuses("role", Request(OpinionRole.DataProtectionOfficer) with { Role = null });
        Refuses("dueAt", Request(OpinionRole.WorksCouncil, Now));
        Refuses("dueAt", Request(OpinionRole.WorksCouncil, Now.AddYears(2)));
    }

    [Fact]
    public void There_is_an_end_to_requests_and_opinions_and_the_next_decision_begins_without_any()
    {
        var state = Open();
        for (var i = 0; i < OpinionRules.Most; i++)
        {
            state = i % 2 == 0 ? state.Do(Request(OpinionRole.WorksCouncil), Privacy)
                : state.Do(Record(OpinionRole.WorksCouncil, OpinionPosition.NoPosition), Council);
        }
        Assert.Equal("too_many", Refused(state.Try(Request(OpinionRole.WorksCouncil), Privacy)).Code);
        Assert.Equal("too_many", Refused(state.Try(Record(OpinionRole.WorksCouncil, OpinionPosition.Objection), Council)).Code);
        Assert.Equal(Enumerable.Range(1, OpinionRules.Most),
            state.Opinions.Select(o => o.Number).Concat(state.OpinionRequests.Select(r => r.Number)).Order());
        var next = DecisionRules.Successor(state, Id(95), Now);
        Assert.Empty(next.Opinions);
        Assert.Empty(next.OpinionRequests);
    }

    /// <summary>
    /// The same story with opinions and requests in between: the same commands are accepted, and all that is approved stays the same.
    /// </summary>
    [Fact]
    public void No_set_of_opinions_changes_what_is_required_approved_or_decided() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(60),
        Prop.ForAll(DecisionProperties.Histories(), Advice().ArrayOf().ToArbitrary(), (steps, advice) =>
        {
            var (plain, advised) = (Open(), Open());
            foreach (var ((command, actor), i) in steps.Select((s, i) => (s, i)))
            {
                if (advice.Length > 0)
                {
                    var (opinion, by) = advice[i % advice.Length];
                    if (advised.Try(opinion, by) is { IsOk: true, Value: var told }) advised = told.Next;
                }
                if (Approved(plain) != Approved(advised)) return false.Label($"{Approved(plain)} became {Approved(advised)}");
                if (All.Any(a => !DecisionRules.CapacitiesOf(plain, a, RelationOf(a))
                    .SequenceEqual(DecisionRules.CapacitiesOf(advised, a, RelationOf(a))))) return false.Label("other capacities");
                var (one, two) = (plain.Try(command, actor), advised.Try(command, actor));
                if (one.Refusal?.Code != two.Refusal?.Code) return false.Label($"{command}: {two.Refusal?.Code}");
                if (one.IsOk) (plain, advised) = (Next(one), Next(two));
            }
            return (Approved(plain) == Approved(advised)).Label("the end");
        }));

    private static string Approved(DecisionState s) => string.Join('|',
        [s.Status.ToString(), DecisionDigest.Of(s), string.Join(',', s.Missing),
            .. s.Approvals.Select(a => $"{a.As} {a.ActorId} {a.Digest}")]);

    private static Gen<(DecisionCommand, Actor)> Advice() =>
        from role in Gen.Elements(Enum.GetValues<OpinionRole>())
        from position in Gen.Elements(Enum.GetValues<OpinionPosition>())
        from request in Gen.Elements(true, false)
        from actor in Gen.Elements(Privacy, Officer, Council)
        select (request ? (DecisionCommand)Request(role) : Record(role, position), actor);

    private static RecordOpinion Record(OpinionRole role, OpinionPosition position) =>
        new(Id(300), role, position, "The purpose is too wide.", T0, null);

    private static RequestOpinion Request(OpinionRole role, DateTimeOffset? dueAt = null) => new(role, dueAt, [], Holders);
}

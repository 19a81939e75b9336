using IncidentHub.Domain.Access;

namespace IncidentHub.Tests.Domain.Access;

/// <summary>The table a second time, as specified: a grant that is added, removed or moved in the code fails here.</summary>
public class AccessTableTests
{
    // E everyone (reporter), R responder, O program owner, P privacy, C counsel, X executive, A administrator, U auditor, D data protection
    // officer, W works council. After the bar: what a relation alone allows, to D and W only OwnFlag and OwnTask. After a second bar:
    // only a person at a screen, never through a key.
    private const string Expected = """
        FileFlag          E R O P C X A U D W |
        FollowFlag          R   P         | OwnFlag
        TriageFlag          R   P         |
        ReadIncidents       R O P C X A U |
        ReadPrograms        R O P C X A U |
        ReadDatasets        R O P C X A U |
        ReadDashboard       R O P C X A U |
        ReadSevPolicy       R O P C X A U |
        DeclareIncident     R   P         |
        ChangeIncident      R   P         |
        WriteTimeline       R   P         |
        ReadTask            R O P C X A U | OwnTask
        WriteTask           R   P         |
        CompleteTask        R   P         | OwnTask
        VerifyFix           R   P         |
        RestrictIncident        P C       | Commander
        ReadRestricted          P C       | Named Commander
        BreakGlass          R       X     | | person
        ReadPrivileged            C       | NamedPrivileged
        WritePrivileged           C       |
        PlaceLegalHold          P C       |
        HandleEvidence      R   P C       | OwnProgram
        Redact                  P         | | person
        PrepareObligation   R   P         |
        DecideObligation        P         |
        EditRegimes                   A   |
        ManageCalendarFeed  R O P C X A U | | person
        LoadAccessReview    R   P         |
        SignOffAccessReview     P         |
        WriteReview         R   P         |
        EditCauses                    A   |
        DraftStatement      R   P C X     | OwnProgram
        PublishStatement        P C X     |
        ReadNotices       E R O P C X A U D W |
        AskQuestion       E R O P C X A U D W |
        AnswerQuestion      R   P C X     | OwnProgram
        RegisterProgram       O           |
        EditProgram                       | OwnProgram
        RegisterDataset     R O P         |
        EditDataset         R   P         | OwnProgram
        VerifySafeguard     R   P         | OwnProgram
        PauseProgram        R   P   X     | OwnProgram
        RunDrill                          | OwnProgram
        DeclinePause                      | OwnProgram
        ConfirmSwitch                     | OwnProgram | person
        ReadCollectors      R             | OwnProgram
        AcknowledgeViolation     R   P         | OwnProgram
        DisposeQuarantinedData         P         | OwnProgram
        ReadDecisions       R O P C X A U D W |
        RequestOpinion          P         |
        RecordOpinion           P         D W |
        ProposeDecision     R   P         | OwnProgram
        EditCriteria        R   P         | OwnProgram
        ApproveDecision         P   X     | OwnProgram
        EditSevPolicy                 A   |
        ManageKeys                    A   | OwnProgram
        MakeOwnKey          R O P C X A U | | person
        RotateSigningKeys             A   | | person
        ManagePeople                  A   | | person
        ManageOwnAccount  E R O P C X A U D W |
        ReadJobs                      A   |
        RequeueJob                    A   |
        ReadAudit                       U |
        """;

    private static readonly Dictionary<char, Roles> Letters = new()
    {
        ['E'] = Roles.Reporter,
        ['R'] = Roles.Responder,
        ['O'] = Roles.ProgramOwner,
        ['P'] = Roles.Privacy,
        ['C'] = Roles.Counsel,
        ['X'] = Roles.Executive,
        ['A'] = Roles.Administrator,
        ['U'] = Roles.Auditor,
        ['D'] = Roles.DataProtectionOfficer,
        ['W'] = Roles.WorksCouncil,
    };

    [Fact]
    public void Every_act_is_allowed_to_exactly_these_roles_and_relations()
    {
        var rows = Expected.Split('\n').Select(l => l.Trim()).ToDictionary(l => Enum.Parse<Act>(l.Split(' ')[0]), l => l);
        Assert.Equal(Enum.GetValues<Act>().Order(), rows.Keys.Order());
        var faults =
            from row in rows
            let halves = row.Value[row.Key.ToString().Length..].Split('|')
            let relations = halves[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Relation>).ToHashSet()
            from role in Letters.Append(new(' ', Roles.None))
            from relation in Enum.GetValues<Relation>()
            let person = halves.Length > 2 && halves[2].Trim() == "person"
            let any = (role.Key != ' ' && halves[0].Contains(role.Key))
                || (relations.Contains(relation) && (role.Key is not ('D' or 'W') || relation is Relation.OwnFlag or Relation.OwnTask))
            from through in (bool[])[false, true]
            let actor = new Actor(Guid.CreateVersion7(), "Somebody", role.Value, ThroughKey: through)
            let expected = any && !(through && person)
            let allowed = AccessTable.Allows(actor, row.Key, relation)
            where allowed != expected || (AccessTable.Deny(actor, row.Key, relation) is null) != expected
            select $"{row.Key} by {role.Value} with {relation}: {(expected ? "is denied" : "is allowed")}";
        Assert.Empty(faults);
    }

    /// <summary>Whatever else a person has: who advises does not decide.</summary>
    [Fact]
    public void An_independent_role_leaves_no_other_role_and_no_relation_that_decides()
    {
        foreach (var independent in (Roles[])[Roles.DataProtectionOfficer, Roles.WorksCouncil])
        {
            var alone = new Actor(Guid.CreateVersion7(), "Somebody", independent);
            for (var others = 0; others < 256; others++)
            {
                var actor = alone with { Roles = independent | (Roles)others };
                Assert.Equal(independent | ((Roles)others & Roles.Reporter), actor.Roles);
                foreach (var relation in Enum.GetValues<Relation>())
                {
                    Assert.All(Enum.GetValues<Act>(), act =>
                        Assert.Equal(AccessTable.Allows(alone, act, relation), AccessTable.Allows(actor, act, relation)));
                }
                Assert.Equal((Roles)others is Roles.None or Roles.Reporter, Independence.Fault(independent | (Roles)others) is null);
            }
            Assert.False(AccessTable.MayEver(alone, Act.ApproveDecision));
            Assert.True(AccessTable.MayEver(alone, Act.FollowFlag));
        }
        Assert.Equal((Roles)255, ((Roles)255).Effective());
    }

    /// <summary>A request for an opinion may widen who reads the decision of a restricted incident.</summary>
    [Fact]
    public void Who_may_request_an_opinion_may_restrict_an_incident() =>
        Assert.All(Letters.Values.Where(r => AccessTable.Allows(new(Guid.CreateVersion7(), "Somebody", r), Act.RequestOpinion)),
            r => Assert.True(AccessTable.Allows(new(Guid.CreateVersion7(), "Somebody", r), Act.RestrictIncident)));

    [Fact]
    public void The_hub_itself_may_do_everything_and_what_is_not_listed_is_denied()
    {
        Assert.All(Enum.GetValues<Act>(), act => Assert.True(AccessTable.Allows(Actor.System, act)));
        var all = new Actor(Guid.CreateVersion7(), "Somebody", (Roles)255);
        Assert.False(AccessTable.Allows(all, (Act)9_999));
    }
}

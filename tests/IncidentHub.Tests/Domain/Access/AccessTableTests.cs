using IncidentHub.Domain.Access;

namespace IncidentHub.Tests.Domain.Access;

/// <summary>The table a second time, as specified: a grant that is added, removed or moved in the code fails here.</summary>
public class AccessTableTests
{
    // E everyone (reporter), R responder, O program owner, P privacy, C counsel, X executive, A administrator, U auditor. After the bar:
    // what a relation alone allows. After a second bar: only a person at a screen, never through a key.
    private const string Expected = """
        FileFlag          E R O P C X A U |
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
        ReadNotices       E R O P C X A U |
        AskQuestion       E R O P C X A U |
        AnswerQuestion      R   P C X     | OwnProgram
        RegisterProgram       O           |
        EditProgram                       | OwnProgram
        RegisterDataset     R O P         |
        EditDataset         R   P         | OwnProgram
        VerifySafeguard     R   P         | OwnProgram
        PauseProgram        R   P   X     | OwnProgram
        RunDrill                          | OwnProgram
        DeclinePause                      | OwnProgram
        ReadCollectors      R             | OwnProgram
        AcknowledgeViolation     R   P         | OwnProgram
        DisposeQuarantinedData         P         | OwnProgram
        ProposeDecision     R   P         | OwnProgram
        EditCriteria        R   P         | OwnProgram
        ApproveDecision         P   X     | OwnProgram
        EditSevPolicy                 A   |
        ManageKeys                    A   | OwnProgram
        MakeOwnKey          R O P C X A U | | person
        RotateSigningKeys             A   | | person
        ManagePeople                  A   | | person
        ManageOwnAccount  E R O P C X A U |
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
            let any = (role.Key != ' ' && halves[0].Contains(role.Key)) || relations.Contains(relation)
            from through in (bool[])[false, true]
            let actor = new Actor(Guid.CreateVersion7(), "Somebody", role.Value, ThroughKey: through)
            let expected = any && !(through && person)
            let allowed = AccessTable.Allows(actor, row.Key, relation)
            where allowed != expected || (AccessTable.Deny(actor, row.Key, relation) is null) != expected
            select $"{row.Key} by {role.Value} with {relation}: {(expected ? "is denied" : "is allowed")}";
        Assert.Empty(faults);
    }

    [Fact]
    public void The_hub_itself_may_do_everything_and_what_is_not_listed_is_denied()
    {
        Assert.All(Enum.GetValues<Act>(), act => Assert.True(AccessTable.Allows(Actor.System, act)));
        var all = new Actor(Guid.CreateVersion7(), "Somebody", (Roles)255);
        Assert.False(AccessTable.Allows(all, (Act)9_999));
    }
}

namespace IncidentHub.Domain.Access;

/// <summary>The actions that the hub authorises; each handler checks exactly one.</summary>
public enum Act
{
    FileFlag, FollowFlag, TriageFlag,
    ReadIncidents, ReadPrograms, ReadDatasets, ReadDashboard, ReadSevPolicy,
    DeclareIncident, ChangeIncident, WriteTimeline, ReadTask, WriteTask, CompleteTask, VerifyFix,
    RestrictIncident, ReadRestricted, BreakGlass, ReadPrivileged, WritePrivileged, PlaceLegalHold,
    HandleEvidence, LoadAccessReview, SignOffAccessReview, Redact,
    PrepareObligation, DecideObligation, EditRegimes, ManageCalendarFeed,
    WriteReview, EditCauses,
    DraftStatement, PublishStatement, ReadNotices, AskQuestion, AnswerQuestion,
    RegisterProgram, EditProgram, RegisterDataset, EditDataset, VerifySafeguard,
    PauseProgram, RunDrill, DeclinePause, ConfirmSwitch, ReadCollectors, AcknowledgeViolation, DisposeQuarantinedData,
    ReadDecisions, ProposeDecision, ApproveDecision, EditCriteria, RequestOpinion, RecordOpinion,
    EditSevPolicy, ManageKeys, MakeOwnKey, RotateSigningKeys, ManagePeople, ManageOwnAccount,
    ReadJobs, RequeueJob,
    ReadAudit,
}

/// <summary>
/// The only table of who may do what; what is not listed is denied. What of an incident, a task or a decision may be seen is the
/// predicate of the statements that read it (<c>visible</c>, <c>task_visible</c>, <c>decision_visible</c>).
/// </summary>
public static class AccessTable
{
    private const Roles Readers =
        Roles.Responder | Roles.ProgramOwner | Roles.Privacy | Roles.Counsel | Roles.Executive | Roles.Administrator | Roles.Auditor;
    private const Roles Everyone = Readers | Independence.Independent | Roles.Reporter;

    /// <param name="Does">The act in words, for the documentation.</param>
    /// <param name="NeedsPerson">A person at a screen: a key that acts as its owner may not, so that a leaked one cannot create its own
    /// successor, or take the hub's keys away.</param>
    private sealed record Grant(string Does, Roles Roles, Relation Relations = Relation.None, bool NeedsPerson = false);

    private static readonly Dictionary<Act, Grant> Table = new()
    {
        [Act.FileFlag] = new("raise a concern", Everyone),
        [Act.FollowFlag] = new("follow a flag and its conversation", Roles.Responder | Roles.Privacy, Relation.OwnFlag),
        [Act.TriageFlag] = new("triage flags", Roles.Responder | Roles.Privacy),

        [Act.ReadIncidents] = new("read open incidents and their tasks", Readers),
        [Act.ReadPrograms] = new("read programs, pauses and stop reports", Readers),
        [Act.ReadDatasets] = new("read datasets and lineage", Readers),
        [Act.ReadDashboard] = new("read the dashboard", Readers),
        [Act.ReadSevPolicy] = new("read the SEV policy", Readers),

        [Act.DeclareIncident] = new("declare an incident", Roles.Responder | Roles.Privacy),
        [Act.ChangeIncident] = new("change an incident: SEV, status, links, roles, timestamps", Roles.Responder | Roles.Privacy),
        [Act.WriteTimeline] = new("write and revise notes, pin entries", Roles.Responder | Roles.Privacy),
        [Act.WriteTask] = new("open, change, cancel and reopen tasks", Roles.Responder | Roles.Privacy),
        [Act.ReadTask] = new("read tasks", Readers, Relation.OwnTask),
        [Act.CompleteTask] = new("complete a task", Roles.Responder | Roles.Privacy, Relation.OwnTask),
        [Act.VerifyFix] = new("verify a fix that somebody else made", Roles.Responder | Roles.Privacy),
        [Act.RestrictIncident] = new("restrict an incident, name people on it, open it again",
            Roles.Privacy | Roles.Counsel, Relation.Commander),
        [Act.ReadRestricted] = new("read a restricted incident", Roles.Privacy | Roles.Counsel, Relation.Named | Relation.Commander),
        // The commander on duty is a responder.
        [Act.BreakGlass] = new("open a restricted incident for an hour, with a reason (break-glass)", Roles.Responder | Roles.Executive,
            NeedsPerson: true),

        // Named is only who has the role privacy: a role on the incident does not count.
        [Act.ReadPrivileged] = new("read counsel's privileged notes on an incident", Roles.Counsel, Relation.NamedPrivileged),
        [Act.WritePrivileged] = new("write privileged notes, name people of privacy who read them", Roles.Counsel),

        [Act.PlaceLegalHold] = new("place and release a legal hold", Roles.Privacy | Roles.Counsel),

        [Act.HandleEvidence] = new("add evidence to an incident, download it",
            Roles.Responder | Roles.Privacy | Roles.Counsel, Relation.OwnProgram),
        // A text that is removed cannot be restored: a leaked key must not be able to.
        [Act.Redact] = new("redact what people wrote, with a reason", Roles.Privacy, NeedsPerson: true),
        [Act.PrepareObligation] = new("put regulatory clocks on an incident's list, record their triggers",
            Roles.Responder | Roles.Privacy),
        [Act.DecideObligation] = new("record notices, decisions not to notify, postponements", Roles.Privacy),
        [Act.EditRegimes] = new("edit regulatory clocks and public holidays", Roles.Administrator),
        [Act.ManageCalendarFeed] = new("make and revoke the address of one's calendar of due times", Readers, NeedsPerson: true),

        [Act.LoadAccessReview] = new("load an access log for a review, cancel and resume the reading", Roles.Responder | Roles.Privacy),
        [Act.SignOffAccessReview] = new("sign off the conclusion of an access review", Roles.Privacy),

        [Act.WriteReview] = new("write, complete and reopen the review of an incident", Roles.Responder | Roles.Privacy),
        [Act.EditCauses] = new("edit the list of causes that reviews name", Roles.Administrator),

        [Act.DraftStatement] = new("write and revise statements of an incident",
            Roles.Responder | Roles.Privacy | Roles.Counsel | Roles.Executive, Relation.OwnProgram),
        [Act.PublishStatement] = new("publish a statement that somebody else wrote, withdraw it",
            Roles.Privacy | Roles.Counsel | Roles.Executive),
        [Act.ReadNotices] = new("read the employee pages of incidents", Everyone),
        [Act.AskQuestion] = new("ask a question on an employee page", Everyone),
        [Act.AnswerQuestion] = new("answer questions on an employee page",
            Roles.Responder | Roles.Privacy | Roles.Counsel | Roles.Executive, Relation.OwnProgram),

        [Act.RegisterProgram] = new("register a program", Roles.ProgramOwner),
        [Act.EditProgram] = new("edit and launch a program, record safeguards", Roles.None, Relation.OwnProgram),
        [Act.RegisterDataset] = new("register a dataset", Roles.ProgramOwner | Roles.Responder | Roles.Privacy),
        [Act.EditDataset] = new("edit a dataset and its links", Roles.Responder | Roles.Privacy, Relation.OwnProgram),
        [Act.VerifySafeguard] = new("verify a safeguard", Roles.Responder | Roles.Privacy, Relation.OwnProgram),

        [Act.PauseProgram] = new("pause a program, put a proposed pause into effect, seal buffers",
            Roles.Responder | Roles.Privacy | Roles.Executive, Relation.OwnProgram),
        [Act.RunDrill] = new("run a drill", Roles.None, Relation.OwnProgram),
        [Act.DeclinePause] = new("decline a proposed pause", Roles.None, Relation.OwnProgram),
        [Act.ConfirmSwitch] = new("confirm what may be collected, after a restored backup", Roles.None, Relation.OwnProgram,
            NeedsPerson: true),
        [Act.ReadCollectors] = new("read rows of single collectors", Roles.Responder, Relation.OwnProgram),
        [Act.AcknowledgeViolation] = new("take ownership of a violation", Roles.Responder | Roles.Privacy, Relation.OwnProgram),
        [Act.DisposeQuarantinedData] = new("decide on quarantined data", Roles.Privacy, Relation.OwnProgram),

        [Act.ReadDecisions] = new("read decisions and their opinions", Readers | Independence.Independent),
        [Act.ProposeDecision] = new("propose a recommendation, withdraw it", Roles.Responder | Roles.Privacy, Relation.OwnProgram),
        [Act.EditCriteria] = new("meet, waive and reopen criteria", Roles.Responder | Roles.Privacy, Relation.OwnProgram),
        [Act.ApproveDecision] = new("approve or reject a recommendation", Roles.Privacy | Roles.Executive, Relation.OwnProgram),

        // It may widen who reads the decision of a restricted incident: who may request may restrict.
        [Act.RequestOpinion] = new("request an opinion of the data protection officer or the works council, and withdraw the request",
            Roles.Privacy),
        [Act.RecordOpinion] = new("record an opinion on a decision; privacy for those who gave it",
            Independence.Independent | Roles.Privacy),

        [Act.EditSevPolicy] = new("edit the SEV policy", Roles.Administrator),
        [Act.ManageKeys] = new("make, list and revoke keys of machines, revoke collectors", Roles.Administrator, Relation.OwnProgram),
        [Act.MakeOwnKey] = new("make a key that acts as oneself, rotate a key", Readers, NeedsPerson: true),
        [Act.RotateSigningKeys] = new("read, rotate and withdraw signing keys", Roles.Administrator, NeedsPerson: true),
        [Act.ManageOwnAccount] = new("manage one's own account: name, how one signs in, sessions", Everyone),
        [Act.ManagePeople] = new("manage people and roles", Roles.Administrator, NeedsPerson: true),
        [Act.ReadJobs] = new("read background jobs", Roles.Administrator),
        [Act.RequeueJob] = new("have a failed job tried again", Roles.Administrator),

        [Act.ReadAudit] = new("read, verify and export the audit log", Roles.Auditor),
    };

    /// <summary>
    /// Whether the actor may do this, by role or by relation. The system may do everything: its actions follow from allowed ones.
    /// </summary>
    public static bool Allows(Actor actor, Act act, Relation relation = Relation.None) =>
        actor.Kind == ActorKind.System
        || (Table.TryGetValue(act, out var grant) && !(grant.NeedsPerson && actor.ThroughKey)
            && ((grant.Roles & actor.Roles) != 0 || (grant.Relations & relation & RelationsOf(actor)) != 0));

    /// <summary>Whether only a person at a screen may do this, never a key that acts as its owner.</summary>
    public static bool NeedsPerson(Act act) => Table.TryGetValue(act, out var grant) && grant.NeedsPerson;

    /// <summary>
    /// Whether the actor may do this to any object: by role, or because a relation to some object would permit it. Asked before anything
    /// is loaded; the relation is decided afterwards.
    /// </summary>
    public static bool MayEver(Actor actor, Act act) =>
        Allows(actor, act) || (Table.TryGetValue(act, out var grant) && (grant.Relations & RelationsOf(actor)) != Relation.None
            && !(grant.NeedsPerson && actor.ThroughKey));

    /// <summary>The rows of the table in the order of the acts.</summary>
    public static IEnumerable<AccessRow> Rows =>
        Enum.GetValues<Act>().Select(a => new AccessRow(a, Table[a].Does, Table[a].Roles, Table[a].Relations, Table[a].NeedsPerson));

    /// <summary>The refusal for an act that is not allowed, or null.</summary>
    public static Refusal? Deny(Actor actor, Act act, Relation relation = Relation.None) =>
        Allows(actor, act, relation) ? null
        : actor.ThroughKey && NeedsPerson(act) ? Refusal.Forbidden($"A key cannot do this ({act}). Sign in to do it.")
        : Refusal.Forbidden($"Your role does not allow this ({act}). {AskWhom(act)}");

    private static Relation RelationsOf(Actor actor) => actor.Roles.IsIndependent() ? Independence.Relations : (Relation)~0;

    private static string AskWhom(Act act) => act switch
    {
        Act.DisposeQuarantinedData => "The program's owner, a deputy or privacy can do this.",
        Act.RegisterProgram => "Ask a program owner.",
        Act.BreakGlass => "A responder or an executive can do this.",
        Act.ReadPrivileged or Act.WritePrivileged => "Ask counsel.",
        Act.PlaceLegalHold => "Privacy or counsel can do this.",
        Act.SignOffAccessReview => "Privacy can do this.",
        Act.HandleEvidence => "A responder, privacy, counsel, or an owner of a program of the incident can do this.",
        Act.Redact => "Only privacy can do this.",
        Act.DeclinePause or Act.RunDrill or Act.EditProgram or Act.ConfirmSwitch => "Only the program's owner or a deputy can do this.",
        Act.DecideObligation => "Ask privacy.",
        Act.DraftStatement or Act.AnswerQuestion =>
            "A responder, privacy, counsel, an executive, or an owner of a program of the incident can do this.",
        Act.PublishStatement => "Privacy, counsel or an executive can do this.",
        Act.EditSevPolicy or Act.EditRegimes or Act.EditCauses or Act.ManagePeople or Act.ManageKeys or Act.RotateSigningKeys
            or Act.ReadJobs or Act.RequeueJob => "Ask an administrator.",
        Act.RequestOpinion => "Ask privacy.",
        Act.RecordOpinion => "The data protection officer, the works council, or privacy for them can do this.",
        Act.ReadAudit => "Ask an auditor.",
        _ => "Ask a responder or privacy.",
    };
}

/// <summary>A row of the table.</summary>
/// <param name="Does">The act in words.</param>
/// <param name="NeedsPerson">Never through a key that acts as its owner.</param>
public sealed record AccessRow(Act Act, string Does, Roles Roles, Relation Relations, bool NeedsPerson);

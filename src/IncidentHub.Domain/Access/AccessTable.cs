namespace IncidentHub.Domain.Access;

/// <summary>The actions that the hub authorises; each handler checks exactly one.</summary>
public enum Act
{
    FileFlag, FollowFlag, TriageFlag,
    ReadIncidents, ReadPrograms, ReadDatasets, ReadDashboard, ReadSevPolicy,
    DeclareIncident, ChangeIncident, WriteTimeline, WriteTask, CompleteTask, RestrictIncident, ReadRestricted, PlaceLegalHold,
    RegisterProgram, EditProgram, RegisterDataset, EditDataset, VerifySafeguard,
    PauseProgram, RunDrill, DeclinePause, ReadCollectors, AcknowledgeViolation, DisposeQuarantinedData,
    ProposeDecision, ApproveDecision, EditCriteria,
    EditSevPolicy, ManageKeys, MakeOwnKey, RotateSigningKeys, ManagePeople,
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
    private const Roles Everyone = Readers | Roles.Reporter;

    private sealed record Grant(Roles Roles, Relation Relations = Relation.None);

    private static readonly Dictionary<Act, Grant> Table = new()
    {
        [Act.FileFlag] = new(Everyone),
        [Act.FollowFlag] = new(Roles.Responder | Roles.Privacy, Relation.OwnFlag),
        [Act.TriageFlag] = new(Roles.Responder | Roles.Privacy),

        [Act.ReadIncidents] = new(Readers),
        [Act.ReadPrograms] = new(Readers),
        [Act.ReadDatasets] = new(Readers),
        [Act.ReadDashboard] = new(Readers),
        [Act.ReadSevPolicy] = new(Readers),

        [Act.DeclareIncident] = new(Roles.Responder | Roles.Privacy),
        [Act.ChangeIncident] = new(Roles.Responder | Roles.Privacy),
        [Act.WriteTimeline] = new(Roles.Responder | Roles.Privacy),
        [Act.WriteTask] = new(Roles.Responder | Roles.Privacy),
        [Act.CompleteTask] = new(Roles.Responder | Roles.Privacy, Relation.OwnTask),
        [Act.RestrictIncident] = new(Roles.Privacy | Roles.Counsel, Relation.Commander),
        [Act.ReadRestricted] = new(Roles.Privacy | Roles.Counsel, Relation.Named | Relation.Commander),

        [Act.PlaceLegalHold] = new(Roles.Privacy | Roles.Counsel),

        [Act.RegisterProgram] = new(Roles.ProgramOwner | Roles.Privacy),
        [Act.EditProgram] = new(Roles.Privacy, Relation.OwnProgram),
        [Act.RegisterDataset] = new(Roles.ProgramOwner | Roles.Responder | Roles.Privacy),
        [Act.EditDataset] = new(Roles.Responder | Roles.Privacy, Relation.OwnProgram),
        [Act.VerifySafeguard] = new(Roles.Responder | Roles.Privacy, Relation.OwnProgram),

        [Act.PauseProgram] = new(Roles.Responder | Roles.Privacy | Roles.Executive, Relation.OwnProgram),
        [Act.RunDrill] = new(Roles.None, Relation.OwnProgram),
        [Act.DeclinePause] = new(Roles.None, Relation.OwnProgram),
        [Act.ReadCollectors] = new(Roles.Responder | Roles.Privacy, Relation.OwnProgram),
        [Act.AcknowledgeViolation] = new(Roles.Responder | Roles.Privacy, Relation.OwnProgram),
        [Act.DisposeQuarantinedData] = new(Roles.Privacy, Relation.OwnProgram),

        [Act.ProposeDecision] = new(Roles.Responder | Roles.Privacy, Relation.OwnProgram),
        [Act.EditCriteria] = new(Roles.Responder | Roles.Privacy, Relation.OwnProgram),
        [Act.ApproveDecision] = new(Roles.Privacy | Roles.Executive, Relation.OwnProgram),

        [Act.EditSevPolicy] = new(Roles.Administrator),
        [Act.ManageKeys] = new(Roles.Administrator, Relation.OwnProgram),
        [Act.MakeOwnKey] = new(Readers),
        [Act.RotateSigningKeys] = new(Roles.Administrator),
        [Act.ManagePeople] = new(Roles.Administrator),
        [Act.ReadJobs] = new(Roles.Administrator),
        [Act.RequeueJob] = new(Roles.Administrator),

        [Act.ReadAudit] = new(Roles.Auditor),
    };

    /// <summary>
    /// Whether the actor may do this, by role or by relation. The system may do everything: its actions follow from allowed ones.
    /// </summary>
    public static bool Allows(Actor actor, Act act, Relation relation = Relation.None) =>
        actor.Kind == ActorKind.System
        || (Table.TryGetValue(act, out var grant) && ((grant.Roles & actor.Roles) != 0 || (grant.Relations & relation) != 0));

    /// <summary>The refusal for an act that is not allowed, or null.</summary>
    public static Refusal? Deny(Actor actor, Act act, Relation relation = Relation.None) =>
        Allows(actor, act, relation) ? null : Refusal.Forbidden($"Your role does not allow this ({act}). {AskWhom(act)}");

    private static string AskWhom(Act act) => act switch
    {
        Act.DisposeQuarantinedData => "The program's owner, a deputy or privacy can do this.",
        Act.PlaceLegalHold => "Privacy or counsel can do this.",
        Act.DeclinePause or Act.RunDrill => "Only the program's owner or a deputy can do this.",
        Act.EditSevPolicy or Act.ManagePeople or Act.ManageKeys or Act.RotateSigningKeys or Act.ReadJobs or Act.RequeueJob
            => "Ask an administrator.",
        Act.ReadAudit => "Ask an auditor.",
        _ => "Ask a responder or privacy.",
    };
}

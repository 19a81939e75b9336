using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;

namespace IncidentHub.Response.Flags;

/// <summary>
/// The actor that the audit log records. The name of a reporter is for triage and privacy only, not for auditors: the log has «a reporter»,
/// the flag itself keeps the name for those who may see it, and nothing is stored about an anonymous reporter.
/// </summary>
internal static class FlagActors
{
    public static readonly Actor Reporter = new(Guid.Empty, "A reporter", Roles.Reporter);

    public static readonly Actor Anonymous = new(Guid.Empty, "An anonymous reporter", Roles.Reporter);

    public static Actor ReporterOf(FlagState flag) => flag.IsAnonymous ? Anonymous : Reporter;

    /// <summary>A person's relation to a flag.</summary>
    public static Relation Relation(FlagState flag, Actor actor) =>
        actor.Kind == ActorKind.Person && actor.Id != Guid.Empty && flag.RaisedById == actor.Id
            ? Domain.Access.Relation.OwnFlag : Domain.Access.Relation.None;

    /// <summary>Triage sees all flags, a reporter their own; for others a flag is not found, like one that does not exist.</summary>
    public static bool MaySee(FlagState flag, Actor actor) => AccessTable.Allows(actor, Act.FollowFlag, Relation(flag, actor));
}

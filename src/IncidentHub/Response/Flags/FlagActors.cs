using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;

namespace IncidentHub.Response.Flags;

/// <summary>
/// Who the audit log says did it. Who raised a flag is for triage and privacy only, and auditors are neither: the log says «a reporter»,
/// the flag itself keeps the name for those who may see it, and of an anonymous reporter nothing is kept anywhere.
/// </summary>
internal static class FlagActors
{
    public static readonly Actor Reporter = new(Guid.Empty, "A reporter", Roles.Reporter);

    public static readonly Actor Anonymous = new(Guid.Empty, "An anonymous reporter", Roles.Reporter);

    public static Actor ReporterOf(FlagState flag) => flag.IsAnonymous ? Anonymous : Reporter;

    /// <summary>What ties somebody to a flag.</summary>
    public static Relation Relation(FlagState flag, Actor actor) =>
        actor.Kind == ActorKind.Person && actor.Id != Guid.Empty && flag.RaisedById == actor.Id
            ? Domain.Access.Relation.OwnFlag : Domain.Access.Relation.None;

    /// <summary>Triage sees all flags, a reporter their own; to others a flag is as unknown as one that does not exist.</summary>
    public static bool MaySee(FlagState flag, Actor actor) => AccessTable.Allows(actor, Act.FollowFlag, Relation(flag, actor));
}

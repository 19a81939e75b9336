using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Identity;

/// <summary>What a person does with their own sessions.</summary>
internal sealed class OwnAccountCommands(Db db, People people)
{
    /// <summary>Ends one of the person's own sessions.</summary>
    public Task<Result<Done>> EndSessionAsync(Guid session, Actor actor, CancellationToken ct = default) =>
        RunAsync(actor, async (tx, person) =>
        {
            var own = await tx.QueryAsync<Guid>("Session_OpenOfPerson", new { PersonId = person.Id, tx.Now });
            if (own.Contains(session)) await SessionChanges.EndAsync(tx, session, person, SessionEnd.EndedByPerson, actor);
        }, ct);

    /// <summary>Ends all of the person's sessions but this one.</summary>
    public Task<Result<Done>> EndOthersAsync(Guid? present, Actor actor, CancellationToken ct = default) =>
        RunAsync(actor, (tx, person) => SessionChanges.EndAllAsync(tx, person, SessionEnd.EndedByPerson, actor, except: present), ct);

    private async Task<Result<Done>> RunAsync(Actor actor, Func<UnitOfWork, Person, Task> act, CancellationToken ct)
    {
        if (actor is not { Kind: ActorKind.Person, ThroughKey: false } || await people.FindAsync(actor.Id, ct) is not { } person)
            return Refusal.Forbidden("Sign in to do this.");
        return await db.WriteAsync<Done>(async tx =>
        {
            await act(tx, person);
            return default(Done);
        }, ct: ct);
    }
}

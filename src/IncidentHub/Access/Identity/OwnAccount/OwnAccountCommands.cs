using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Access.Identity;

/// <summary>What a person does with their own account and sessions.</summary>
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

    public Task<OwnSettings> SettingsAsync(Actor actor, CancellationToken ct) =>
        db.ReadAsync(sql => OwnSettings.OfAsync(sql, actor.Id), ct);

    /// <summary>The person's name, and how pages look to them.</summary>
    public async Task<Result<Done>> SaveAsync(string? displayName, OwnSettings settings, Actor actor, CancellationToken ct = default)
    {
        var check = new Validation().Line(displayName, "displayName", AccountRules.MaxName)
            .Check(settings.TimeZone is null || IsZone(settings.TimeZone), "timeZone", "Choose a time zone from the list.");
        if (check.ToRefusal() is { } invalid) return invalid;
        return await RunAsync(actor, async (tx, cached) =>
        {
            var (person, former) = ((await People.FindAsync(tx, cached.Id))!, await OwnSettings.OfAsync(tx, cached.Id));
            var name = displayName!.Clean();
            if (person.DisplayName == name && former == settings) return;
            if (person.DisplayName != name) await People.SaveAsync(tx, person with { DisplayName = name, Roles = person.Own });
            await tx.ExecuteAsync("Person_SetOwn", new { person.Id, settings.TimeZone, Theme = settings.Theme?.ToString() });
            await tx.RecordAsync(actor, new JournalEntry
            {
                Action = "account.changed",
                Subject = $"person {person.Account}",
                Detail = new
                {
                    name = person.DisplayName == name ? null : new { from = person.DisplayName, to = name },
                    settings.TimeZone,
                    settings.Theme,
                },
                Topics = [SessionChanges.Topic(person.Id), "people"],
            });
        }, ct);
    }

    private static bool IsZone(string zone) => zone.Length <= OwnSettings.MaxZone && TimeZones.IsKnown(zone);

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

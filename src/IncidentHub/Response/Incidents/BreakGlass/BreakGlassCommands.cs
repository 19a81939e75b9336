using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Live;

namespace IncidentHub.Response.Incidents;

/// <summary>Opens a restricted incident for one hour, for a person who has heard its code and gives a reason.</summary>
internal sealed class BreakGlassCommands(Db db, IncidentReader incidents, BreakGlassLimiter limiter)
{
    private static readonly TimeSpan OpenFor = TimeSpan.FromHours(1);

    public async Task<Result<OpenedIncident>> OpenAsync(string code, string? reason, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.BreakGlass) is { } denied) return denied;
        if (new Validation().Text(reason, "reason", IncidentRules.MaxReason).ToRefusal() is { } invalid) return invalid;
        if (limiter.Ask(actor) is { } tooMany) return tooMany;
        var opened = await db.WriteAsync<OpenedIncident>(tx => OpenAsync(tx, code, reason!.Clean(), actor), ct: ct);
        // Only an incident that does not exist: the attempt is recorded, in a transaction of its own, since the refusal wrote nothing.
        if (opened.Refusal is { Kind: RefusalKind.NotFound })
        {
            limiter.Count(actor);
            await db.WriteAsync<Done>(
                async tx =>
                {
                    await tx.RecordAsync(actor, BreakGlassHistory.OfWrongCode(code, reason!.Clean()));
                    return default(Done);
                },
                ct: ct);
        }
        return opened;
    }

    private async Task<Result<OpenedIncident>> OpenAsync(UnitOfWork tx, string code, string reason, Actor actor)
    {
        // Who has opened it may open it again, for another hour from now.
        if (await incidents.FindVisibleAsync(tx, actor, code) is { } seen && !await OpenedIncidents.HasAsync(tx, seen.Id, actor, tx.Now))
            return Refusal.NotAllowed("already_visible", $"You can see {seen.Code} already. Open it.");
        if (await incidents.FindVisibleAsync(tx, Actor.System, code) is not { } incident) return Refusal.NotFound("The incident");
        var opened = new OpenedIncident(incident.Code, actor.Name, reason, tx.Now, tx.Now + OpenFor);
        await tx.ExecuteAsync("BreakGlass_Insert", new
        {
            Id = OrderedId.Next(tx.Now),
            IncidentId = incident.Id,
            PersonId = actor.Id,
            PersonName = actor.Name,
            Reason = reason,
            opened.OpenedAt,
            opened.EndsAt,
        });
        await tx.RecordAsync(actor, BreakGlassHistory.Of(incident, opened, actor.Id));
        return opened;
    }
}

/// <summary>A restricted incident that a person opened for a time.</summary>
/// <param name="By">Who opened it.</param>
internal sealed record OpenedIncident(string Incident, string By, string Reason, DateTimeOffset OpenedAt, DateTimeOffset EndsAt);

/// <summary>The records of break-glass.</summary>
internal static class BreakGlassHistory
{
    public static JournalEntry Of(IncidentFacts incident, OpenedIncident opened, Guid personId) => new()
    {
        Action = "incident.break-glass",
        Subject = $"incident {incident.Code}",
        About = [incident.Id],
        Detail = new { opened.Reason, opened.EndsAt },
        Timeline =
        [
            new()
            {
                IncidentId = incident.Id,
                Kind = "break-glass",
                Title = $"Opened by {opened.By} for one hour (break-glass)",
                Body = opened.Reason,
                Data = new { opened.EndsAt },
                Pinned = true,
            },
        ],
        Topics = [LiveFeed.SightOf(personId)],
        SubjectTopics = [new([incident.Id], "incidents")],
    };

    /// <summary>A code was tried that no restricted incident has.</summary>
    public static JournalEntry OfWrongCode(string code, string reason) => new()
    {
        Action = "incident.break-glass-refused",
        Subject = "incidents",
        Detail = new { Code = TextRules.Cut(code, 40), Reason = reason },
    };
}

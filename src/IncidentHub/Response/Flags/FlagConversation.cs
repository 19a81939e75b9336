using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Flags;

/// <summary>A message by somebody signed in: triage, or the reporter who gave their name.</summary>
internal sealed record SayOn(string Code, string Message);

/// <summary>A message by whoever has the receipt.</summary>
internal sealed record SayByReceipt(string Receipt, string Message);

/// <summary>Both sides of a flag go on talking; each message is there for good.</summary>
internal sealed class FlagConversationHandler(Db db)
{
    private const int MaxMessages = 500;

    public Task<Result<FlagRecord>> HandleAsync(SayOn command, Actor actor, CancellationToken ct = default) => db.WriteAsync<FlagRecord>(
        async tx =>
        {
            var flag = await FlagStore.LoadAsync(tx, command.Code);
            if (flag is null || !FlagActors.MaySee(flag.State, actor)) return Refusal.NotFound("The flag");
            // A responder who raised it speaks as its reporter, not as triage.
            var own = FlagActors.Relation(flag.State, actor) == Relation.OwnFlag;
            return await SayAsync(tx, flag, own ? FlagSide.Reporter : FlagSide.Triage, actor.Id,
                own ? FlagActors.Reporter : actor, command.Message);
        },
        ct: ct);

    /// <summary>Asks for no sign-in, and would keep nothing of it.</summary>
    public Task<Result<FlagRecord>> HandleAsync(SayByReceipt command, CancellationToken ct = default)
    {
        Platform.Http.IdempotencyScope.Set(null);
        return db.WriteAsync<FlagRecord>(
            async tx => await FlagStore.LoadByReceiptAsync(tx, command.Receipt) is { } flag
                ? await SayAsync(tx, flag, FlagSide.Reporter, null, FlagActors.Anonymous, command.Message)
                : Refusal.NotFound("A flag with this receipt"),
            ct: ct);
    }

    private static async Task<Result<FlagRecord>> SayAsync(UnitOfWork tx, FlagRecord flag, FlagSide side, Guid? author,
        Actor speaker, string message)
    {
        var standing = (await FlagStore.MessagesAsync(tx, flag.State.Id)).Count;
        if (standing >= MaxMessages) return Refusal.NotAllowed("too_many", $"A flag holds at most {MaxMessages} messages. File a new one.");
        var outcome = FlagRules.Decide(flag.State, new SayOnFlag(OrderedId.Next(tx.Now), side, author, message), tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var accepted = outcome.Value;
        if (!await FlagStore.UpdateAsync(tx, flag.State, accepted.Next, speaker.Name, "a message"))
            throw new ConcurrencyConflictException(flag.State.Code);
        foreach (var written in accepted.Events.OfType<FlagMessageWritten>())
            await FlagStore.AddMessageAsync(tx, flag.State.Id, standing + 1, written.Message);
        await AuditWriter.AppendAsync(tx, speaker, "flag.message", $"flag {flag.State.Code}", new { side });
        tx.Touch("flags", $"flag:{flag.State.Id}");
        return flag with { State = accepted.Next };
    }
}

using System.Security.Cryptography;
using System.Text;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Response.Flags;

/// <summary>A concern as submitted.</summary>
/// <param name="Token">At least 32 random characters made by the form: sending the same form twice files one flag. The token is not
/// stored.</param>
/// <param name="Attachments">Files that were received before.</param>
internal sealed record SendFlag(
    FlagReport Report, bool Anonymous, string? Token = null, IReadOnlyList<FlagAttachment>? Attachments = null);

/// <remarks>
/// Files a concern. Nothing that identifies the sender of an anonymous one is stored: no person, no address, no request key; its receipt is
/// derived from the form's token, so that a repeated request is recognised without storing the sender.
/// </remarks>
internal sealed partial class FlagCommands
{
    public const string AlreadySent = "already_sent";
    private const int MaxWordsTried = 12;

    /// <summary>The token that takes the place of an Idempotency-Key for an anonymous flag: nothing of the key is stored.</summary>
    public static string TokenOf(string idempotencyKey) => Convert.ToHexStringLower(Derive("key", idempotencyKey));

    /// <param name="limit">Counts the flag against the sender's limits; the refusal where one is reached. Not asked for a flag that was
    /// filed before.</param>
    public async Task<Result<FiledFlag>> FileAsync(SendFlag command, Actor actor, Func<Refusal?>? limit = null,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.FileFlag) is { } denied) return denied;
        // The last use of a key is stored to the minute: together with the flag's time it could identify the reporter.
        if (command.Anonymous && actor.ThroughKey)
            return Refusal.NotAllowed(
                "key_leaves_a_trace", "The hub records when a key is used. To stay anonymous, submit this without a key.");
        // A request key is stored with its caller for a day: for an anonymous flag it would identify the reporter. See TokenOf.
        if (command.Anonymous) IdempotencyScope.Set(null);
        var known = IsToken(command.Token);
        // What cannot be a repetition is refused without a transaction.
        if (!known && limit?.Invoke() is { } tooMany) return tooMany;
        var token = known ? command.Token! : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var id = new Guid(Derive("flag", token).AsSpan(0, 16));
        var receipt = command.Anonymous ? FlagReceipt.Write(Derive("receipt", token).AsSpan(0, 10)) : null;
        var raisedBy = command.Anonymous ? (Guid?)null : actor.Id;
        // Asked once, however often the transaction runs.
        var counted = limit is null || !known ? null : new Lazy<Refusal?>(limit);
        return await Db.WriteAsync<FiledFlag>(
            tx => FileAsync(tx, id, command.Report, raisedBy, receipt, counted is null ? null : () => counted.Value, command.Attachments),
            ct: ct);
    }

    /// <summary>The same in an open transaction.</summary>
    internal async Task<Result<FiledFlag>> FileAsync(
        UnitOfWork tx, Guid id, FlagReport report, Guid? raisedBy, string? receipt, Func<Refusal?>? limit = null,
        IReadOnlyList<FlagAttachment>? attachments = null)
    {
        if (await FlagStore.LoadAsync(tx, id) is { } filed)
        {
            var again = FlagRules.Decide(null, new FileFlag(id, filed.State.Code, report, raisedBy, filed.State.ProgramId, attachments),
                tx.Now);
            if (again.Refusal is { } invalid) return invalid;
            return filed.State.RaisedById == raisedBy && filed.State.Report == again.Value.Next.Report
                ? new FiledFlag(filed.State.Code, receipt, filed.State.SuggestedSev)
                : Refusal.NotAllowed(AlreadySent, "This form was submitted already, with another text. Open a new one.");
        }
        // In the transaction: repetitions at the same moment do not see each other before.
        if (limit?.Invoke() is { } tooMany) return tooMany;
        var program = await FindProgramAsync(tx, report.About);
        var (code, number) = await FlagStore.NextCodeAsync(tx);
        var outcome = FlagRules.Decide(null, new FileFlag(id, code, report, raisedBy, program, attachments), tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var (next, events) = outcome.Value;
        await FlagStore.InsertAsync(tx, next, number, FlagReceipt.Digest(receipt));
        foreach (var attached in events.OfType<FlagAttached>()) await FlagStore.AttachAsync(tx, next.Id, attached);
        foreach (var happened in events) await tx.RecordAsync(FlagActors.ReporterOf(next), FlagHistory.Of(next, happened));
        return new FiledFlag(code, receipt, next.SuggestedSev);
    }

    // «MCI, the transcriptions» refers to the program MCI.
    private async Task<Guid?> FindProgramAsync(ISql sql, string? about)
    {
        var words = (about ?? "").ToUpperInvariant().Split([' ', ',', ';', ':', '.', '·', '/', '(', ')', '\t'],
            StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words.Where(ProgramRules.IsCode).Distinct().Take(MaxWordsTried))
        {
            if (await programs.FindByCodeAsync(sql, word) is { } program) return program.Id;
        }
        return null;
    }

    private static byte[] Derive(string use, string token) => SHA256.HashData(Encoding.UTF8.GetBytes($"{use} {token}"));

    private static bool IsToken(string? token) => token is { Length: >= 32 and <= 64 }
        && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}

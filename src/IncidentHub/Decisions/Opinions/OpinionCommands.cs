using IncidentHub.Access.Identity;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Evidence;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Evidence;

namespace IncidentHub.Decisions.Opinions;

/// <summary>An opinion as it was entered.</summary>
internal sealed record StatedOpinion(OpinionRole? Role, OpinionPosition? Position, string? Text, DateTimeOffset? GivenAt);

/// <summary>
/// Requests and records opinions. Their documents are files in the folder of the evidence: who reads the decision reads them, also where
/// they do not see its incident.
/// </summary>
internal sealed class OpinionCommands(Db db, DecisionCommands decisions, EvidenceFiles files, People people, TimeProvider clock)
    : IFileOwner
{
    private const int MaxPeople = 50;

    /// <param name="accounts">Who is asked by name; empty: everybody with the role.</param>
    public async Task<Result<DecisionRecord>> RequestAsync(string code, OpinionRole? role, DateTimeOffset? dueAt,
        IReadOnlyList<string?> accounts, int? expectedVersion, Actor actor, CancellationToken ct = default)
    {
        var check = new Validation().Check(accounts.Count <= MaxPeople, "people", $"At most {MaxPeople}.");
        var wanted = new List<Guid>();
        foreach (var (account, i) in accounts.Take(MaxPeople).Select((a, i) => (a, i)))
        {
            var id = await people.IdOfAsync(account);
            check.Check(id is { } known && known != Guid.Empty, $"people[{i}]", "There is no such person.");
            wanted.Add(id ?? Guid.Empty);
        }
        return check.ToRefusal() is { } invalid
            ? await decisions.RefuseAsync(code, Act.RequestOpinion, invalid, actor, ct)
            : await decisions.RunAsync(code, new RequestOpinion(role, dueAt, wanted, []), expectedVersion, actor, ct);
    }

    /// <summary>The refusal of an opinion; asked before its document is taken in.</summary>
    public async Task<Refusal?> CheckAsync(string code, StatedOpinion? stated, Actor actor, CancellationToken ct)
    {
        if (AccessTable.Deny(actor, Act.ReadDecisions) is { } denied) return denied;
        var decision = await db.ReadAsync(sql => DecisionVisibility.FindVisibleAsync(sql, actor, code), ct);
        if (decision is null) return Refusal.NotFound("The decision");
        return AccessTable.Deny(actor, Act.RecordOpinion)
            ?? (stated is null ? null : OpinionRules.Check(decision.State, Command(Guid.Empty, stated, null), actor, clock.GetUtcNow()));
    }

    public async Task<Result<(DecisionRecord Decision, Opinion Opinion)>> RecordAsync(string code, StatedOpinion stated,
        int? expectedVersion, Actor actor, CancellationToken ct = default)
    {
        IdempotencyScope.StateBody($"{Codes.Upper(code)} {stated}");
        return await RunAsync(code, Command(OrderedId.Next(clock.GetUtcNow()), stated, null), expectedVersion, actor, ct);
    }

    /// <summary>Takes the document in, then records the opinion; the file of a refused one is removed.</summary>
    /// <param name="after">The refusal of what follows the file in the request, or null.</param>
    public async Task<Result<(DecisionRecord Decision, Opinion Opinion)>> RecordAsync(string code, StatedOpinion stated,
        int? expectedVersion, string fileName, Stream content, Func<Task<Refusal?>> after, Actor actor, CancellationToken ct = default)
    {
        if (await CheckAsync(code, stated, actor, ct) is { } refused) return refused;
        var id = OrderedId.Next(clock.GetUtcNow());
        var file = await files.WriteAsync(id, content, ct);
        if (!file.IsOk) return file.Refusal!;
        var isKept = false;
        try
        {
            if (file.Value.Size > OpinionRules.MaxFile) return OpinionRules.TooLarge;
            if (await after() is { } following) return following;
            IdempotencyScope.StateBody($"{Codes.Upper(code)} {stated} {fileName} {file.Value.Sha256}");
            var document = new OpinionDocument(fileName, file.Value.Size, file.Value.Sha256);
            var recorded = await RunAsync(code, Command(id, stated, document), expectedVersion, actor, ct);
            isKept = recorded.IsOk;
            return recorded;
        }
        finally
        {
            // Also where the commit failed without an answer: the sweep decides by the record.
            if (!isKept && (await db.ReadAsync(sql => KnownAsync(sql, [id]), CancellationToken.None)).Count == 0) files.Delete(id);
        }
    }

    /// <summary>The document, once its content was compared with its digest. The download, or the damage, is in its custody.</summary>
    public async Task<Result<(OpinionDocument Document, FileStream Content)>> DownloadAsync(string code, int number, Actor actor,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.ReadDecisions) is { } denied) return denied;
        if (await db.ReadAsync(sql => OpinionQueries.DocumentAsync(sql, code, number, actor), ct) is not var (decision, opinion))
            return Refusal.NotFound("The document");
        if (opinion.Document!.RedactedAt is not null)
            return Refusal.NotAllowed("redacted", "Privacy removed this document. Its digest stays.");
        var content = files.Open(opinion.Id);
        try
        {
            var digest = await EvidenceFiles.DigestAsync(content, ct);
            var isDamaged = digest != opinion.Document!.Sha256;
            await db.WriteAsync<Done>(
                async tx =>
                {
                    var note = !isDamaged ? null : digest is null ? "The file is missing." : $"Its SHA-256 is {digest} now.";
                    await OpinionStore.AddCustodyAsync(
                        tx, opinion.Id, isDamaged ? CustodyKind.Damaged : CustodyKind.Downloaded, note, actor.Id, actor.Name);
                    await tx.RecordAsync(actor, DecisionHistory.OfDownload(decision, opinion, digest));
                    return default(Done);
                },
                ct: ct);
            if (content is null || isDamaged)
            {
                return Refusal.NotAllowed("damaged", "The stored document is missing or differs from its digest, and is not handed out. "
                    + "Restore it from a backup of Evidence:Path.");
            }
            var handed = content;
            content = null;
            return (opinion.Document, handed);
        }
        finally
        {
            if (content is not null) await content.DisposeAsync();
        }
    }

    public async Task<IReadOnlyCollection<Guid>> KnownAsync(ISql sql, IReadOnlyCollection<Guid> ids) =>
        [.. (await sql.QueryAsync<KnownRow>("DecisionOpinion_Known", new { Ids = IdList.Of(ids) })).Select(r => r.Id)];

    private async Task<Result<(DecisionRecord Decision, Opinion Opinion)>> RunAsync(
        string code, RecordOpinion command, int? expectedVersion, Actor actor, CancellationToken ct)
    {
        var changed = await decisions.RunAsync(code, command, expectedVersion, actor, ct);
        if (!changed.IsOk) return changed.Refusal!;
        return (changed.Value, changed.Value.State.Opinions.Single(o => o.Id == command.Id));
    }

    private static RecordOpinion Command(Guid id, StatedOpinion stated, OpinionDocument? document) =>
        new(id, stated.Role, stated.Position, stated.Text, stated.GivenAt, document);

    private sealed record KnownRow
    {
        public required Guid Id { get; init; }
    }
}

using System.Security.Cryptography;
using System.Text;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Platform.Http;

/// <summary>
/// The key of the request in progress. The first write transaction of the request records it, so that the act and its idempotency record
/// become durable together.
/// </summary>
/// <param name="digest">Of the request; null until an endpoint that takes its body as a stream has read it.</param>
/// <param name="seal">Makes a digest of content into one that is stored.</param>
/// <param name="actor">Null where the caller is known by a receipt only.</param>
internal sealed class IdempotencyScope(string key, Guid caller, string? digest, Func<byte[], string> seal, Actor? actor = null)
{
    private static readonly AsyncLocal<IdempotencyScope?> Current = new();
    private bool _taken;

    public bool Recorded { get; private set; }

    public string? Digest => digest;

    public static void Set(IdempotencyScope? scope) => Current.Value = scope;

    /// <summary>The scope for the first write of the request; null for later ones, and outside of requests.</summary>
    public static IdempotencyScope? TakeForWrite()
    {
        var scope = Current.Value;
        if (scope is null || scope._taken) return null;
        scope._taken = true;
        return scope;
    }

    /// <summary>
    /// Called by an endpoint that takes its body as a stream (<see cref="StreamedBody"/>), before its first write: what makes another
    /// request of it.
    /// </summary>
    public static void StateBody(string content)
    {
        if (Current.Value is { } scope) scope.AddBody(content);
    }

    private void AddBody(string content) => digest = seal(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    /// <summary>
    /// First in the transaction: another node with the same key waits for its end. Throws <see cref="IdempotencyKeyTakenException"/> where
    /// the other one was faster.
    /// </summary>
    public async Task RecordAsync(UnitOfWork tx)
    {
        var since = tx.Now - IdempotencyMiddleware.Kept;
        await tx.ExecuteAsync("Idempotency_ExpireOne", new { Key = key, Caller = caller, Since = since });
        if (await tx.FirstOrDefaultAsync<string>("Idempotency_Digest", new { Key = key, Caller = caller }) is not null)
            throw new IdempotencyKeyTakenException();
        if (digest is null) throw new InvalidOperationException("The body of the request was not stated.");
        await tx.ExecuteAsync("Idempotency_Insert", new { Key = key, Caller = caller, Digest = digest, tx.Now });
    }

    /// <summary>
    /// What the act tells of, as far as its actor may see it: the answer is not sent again to somebody who has lost sight of it.
    /// </summary>
    public async Task RecordSubjectsAsync(UnitOfWork tx, ISubjectVisibility visibility)
    {
        if (actor is null || tx.Journal.Subjects is not { Count: > 0 } subjects) return;
        var visible = (await visibility.VisibleAsync(tx, subjects, actor)).Keys.ToList();
        if (visible.Count > 0)
            await tx.ExecuteAsync("Idempotency_Subjects", new { Key = key, Caller = caller, Subjects = IdList.Of(visible) });
    }

    public void Committed() => Recorded = true;
}

/// <summary>A request with the same key was carried out at the same moment.</summary>
internal sealed class IdempotencyKeyTakenException : Exception
{
    public IdempotencyKeyTakenException() : base("A request with the same Idempotency-Key was carried out at the same moment.") { }
}

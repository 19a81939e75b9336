using System.Text.Encodings.Web;
using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Access.Audit;

/// <summary>
/// Removes texts from the hub's records about an act: payload and salt of the rows of the audit log that have them, and stored answers to
/// requests. Each row that loses its payload is recorded by a new one, with the hub's signature.
/// </summary>
internal sealed class AuditRedactions(SigningKeys keys)
{
    private const int PageSize = 500;

    /// <param name="about">The incident that the rows are about.</param>
    /// <param name="since">When the first of them was written.</param>
    /// <param name="texts">Rows with one of these texts as a value lose their payload.</param>
    /// <param name="entries">So do rows that name one of these timeline entries: older ones have digests without a salt.</param>
    /// <returns>How many rows lost their payload.</returns>
    public async Task<int> RedactAsync(UnitOfWork tx, Guid about, DateTimeOffset since, IReadOnlyCollection<string> texts,
        IReadOnlyCollection<Guid> entries, string reason, Actor actor)
    {
        var marks = texts.SelectMany(Spellings).Concat(entries.Select(e => e.ToString("D"))).Distinct().ToList();
        foreach (var spelling in texts.SelectMany(Spellings).Distinct())
            await tx.ExecuteAsync("Idempotency_Redact", new { Text = spelling });
        var found = new List<TextRow>();
        long after = 0;
        while (await tx.QueryAsync<TextRow>("Audit_About",
            new { About = $"%{about:D}%", Since = since, After = after, Limit = PageSize }) is { Count: > 0 } page)
        {
            after = page[^1].Sequence;
            found.AddRange(page.Where(r => r.Act is not (AuditChain.RedactedAct or AuditChain.ExpiredAct)
                && marks.Exists(m => r.Payload.Contains(m, StringComparison.Ordinal))));
        }
        if (found.Count > 0) await RemoveAsync(tx, found, about, reason, actor);
        return found.Count;
    }

    private async Task RemoveAsync(UnitOfWork tx, List<TextRow> found, Guid about, string reason, Actor actor)
    {
        var removed = new { Ids = JsonSerializer.Serialize(found.Select(r => r.Sequence)) };
        await tx.ExecuteAsync("Audit_RemovePayloads", removed);
        // The last digest of these rows was in those payloads.
        foreach (var kept in await tx.QueryAsync<RowsRow>("RowDigest_OfEntries", removed)) tx.Journal.Wrote(kept.TableName, kept.RowsKey);
        var signer = keys.Current;
        foreach (var row in found)
        {
            await tx.RecordAsync(actor, new JournalEntry
            {
                Action = AuditChain.RedactedAct,
                Subject = AuditChain.RedactionSubject(row.Sequence),
                About = [about],
                Detail = AuditRemoval.Sign(AuditChain.RedactedAct, [new(row.Sequence, row.Sequence)], row.Hash, reason, signer.Kid,
                    d => signer.Sign(d)),
            });
        }
    }

    // As a whole value: as the audit log writes it, and as answers do.
    private static IEnumerable<string> Spellings(string text) =>
    [
        JsonSerializer.Serialize(text),
        JsonSerializer.Serialize(text, Relaxed),
    ];

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private sealed record TextRow
    {
        public required long Sequence { get; init; }
        public required string Act { get; init; }
        public required string Payload { get; init; }
        public required string Hash { get; init; }
    }

    private sealed record RowsRow
    {
        public required string TableName { get; init; }
        public required string RowsKey { get; init; }
    }
}

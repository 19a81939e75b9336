using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Access.Audit;

/// <summary>What is removed from the records about an act.</summary>
/// <param name="About">The subjects that the rows are about.</param>
/// <param name="Subject">The subject of rows that are about none of them: «task T-12».</param>
/// <param name="Since">When the first of them was written.</param>
/// <param name="Texts">Rows of the subject with one of these texts lose their payload,</param>
/// <param name="Elsewhere">and other rows with one of these.</param>
/// <param name="Entries">So do rows that name one of these timeline entries: older ones have digests without a salt.</param>
internal sealed record RedactedRecords(IReadOnlyList<Guid> About, string Subject, DateTimeOffset Since, IReadOnlyCollection<string> Texts,
    IReadOnlyCollection<string> Elsewhere, IReadOnlyCollection<Guid> Entries, string Reason);

/// <summary>
/// Removes texts from the hub's records about an act: payload and salt of the rows of the audit log that have them, and stored answers to
/// requests. Each row that loses its payload is recorded by a new one, with the hub's signature.
/// </summary>
internal sealed class AuditRedactions(SigningKeys keys)
{
    private const int PageSize = 500;

    /// <returns>How many rows lost their payload.</returns>
    public async Task<int> RedactAsync(UnitOfWork tx, RedactedRecords what, Actor actor)
    {
        var entries = what.Entries.Select(e => e.ToString("D")).ToList();
        List<string> own = [.. what.Texts.SelectMany(Marks), .. entries], others = [.. what.Elsewhere.SelectMany(Marks), .. entries];
        await tx.ExecuteAsync("Idempotency_Redact", new { Texts = JsonSerializer.Serialize(what.Texts.SelectMany(Spellings).Distinct()) });
        var found = new SortedDictionary<long, TextRow>();
        foreach (var id in what.About) await FindAsync(tx, found, "Audit_About", $"%{id:D}%", what.Since, others);
        await FindAsync(tx, found, "Audit_OfSubject", what.Subject, what.Since, own);
        if (found.Count > 0) await RemoveAsync(tx, [.. found.Values], what, actor);
        return found.Count;
    }

    private static async Task FindAsync(UnitOfWork tx, SortedDictionary<long, TextRow> found, string statement, string subject,
        DateTimeOffset since, List<string> marks)
    {
        for (long? after = 0; after is not null;)
        {
            var page = await tx.QueryAsync<TextRow>(
                statement, new { About = subject, Since = since, After = after.Value, Limit = PageSize });
            after = page.Count < PageSize ? null : page[^1].Sequence;
            foreach (var row in page.Where(r => r.Act is not (AuditChain.RedactedAct or AuditChain.ExpiredAct)
                && marks.Exists(m => r.Payload.Contains(m, StringComparison.Ordinal)))) found[row.Sequence] = row;
        }
    }

    private async Task RemoveAsync(UnitOfWork tx, List<TextRow> found, RedactedRecords what, Actor actor)
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
                About = what.About,
                Detail = AuditRemoval.Sign(AuditChain.RedactedAct, [new(row.Sequence, row.Sequence)], row.Hash, what.Reason, signer.Kid,
                    d => signer.Sign(d)),
            });
        }
    }

    // A short text as a whole value, a longer one also as a part of it: as the audit log writes it, and as answers do.
    private static IEnumerable<string> Spellings(string text) =>
        RedactedText.InJson(text).Select(t => RedactedText.IsLong(text) ? t : $"\"{t}\"");

    // The log of flags has digests of texts, from which a short one could be guessed.
    private static IEnumerable<string> Marks(string text) =>
        Spellings(text).Append(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

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

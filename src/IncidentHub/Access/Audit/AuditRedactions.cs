using System.Buffers;
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
/// <param name="About">The subjects of the thing.</param>
/// <param name="Subject">Its name: «task T-12».</param>
/// <param name="Texts">Rows of that name with one of these texts lose their payload,</param>
/// <param name="Elsewhere">and other rows with one of these.</param>
/// <param name="Entries">So do rows that name one of these timeline entries: older ones have digests without a salt.</param>
internal sealed record RedactedRecords(IReadOnlyList<Guid> About, string Subject, IReadOnlyCollection<string> Texts,
    IReadOnlyCollection<string> Elsewhere, IReadOnlyCollection<Guid> Entries, string Reason);

/// <summary>
/// Removes texts from the hub's records about an act: payload and salt of the rows of the audit log that have them, and stored answers to
/// requests. Each row that loses its payload is recorded by a new one, with the hub's signature.
/// </summary>
internal sealed class AuditRedactions(SigningKeys keys)
{
    /// <summary>Those of the rows that have one of the texts.</summary>
    public static IReadOnlyList<RecordedAct> Find(IEnumerable<RecordedAct> acts, RedactedRecords what)
    {
        var entries = what.Entries.Select(e => e.ToString("D")).ToList();
        var own = SearchValues.Create([.. what.Texts.SelectMany(Marks), .. entries], StringComparison.Ordinal);
        var others = SearchValues.Create([.. what.Elsewhere.SelectMany(Marks), .. entries], StringComparison.Ordinal);
        return [.. acts.Where(a => a.Act is not (AuditChain.RedactedAct or AuditChain.ExpiredAct)
            && a.Payload.AsSpan().ContainsAny(a.Subject == what.Subject ? own : others))];
    }

    /// <param name="found">The rows that lose their payload.</param>
    public async Task RemoveAsync(UnitOfWork tx, IReadOnlyList<RecordedAct> found, RedactedRecords what, Actor actor)
    {
        await tx.ExecuteAsync("Idempotency_Redact", new { Texts = JsonSerializer.Serialize(what.Texts.SelectMany(Spellings).Distinct()) });
        if (found.Count == 0) return;
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

    // Older rows have digests of texts without a salt, from which a short one could be guessed.
    private static IEnumerable<string> Marks(string text) =>
        Spellings(text).Append(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    private sealed record RowsRow
    {
        public required string TableName { get; init; }
        public required string RowsKey { get; init; }
    }
}

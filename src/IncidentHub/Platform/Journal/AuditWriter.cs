using System.Security.Cryptography;
using System.Text.Json;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>Appends acts to the hash-chained audit log, all of a transaction in one statement.</summary>
internal static class AuditWriter
{
    public static async Task WriteAsync(UnitOfWork tx, IReadOnlyList<AuditAct> acts)
    {
        if (acts.Count == 0) return;
        var row = await tx.FirstOrDefaultAsync<HeadRow>("Audit_TakeHead", new { acts.Count })
            ?? throw new InvalidOperationException("The audit head is missing.");
        var head = new AuditHead(row.EntryCount, row.LastHash);
        var rows = new List<object>(acts.Count);
        foreach (var (actor, act, subject, payload) in acts)
        {
            var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(AuditChain.SaltBytes));
            (var entry, head) =
                AuditChain.Next(head, new AuditFields(tx.Now, actor.Id, actor.Name, actor.Kind, act, subject, payload, salt));
            rows.Add(new
            {
                entry.Sequence,
                entry.ActorId,
                entry.ActorName,
                ActorKind = entry.ActorKind.ToString(),
                entry.Act,
                entry.Subject,
                entry.Payload,
                entry.Salt,
                entry.PayloadDigest,
                entry.PreviousHash,
                entry.Hash,
            });
        }
        await tx.ExecuteAsync("Audit_Insert", new { Rows = JsonSerializer.Serialize(rows), At = tx.Now });
        await tx.ExecuteAsync("Audit_SetHead", new { head.LastHash });
    }

    private sealed record HeadRow
    {
        public required long EntryCount { get; init; }
        public required string LastHash { get; init; }
    }
}

using System.Text.Json;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>Appends acts to the hash-chained audit log, all of a transaction in one statement.</summary>
internal static class AuditWriter
{
    /// <param name="digests">Of the rows that the acts wrote; at the places in the list of acts.</param>
    public static async Task WriteAsync(UnitOfWork tx, IReadOnlyList<AuditAct> acts, IEnumerable<RowDigest> digests)
    {
        var row = await tx.FirstOrDefaultAsync<HeadRow>("Audit_TakeHead", new { acts.Count })
            ?? throw new InvalidOperationException("The audit head is missing.");
        var head = new AuditHead(row.EntryCount, row.LastHash);
        var (rows, subjects) = (new List<object>(acts.Count), new List<object>());
        foreach (var (actor, act, subject, about, payload, _) in acts)
        {
            (var entry, head) = AuditChain.Next(
                head, new AuditFields(tx.Now, actor.Id, actor.Name, actor.Kind, act, subject, payload, Salts.Next(), Salts.Next())
                {
                    About = about,
                });
            rows.Add(new
            {
                entry.Sequence,
                entry.ActorId,
                entry.ActorName,
                ActorKind = entry.ActorKind.ToString(),
                entry.Act,
                entry.Subject,
                entry.About,
                entry.SubjectSalt,
                entry.SubjectDigest,
                entry.Payload,
                entry.Salt,
                entry.PayloadDigest,
                entry.PreviousHash,
                entry.Hash,
                entry.HashVersion,
            });
            foreach (var id in entry.About?.Split(' ') ?? []) subjects.Add(new { SubjectId = id, entry.Sequence });
        }
        await tx.ExecuteAsync("Audit_Insert", new
        {
            Rows = JsonSerializer.Serialize(rows),
            At = tx.Now,
            Subjects = JsonSerializer.Serialize(subjects),
            Digests = JsonSerializer.Serialize(digests.Select(d => d with { Sequence = row.EntryCount + 1 + d.Sequence })),
        });
        await tx.ExecuteAsync("Audit_SetHead", new { head.LastHash });
    }

    /// <summary>Counts a checkpoint in the head. False where it is not the next one: another process has added one.</summary>
    public static async Task<bool> CountCheckpointAsync(UnitOfWork tx, long number) =>
        await tx.ExecuteAsync("Audit_CountCheckpoint", new { Number = number, Before = number - 1 }) == 1;

    private sealed record HeadRow
    {
        public required long EntryCount { get; init; }
        public required string LastHash { get; init; }
    }
}

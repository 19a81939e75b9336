using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>
/// Appends acts to the hash-chained audit log. They are collected while the transaction runs and written by it last, in one statement:
/// the head of the chain is one row for the whole hub, and whoever has it holds up everybody else.
/// </summary>
internal static class AuditWriter
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <param name="act">Stable words, such as <c>incident.declared</c>.</param>
    /// <param name="subject">What it was done to, such as <c>incident INC-12</c>.</param>
    /// <param name="payload">The details as they are now; must hold no secret.</param>
    public static Task AppendAsync(UnitOfWork tx, Actor actor, string act, string subject, object? payload = null) =>
        AppendAsync(tx, [new(actor, act, subject, payload)]);

    /// <summary>Several acts of one transaction, in this order.</summary>
    public static Task AppendAsync(UnitOfWork tx, IReadOnlyList<AuditAct> acts)
    {
        tx.Acts.AddRange(acts.Select(a =>
            new CollectedAct(a.Actor, a.Act, a.Subject, a.Payload is null ? null : JsonSerializer.Serialize(a.Payload, Json))));
        return Task.CompletedTask;
    }

    /// <summary>Writes what was collected. The unit of work calls it right before the commit.</summary>
    public static async Task WriteAsync(UnitOfWork tx)
    {
        if (tx.Acts.Count == 0) return;
        var row = await tx.FirstOrDefaultAsync<HeadRow>("Audit_TakeHead", new { tx.Acts.Count })
            ?? throw new InvalidOperationException("The audit head is missing.");
        var head = new AuditHead(row.EntryCount, row.LastHash);
        var rows = new List<object>(tx.Acts.Count);
        foreach (var (actor, act, subject, payload) in tx.Acts)
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
        tx.Acts.Clear();
        await tx.ExecuteAsync("Audit_Insert", new { Rows = JsonSerializer.Serialize(rows), At = tx.Now });
        await tx.ExecuteAsync("Audit_SetHead", new { head.LastHash });
    }

    private sealed record HeadRow
    {
        public required long EntryCount { get; init; }
        public required string LastHash { get; init; }
    }
}

/// <summary>An act for the log: see <see cref="AuditWriter.AppendAsync(UnitOfWork, Actor, string, string, object?)"/>.</summary>
internal sealed record AuditAct(Actor Actor, string Act, string Subject, object? Payload = null);

/// <summary>An act that waits for the end of its transaction.</summary>
/// <param name="Payload">As JSON, written when it happened.</param>
internal sealed record CollectedAct(Actor Actor, string Act, string Subject, string? Payload);

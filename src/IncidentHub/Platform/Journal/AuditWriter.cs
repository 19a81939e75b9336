using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>Published writer: appends an act to the hash-chained audit log, in the transaction of the act.</summary>
internal static class AuditWriter
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <param name="act">Stable words, such as <c>incident.declared</c>.</param>
    /// <param name="subject">What it was done to, such as <c>incident INC-12</c>.</param>
    /// <param name="payload">The details; must hold no secret.</param>
    public static Task AppendAsync(UnitOfWork tx, Actor actor, string act, string subject, object? payload = null) => AppendAsync(tx, [new(actor, act, subject, payload)]);

    /// <summary>Appends several acts of one transaction, in this order.</summary>
    public static async Task AppendAsync(UnitOfWork tx, IReadOnlyList<AuditAct> acts)
    {
        // Takes the head's row first, so that on a server two transactions append one after the other.
        var row = await tx.FirstOrDefaultAsync<HeadRow>("Audit_TakeHead", new { acts.Count }) ?? throw new InvalidOperationException("The audit head is missing.");
        var head = new AuditHead(row.EntryCount, row.LastHash);
        var rows = new List<object>(acts.Count);
        foreach (var (actor, act, subject, payload) in acts)
        {
            var fields = new AuditFields(
                tx.Now, actor.Id, actor.Name, actor.Kind, act, subject,
                payload is null ? null : JsonSerializer.Serialize(payload, Json),
                Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(AuditChain.SaltBytes)));
            (var entry, head) = AuditChain.Next(head, fields);
            rows.Add(new
            {
                entry.Sequence, entry.At, entry.ActorId, entry.ActorName, ActorKind = entry.ActorKind.ToString(), entry.Act, entry.Subject,
                entry.Payload, entry.Salt, entry.PayloadDigest, entry.PreviousHash, entry.Hash,
            });
        }
        await tx.ExecuteAsync("Audit_Insert", rows);
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

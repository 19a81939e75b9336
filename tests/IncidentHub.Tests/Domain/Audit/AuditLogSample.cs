using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Audit;

namespace IncidentHub.Tests.Domain.Audit;

/// <summary>A log with checkpoints, and the keys of its hub. Somebody who can write to the database has no key.</summary>
internal sealed class AuditLogSample
{
    public static readonly DateTimeOffset T0 = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, ECDsa> Signers = new()
    {
        ["first"] = ECDsa.Create(ECCurve.NamedCurves.nistP256),
        ["second"] = ECDsa.Create(ECCurve.NamedCurves.nistP256),
        ["stranger"] = ECDsa.Create(ECCurve.NamedCurves.nistP256),
    };

    public List<AuditEntry> Rows { get; private init; } = [];

    public List<AuditCheckpoint> Checkpoints { get; private init; } = [];

    public AuditHead Head { get; set; } = new(0, AuditHead.Empty.LastHash, 0);

    /// <summary>With a checkpoint after each of these rows.</summary>
    public static AuditLogSample Of(int rows, params int[] checkpoints)
    {
        var log = new AuditLogSample();
        for (var i = 1; i <= rows; i++)
        {
            log.Append(Fields(i));
            if (checkpoints.Contains(i)) log.Checkpoint();
        }
        return log;
    }

    public AuditLogSample Copy() => new() { Rows = [.. Rows], Checkpoints = [.. Checkpoints], Head = Head };

    public AuditEntry Append(AuditFields fields)
    {
        (var entry, Head) = AuditChain.Next(Head, fields);
        Rows.Add(entry);
        return entry;
    }

    public AuditCheckpoint Checkpoint(string kid = "first", string? signedWith = null)
    {
        var made = AuditCheckpoint.Sign(Checkpoints.LastOrDefault(), Head, T0.AddHours(Head.Count), kid, Signer(signedWith ?? kid));
        Checkpoints.Add(made);
        Head = Head with { Checkpoints = Checkpoints.Count };
        return made;
    }

    /// <summary>Removes the payload of a row, and records it.</summary>
    public void Redact(int row, string kid = "first", string? signedWith = null)
    {
        var at = Rows[row - 1];
        Rows[row - 1] = at with { Payload = null, Salt = null };
        var removal = AuditRemoval.Sign(AuditChain.RedactedAct, [new(row, row)], at.Hash, "A pasted secret.", kid,
            Signer(signedWith ?? kid));
        Append(Fields(Rows.Count + 1) with
        {
            Act = AuditChain.RedactedAct,
            Subject = AuditChain.RedactionSubject(row),
            Payload = JsonSerializer.Serialize(removal, JsonSerializerOptions.Web),
        });
    }

    /// <summary>Computes every hash from this row on, and the head, as somebody does who can write to the database.</summary>
    public void Recompute(int from)
    {
        var head = from == 1 ? AuditHead.Empty : new AuditHead(from - 1, Rows[from - 2].Hash);
        for (var i = from - 1; i < Rows.Count; i++)
        {
            var r = Rows[i];
            var (entry, next) = AuditChain.Next(head, new(r.At, r.ActorId, r.ActorName, r.ActorKind, r.Act, r.Subject!, r.Payload,
                r.Salt ?? "", r.SubjectSalt!)
            { About = r.About });
            // A removed payload leaves its digest.
            if (r is { Payload: null, PayloadDigest: not null }) throw new InvalidOperationException("Recompute before a redaction.");
            Rows[i] = entry;
            head = next;
        }
        Head = new(head.Count, head.LastHash, Head.Checkpoints);
    }

    public AuditVerification Verify(AuditKeys? keys = null, params AuditCheckpoint[] kept)
    {
        var verifier = new AuditVerifier(keys ?? Keys(), kept);
        var waiting = new Queue<AuditCheckpoint>(Checkpoints);
        foreach (var row in Rows)
        {
            if (!verifier.Take(row)) break;
            while (waiting.TryPeek(out var next) && next.Sequence <= verifier.At)
                if (!verifier.Take(waiting.Dequeue())) break;
        }
        foreach (var left in waiting) verifier.Take(left);
        return verifier.Finish(Head);
    }

    /// <summary>The hub's two keys.</summary>
    public static AuditKeys Keys(params string[] withdrawn)
    {
        var keys = new AuditKeys();
        foreach (var kid in (string[])["first", "second"])
        {
            var q = Signers[kid].ExportParameters(false).Q;
            keys.Add(kid, Base64Url.EncodeToString(q.X), Base64Url.EncodeToString(q.Y), withdrawn.Contains(kid));
        }
        return keys;
    }

    public static Func<byte[], byte[]> Signer(string key) => data => Signers[key].SignData(
        data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public static AuditFields Fields(int i) => new(
        T0.AddSeconds(i), OrderedId.Next(T0), $"Responder {i}", ActorKind.Person, "incident.noted", $"incident INC-{i}",
        $$"""{"n":{{i}}}""", Salt(i), Salt(i + 100));

    private static string Salt(int from) => Convert.ToHexStringLower(Enumerable.Range(from, 16).Select(b => (byte)b).ToArray());
}

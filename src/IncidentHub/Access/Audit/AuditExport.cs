using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Access.Audit;

/// <summary>
/// The log as JSON lines: rows, each checkpoint after the last row that it covers, and the head last: docs/audit-format.md.
/// </summary>
internal sealed class AuditExport(AuditSight sight, SigningKeys keys, TimeProvider clock)
{
    private static readonly byte[] NewLine = [(byte)'\n'];

    /// <summary>Writes the whole log up to the head at the start of the export, as this reader may see it.</summary>
    public async Task WriteAsync(ISql sql, Actor reader, Stream to, CancellationToken ct)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = await AuditReader.HeadAsync(sql) ?? AuditHead.Empty;
        var checkpoints = new Queue<CheckpointRow>((await CheckpointStore.AllAsync(sql)).Where(c => c.Number <= head.Checkpoints));
        var sections = new ExportSections();
        for (long at = 0; at < head.Count;)
        {
            var rows = (await AuditReader.ReadAsync(sql, at)).Where(r => r.Sequence <= head.Count).ToList();
            if (rows.Count == 0) break;
            var hidden = await sight.HiddenAsync(sql, rows, reader);
            foreach (var row in rows)
            {
                var bytes = await WriteAsync(to, LineOf(row, hidden.Contains(row.Sequence)), digest, ct);
                if (hidden.Contains(row.Sequence)) sections.Add(row.Sequence, bytes);
                while (checkpoints.TryPeek(out var next) && next.Sequence <= row.Sequence)
                    await WriteAsync(to, new AuditLines.CheckpointLine(checkpoints.Dequeue().Checkpoint?.Jws ?? ""), digest, ct);
            }
            if (sections.Sign(keys.Current) is { } section) await WriteAsync(to, new AuditLines.SectionLine(section), digest, ct);
            at = rows[^1].Sequence;
        }
        await WriteAsync(to, new AuditLines.HeadLine(head) { Signature = Sign(head, digest, sections.Count) }, digest, ct);
    }

    /// <summary>Verifies an export, without any database.</summary>
    public static (AuditVerification Result, bool IsSigned) Verify(
        IEnumerable<string> lines, AuditKeys? keys, IEnumerable<AuditCheckpoint>? kept = null)
    {
        var verifier = new AuditVerifier(keys, kept);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var sections = new ExportSections();
        string? last = null;
        foreach (var line in lines)
        {
            if (last is not null && !Take(verifier, last, digest, sections, keys)) return (verifier.Finish(AuditHead.Empty), false);
            last = line;
        }
        if (last is null || AuditLines.Read<AuditLines.HeadLine>(last) is not { Head: not null } head)
        {
            verifier.AddUnreadable(null, "The last line is not the head: the file was cut short.");
            return (verifier.Finish(AuditHead.Empty), false);
        }
        var (claims, isSigned, fault) = Signed(head, digest, keys);
        if (sections.AtEnd(claims?.Sections) is { } missing) verifier.Add(missing);
        var result = verifier.Finish(head.Head, claims?.At);
        // A row that was changed is more precise than that some line was.
        return (result.IsOk && fault is not null ? result with { Fault = new(result.Rows, null, fault) } : result, isSigned);
    }

    private static bool Take(AuditVerifier verifier, string line, IncrementalHash digest, ExportSections sections, AuditKeys? keys)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        digest.AppendData(bytes);
        digest.AppendData(NewLine);
        var fault = "The line cannot be read.";
        if (AuditLines.Read<AuditLines.Line>(line) is { } l && AuditLines.Entry(l, out fault) is { } entry)
        {
            if (entry.IsWithheld) sections.Add(entry.Sequence, bytes);
            return verifier.Take(entry);
        }
        if (AuditLines.Read<AuditLines.SectionLine>(line) is { } section)
        {
            if (sections.Verify(section.Section, keys, verifier.At) is { } changed) verifier.Add(changed);
            return !verifier.HasFault;
        }
        if (AuditLines.Read<AuditLines.CheckpointLine>(line) is { } c)
        {
            if (AuditCheckpoint.Parse(c.Checkpoint) is { } checkpoint) return verifier.Take(checkpoint);
            fault = "The checkpoint after the last row cannot be read.";
        }
        verifier.AddUnreadable(null, fault);
        return false;
    }

    // A broken row is exported as it stands, so that a verification of the file reports the same fault.
    private object LineOf(AuditRow row, bool isHidden)
    {
        if (!row.TryEntry(out var entry, out _)) return isHidden ? new { row.Sequence } : row;
        return isHidden ? AuditLines.Of(AuditChain.Withhold(entry), sight.Pseudonym(row.Subject)) : AuditLines.Of(entry, null);
    }

    private string Sign(AuditHead head, IncrementalHash digest, long sections)
    {
        var signer = keys.Current;
        return AuditStatement.Sign(AuditStatement.Export, w =>
        {
            w.WriteNumber("count", head.Count);
            w.WriteString("hash", head.LastHash);
            w.WriteNumber("checkpoints", head.Checkpoints ?? 0);
            w.WriteNumber("sections", sections);
            w.WriteString("lines", Convert.ToHexStringLower(digest.GetCurrentHash()));
            w.WriteString("at", DapperSetup.TimeText(clock.GetUtcNow()));
        }, signer.Kid, d => signer.Sign(d)).Jws;
    }

    // Covers the export as a whole: a line that was changed is located by the chain and the sections.
    private static (ExportClaims? Claims, bool IsSigned, string? Fault) Signed(AuditLines.HeadLine line, IncrementalHash digest,
        AuditKeys? keys)
    {
        // An export from before they were signed has no count of checkpoints either.
        if (line.Signature is null)
            return (null, false, line.Head.Checkpoints is null ? null : "The export's signature is missing.");
        if (AuditStatement.Parse(line.Signature, AuditStatement.Export) is not { } statement)
            return (null, false, "The export's signature cannot be read.");
        if (Claims(statement) is not { } c || c.Count != line.Head.Count || c.Hash != line.Head.LastHash
            || c.Checkpoints != line.Head.Checkpoints)
            return (null, false, "The head is not the one that was signed.");
        if (c.Lines != Convert.ToHexStringLower(digest.GetCurrentHash()))
            return (c, false, "A line was changed: the export is not the one that was signed.");
        if (keys is null) return (c, false, null);
        var trust = keys.TrustOf(statement.KeyId);
        if (trust == KeyTrust.Unknown) return (null, false, $"The export's key {statement.KeyId} is not among the keys.");
        return keys.Verifies(statement) ? (c, trust == KeyTrust.Trusted, null) : (null, false, "The export's signature does not match.");
    }

    private static ExportClaims? Claims(AuditStatement statement) => AuditLines.Read<ExportClaims>(statement.Claims);

    private sealed record ExportClaims(long Count, string Hash, long Checkpoints, string Lines, DateTimeOffset At)
    {
        /// <summary>Null in an export from before there were any.</summary>
        public long? Sections { get; init; }
    }

    private static async Task<byte[]> WriteAsync(Stream to, object line, IncrementalHash digest, CancellationToken ct)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line, line.GetType(), AuditLines.Json);
        digest.AppendData(bytes);
        digest.AppendData(NewLine);
        await to.WriteAsync(bytes, ct);
        // Not WriteByte: a full buffer would be written to the network synchronously.
        await to.WriteAsync(NewLine, ct);
        return bytes;
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Access.Audit;

/// <summary>
/// The chain does not cover the pseudonym of a withheld row, nor what is shown of one of version 1. The export signs the digests of such
/// lines, section by section, so that a changed one is located.
/// </summary>
internal sealed class ExportSections
{
    private const int DigestBytes = 16;

    private readonly List<(long Sequence, byte[] Digest)> _lines = [];

    /// <summary>How many there are so far.</summary>
    public long Count { get; private set; }

    public void Add(long sequence, ReadOnlySpan<byte> line) => _lines.Add((sequence, SHA256.HashData(line)[..DigestBytes]));

    /// <summary>The signature over the lines since the last section; null where there are none.</summary>
    public string? Sign(SigningKeys.Signer signer)
    {
        if (_lines.Count == 0) return null;
        var (from, to, digests) = (_lines[0].Sequence, _lines[^1].Sequence, Digests());
        _lines.Clear();
        Count++;
        return AuditStatement.Sign(AuditStatement.Section, w =>
        {
            w.WriteNumber("from", from);
            w.WriteNumber("to", to);
            w.WriteString("digests", digests);
        }, signer.Kid, d => signer.Sign(d)).Jws;
    }

    /// <summary>The fault of a section, or null.</summary>
    /// <param name="keys">Null: the signature is not verified, only the digests are compared.</param>
    public AuditFault? Verify(string jws, AuditKeys? keys, long at)
    {
        if (AuditStatement.Parse(jws, AuditStatement.Section) is not { } statement
            || AuditLines.Read<Claims>(statement.Claims) is not { } claims)
            return new(at, at, "The section cannot be read.");
        if (keys is not null && keys.TrustOf(statement.KeyId) == KeyTrust.Unknown)
            return new(at, at, $"The section's key {statement.KeyId} is not among the keys.");
        if (keys is not null && !keys.Verifies(statement)) return new(at, at, "The section's signature does not match.");
        if (_lines.Count == 0 || claims.From != _lines[0].Sequence || claims.To != _lines[^1].Sequence)
            return new(at, at, $"A section of rows {claims.From} to {claims.To} does not belong here.");
        var signed = Base64Url.IsValid(claims.Digests, out var length) && length == _lines.Count * DigestBytes
            ? Base64Url.DecodeFromChars(claims.Digests) : [];
        for (var i = 0; i < _lines.Count; i++)
        {
            if (signed.Length == 0 || !signed.AsSpan(i * DigestBytes, DigestBytes).SequenceEqual(_lines[i].Digest))
            {
                return new(_lines[i].Sequence, _lines[i].Sequence,
                    "What is shown of this withheld row was changed, such as its pseudonym.");
            }
        }
        _lines.Clear();
        Count++;
        return null;
    }

    /// <summary>A section that is missing.</summary>
    /// <param name="signed">How many the export has; null: it is from before there were any.</param>
    public AuditFault? AtEnd(long? signed) => signed is null || (_lines.Count == 0 && Count == signed) ? null : Missing();

    private AuditFault Missing() => _lines.Count > 0
        ? new(_lines[^1].Sequence, _lines[^1].Sequence, "The section of the withheld rows up to here is missing.")
        : new(0, null, "A section of withheld rows is missing.");

    private string Digests() => Base64Url.EncodeToString(_lines.SelectMany(l => l.Digest).ToArray());

    private sealed record Claims(long From, long To, string Digests);
}

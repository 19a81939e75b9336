using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Decisions.Record;

/// <summary>What the verification of a record found.</summary>
/// <param name="Lines">Sentences for people.</param>
internal sealed record RecordVerification(bool IsOk, IReadOnlyList<string> Lines);

/// <summary>
/// A decision's record as a file of two lines: the record, JSON on one line, and a statement that the hub signed, with the digest of that
/// line (a JWS with a type of its own). Whoever has the hub's public keys can verify it without the hub.
/// </summary>
internal static class SignedRecord
{
    public const string Format = "incidenthub-decision-record-1", MediaType = "application/x-ndjson";

    private const string StatementType = "ih-decision-record+jwt";

    /// <param name="record">JSON on one line.</param>
    public static string Sign(string record, string code, DateTimeOffset at, SigningKeys.Signer signer)
    {
        var statement = AuditStatement.Sign(StatementType, w =>
        {
            w.WriteString("sub", code);
            w.WriteString("sha256", DigestOf(record));
            w.WriteString("at", DapperSetup.TimeText(at));
        }, signer.Kid, d => signer.Sign(d));
        return $"{record}\n{JsonSerializer.Serialize(new { signature = statement.Jws })}\n";
    }

    public static RecordVerification Verify(string file, AuditKeys keys)
    {
        if (file.TrimEnd('\r', '\n').Split('\n') is not [var record, var last])
            return Failed("The file has not two lines: record and signature.");
        record = record.TrimEnd('\r');
        try
        {
            using var signature = JsonDocument.Parse(last);
            var jws = signature.RootElement.ValueKind == JsonValueKind.Object
                && signature.RootElement.TryGetProperty("signature", out var text) ? text.GetString() : null;
            if (AuditStatement.Parse(jws, StatementType) is not { } statement)
                return Failed("The second line is not a signature of a record.");
            if (keys.TrustOf(statement.KeyId) == KeyTrust.Unknown)
                return Failed($"It was signed with the key {statement.KeyId}, which is not among these keys.");
            if (!keys.Verifies(statement)) return Failed("The signature is not valid: the second line was changed.");
            using var claims = JsonDocument.Parse(statement.Claims);
            if (claims.RootElement.GetProperty("sha256").GetString() != DigestOf(record))
                return Failed("The record was changed: its digest is not the one that was signed.");
            using var content = JsonDocument.Parse(record);
            var decision = content.RootElement.GetProperty("decision");
            if (decision.GetProperty("code").GetString() != claims.RootElement.GetProperty("sub").GetString())
                return Failed("The signature belongs to another decision.");
            return new(true, Describe(decision, claims.RootElement.GetProperty("at").GetString()!, statement.KeyId));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Failed("The file is not a record of a decision.");
        }
    }

    private static string[] Describe(JsonElement decision, string at, string key)
    {
        var recommendation = decision.GetProperty("recommendation");
        return
        [
            $"The record of {Text(decision, "code")} is as the hub signed it at {at} with the key {key}.",
            $"{Text(decision, "program")}: {Text(recommendation, "outcome")}, decided {Text(decision, "decidedAt")}, digest "
                + $"{Text(decision, "digest")}.",
            .. decision.GetProperty("approvals").EnumerateArray().Select(a =>
                $"Approved as {Text(a, "as")} by {Text(a, "by")} at {Text(a, "at")}."),
            // Records of before have none.
            .. decision.TryGetProperty("opinions", out var opinions) ? opinions.EnumerateArray().Reverse().Select(o =>
                $"Opinion of {Text(o, "role")}, not an approval: {Text(o, "position")}, given at {Text(o, "givenAt")}"
                    + (o.GetProperty("superseded").GetBoolean() ? ", superseded." : ".")) : [],
        ];

        static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
    }

    private static RecordVerification Failed(string why) => new(false, [why]);

    private static string DigestOf(string record) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(record)));
}

using System.Net;
using System.Security.Cryptography;
using IncidentHub.Decisions.Record;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Keys;
using Microsoft.AspNetCore.WebUtilities;

namespace IncidentHub.Tests.Decisions.Record;

public sealed class SignedRecordTests : IDisposable
{
    private const string Json = """
        {"format":"incidenthub-decision-record-1","decision":{"code":"D-1","program":"MCI","recommendation":{"outcome":"Resume"},"decidedAt":"2026-06-20T09:00:00Z","digest":"ab","approvals":[{"as":"Owner","by":"Owner","at":"2026-06-20T09:00:00Z"}]}}
        """;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public async Task The_record_of_a_decision_is_verified_with_the_published_keys_alone()
    {
        await using var scene = await DecisionScene.PausedAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await (await scene.ClientAsync("privacy")).GetAsync("/api/v1/decisions/D-1/record")).StatusCode);
        await scene.AllAnsweredAsync();
        var client = await scene.ClientAsync("privacy");
        Assert.Equal(HttpStatusCode.Conflict, (await client.GetAsync("/api/v1/decisions/D-1/record")).StatusCode);
        await scene.OkAsync("responder", "/api/v1/decisions/D-1/propose", new { outcome = "Resume", rationale = "The grants are gone." });
        foreach (var approver in (string[])["owner", "privacy"])
            await scene.OkAsync(approver, "/api/v1/decisions/D-1/approve", new { });
        using var answer = await client.GetAsync("/api/v1/decisions/d-1/record");
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        var record = await answer.Content.ReadAsStringAsync();
        using var keys = AuditKeys.FromJwks(await client.GetStringAsync("/.well-known/jwks.json"));
        var verified = SignedRecord.Verify(record, keys);
        Assert.True(verified.IsOk, string.Join(' ', verified.Lines));
        Assert.Contains(verified.Lines, l => l.StartsWith("Approved as Privacy", StringComparison.Ordinal));
        foreach (var part in (string[])["criteria", "stopReports", "obligations", "evidence", "log"])
            Assert.Contains($"\"{part}\"", record, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_change_of_a_record_is_found()
    {
        using var keys = Keys("k1", _key);
        var file = SignedRecord.Sign(Json.Trim(), "D-1", DateTimeOffset.UnixEpoch, new SigningKeys.Signer("k1", _key, null));
        Assert.True(SignedRecord.Verify(file, keys).IsOk);
        Assert.True(SignedRecord.Verify(file.Replace("\n", "\r\n", StringComparison.Ordinal), keys).IsOk);
        var missed = new List<int>();
        for (var i = 0; i < file.Length - 1; i++)
        {
            // Not the line break between the two.
            if (file[i] == '\n') continue;
            var changed = file[..i] + (file[i] == 'x' ? 'y' : 'x') + file[(i + 1)..];
            if (SignedRecord.Verify(changed, keys).IsOk) missed.Add(i);
        }
        Assert.Empty(missed);
        var lines = file.TrimEnd('\n').Split('\n');
        Assert.False(SignedRecord.Verify(lines[0], keys).IsOk);
        Assert.False(SignedRecord.Verify($"{lines[1]}\n{lines[0]}\n", keys).IsOk);
        Assert.False(SignedRecord.Verify(file + lines[1], keys).IsOk);
        Assert.False(SignedRecord.Verify("", keys).IsOk);
    }

    [Fact]
    public void A_record_signed_by_another_key_or_for_another_decision_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var keys = Keys("k1", _key);
        string Signed(string code, string kid, ECDsa key) =>
            SignedRecord.Sign(Json.Trim(), code, DateTimeOffset.UnixEpoch, new SigningKeys.Signer(kid, key, null));
        Assert.False(SignedRecord.Verify(Signed("D-1", "k1", other), keys).IsOk);
        Assert.False(SignedRecord.Verify(Signed("D-1", "k2", other), keys).IsOk);
        Assert.False(SignedRecord.Verify(Signed("D-2", "k1", _key), keys).IsOk);
    }

    [Fact]
    public async Task The_command_says_what_it_found()
    {
        var folder = Directory.CreateTempSubdirectory("incidenthub-record-");
        try
        {
            var (file, set) = (Path.Combine(folder.FullName, "d.jsonl"), Path.Combine(folder.FullName, "jwks.json"));
            var q = _key.ExportParameters(false).Q;
            await File.WriteAllTextAsync(set, $$"""
                {"keys":[{"kty":"EC","crv":"P-256","kid":"k1","x":"{{WebEncoders.Base64UrlEncode(q.X!)}}","y":"{{WebEncoders.Base64UrlEncode(q.Y!)}}"}]}
                """);
            var record = SignedRecord.Sign(Json.Trim(), "D-1", DateTimeOffset.UnixEpoch, new SigningKeys.Signer("k1", _key, null));
            await File.WriteAllTextAsync(file, record);
            Assert.Equal(0, await RunAsync("decision", "verify", file, "--keys", set));
            await File.WriteAllTextAsync(file, record.Replace("Resume", "Terminate", StringComparison.Ordinal));
            Assert.Equal(1, await RunAsync("decision", "verify", file, "--keys", set));
            Assert.Equal(2, await RunAsync("decision", "verify", file + ".none", "--keys", set));
            Assert.Equal(2, await RunAsync("decision", "verify", file));
        }
        finally
        {
            folder.Delete(true);
        }
    }

    public void Dispose() => _key.Dispose();

    private static Task<int> RunAsync(params string[] args) => RecordCommand.RunAsync(args, TextWriter.Null);

    private static AuditKeys Keys(string kid, ECDsa key)
    {
        var q = key.ExportParameters(false).Q;
        var keys = new AuditKeys();
        keys.Add(kid, WebEncoders.Base64UrlEncode(q.X!), WebEncoders.Base64UrlEncode(q.Y!));
        return keys;
    }
}

using IncidentHub.Domain.Audit;

namespace IncidentHub.Decisions.Record;

/// <summary>
/// <c>decision verify record.jsonl --keys jwks.json</c>: verifies a record without the hub and its database. Exit code 0: as the hub signed
/// it; 1: changed; 2: the verification could not run.
/// </summary>
internal static class RecordCommand
{
    public const string Usage = "decision verify record.jsonl --keys jwks.json";

    public static bool IsAsked(string[] args) => args is ["decision", ..];

    public static async Task<int> RunAsync(string[] args, TextWriter say)
    {
        if (args is not ["decision", "verify", var file, "--keys", var set])
        {
            await say.WriteLineAsync("Usage: " + Usage);
            return 2;
        }
        try
        {
            using var keys = AuditKeys.FromJwks(await File.ReadAllTextAsync(set));
            var result = SignedRecord.Verify(await File.ReadAllTextAsync(file), keys);
            foreach (var line in result.Lines) await say.WriteLineAsync(line);
            return result.IsOk ? 0 : 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            await say.WriteLineAsync($"Could not be tried: {e.Message}");
            return 2;
        }
    }
}

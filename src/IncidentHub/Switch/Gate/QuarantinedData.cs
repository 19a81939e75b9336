using System.Text.Json;
using IncidentHub.Domain.Gate;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Gate;

/// <summary>
/// Published query: whether data that arrived late still waits for somebody to decide. What only drills stand against waits for nobody but
/// the drill's end.
/// </summary>
internal static class QuarantinedData
{
    /// <summary>Touched by every batch that is held or disposed of.</summary>
    public static string Topic(Guid programId) => $"held:{programId}";

    public static async Task<bool> AnyUndecidedAsync(ISql sql, Guid programId) =>
        await sql.ScalarAsync<long>("QuarantinedBatch_AnyUndecided", new { ProgramId = programId }) == 1;

    /// <summary>How many undecided batches a program has, drills left aside.</summary>
    public static async Task<long> UndecidedAsync(ISql sql, Guid programId) => (await CountsAsync(sql, programId)).Where(c => !c.OnlyDrills)
        .Sum(c => c.Batches);

    /// <summary>Whether that collector had sent something of class C before this batch, since then.</summary>
    public static async Task<bool> IsViolatorAsync(ISql sql, AskedBatch batch, Guid batchId, DateTimeOffset since) =>
        await sql.ScalarAsync<long>(
            "QuarantinedBatch_OfViolator", new { ProgramId = batch.Program.Id, batch.CollectorId, Id = batchId, Since = since }) == 1;

    /// <summary>How many batches of these programs were decided to be purged since then.</summary>
    public static Task<long> PurgedSinceAsync(ISql sql, DateTimeOffset since, IReadOnlyList<Guid> programIds) =>
        sql.ScalarAsync<long>("GateDisposition_PurgedSince", new { Since = since, Ids = JsonSerializer.Serialize(programIds) });

    public static Task<IReadOnlyList<QuarantineCount>> CountsAsync(ISql sql, Guid programId) =>
        sql.QueryAsync<QuarantineCount>("QuarantinedBatch_Counts", new { ProgramId = programId });
}

/// <summary>Undecided batches of one class.</summary>
internal sealed record QuarantineCount
{
    public required string Class { get; init; }
    public required bool OnlyDrills { get; init; }
    public required long Batches { get; init; }

    public BatchClass Of => Enum.Parse<BatchClass>(Class);
}

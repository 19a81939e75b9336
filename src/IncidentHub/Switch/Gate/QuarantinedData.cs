using System.Text.Json;
using IncidentHub.Domain.Gate;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Gate;

/// <summary>
/// Published query: whether quarantined data requires a person's disposition. Data that is quarantined only because of drills is released
/// by the end of the drill.
/// </summary>
internal static class QuarantinedData
{
    /// <summary>Touched by every batch that is quarantined or disposed of.</summary>
    public static string Topic(Guid programId) => $"held:{programId}";

    public static async Task<bool> AnyUndecidedAsync(ISql sql, Guid programId) =>
        await sql.ScalarAsync<long>("QuarantinedBatch_AnyUndecided", new { ProgramId = programId }) == 1;

    /// <summary>How many undecided batches a program has, without those of drills.</summary>
    public static async Task<long> UndecidedAsync(ISql sql, Guid programId) => (await CountsAsync(sql, programId)).Where(c => !c.OnlyDrills)
        .Sum(c => c.Batches);

    /// <summary>Whether that collector had sent a batch of class C before this one, since then.</summary>
    public static async Task<bool> IsViolatorAsync(ISql sql, SubmittedBatch batch, Guid batchId, DateTimeOffset since) =>
        await sql.ScalarAsync<long>(
            "QuarantinedBatch_OfViolator", new { ProgramId = batch.Program.Id, batch.CollectorId, Id = batchId, Since = since }) == 1;

    /// <summary>How many batches of these programs were purged since then.</summary>
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

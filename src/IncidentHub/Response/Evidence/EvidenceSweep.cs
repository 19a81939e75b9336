using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Response.Evidence;

/// <summary>
/// Removes files that no transaction recorded: uploads that were broken off, and what a crash left between the file and its record. An
/// upload may take hours: only what was not written to for a day.
/// </summary>
internal sealed class EvidenceSweep(Db db, EvidenceFiles files, TimeProvider clock) : DurableJob
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Age = TimeSpan.FromDays(1);

    public override async Task RunAsync(CancellationToken ct)
    {
        var (whole, partial) = files.Before(clock.GetUtcNow() - Age);
        foreach (var file in partial) File.Delete(file);
        foreach (var ids in whole.Chunk(AtOnce))
        {
            var known = await db.ReadAsync(sql => sql.QueryAsync<Row>("Evidence_Known", new { Ids = IdList.Of(ids) }), ct);
            foreach (var id in ids.Except(known.Select(k => k.Id))) files.Delete(id);
        }
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
    }
}

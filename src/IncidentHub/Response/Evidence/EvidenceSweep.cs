using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Response.Evidence;

/// <summary>
/// Removes files that no transaction recorded: uploads that were broken off, and what a crash left between the file and its record. An
/// upload may take hours: only what was not written to for a day.
/// </summary>
internal sealed class EvidenceSweep(Db db, EvidenceFiles files, IEnumerable<IFileOwner> others, TimeProvider clock) : DurableJob
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Age = TimeSpan.FromDays(1);

    public override async Task RunAsync(CancellationToken ct)
    {
        var (whole, partial) = files.Before(clock.GetUtcNow() - Age);
        foreach (var file in partial) File.Delete(file);
        foreach (var ids in whole.Chunk(AtOnce))
        {
            var known = await db.ReadAsync(sql => KnownAsync(sql, ids), ct);
            foreach (var id in ids.Except(known)) files.Delete(id);
        }
    }

    private async Task<IReadOnlyCollection<Guid>> KnownAsync(ISql sql, Guid[] ids)
    {
        var known = (await sql.QueryAsync<Row>("Evidence_Known", new { Ids = IdList.Of(ids) })).Select(r => r.Id).ToHashSet();
        foreach (var other in others) known.UnionWith(await other.KnownAsync(sql, ids));
        return known;
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
    }
}

/// <summary>
/// A feature that keeps files of its own in the folder of the evidence. Implemented by the feature Flags and the layer Decisions.
/// </summary>
internal interface IFileOwner
{
    /// <summary>Those of the files that it has recorded.</summary>
    Task<IReadOnlyCollection<Guid>> KnownAsync(ISql sql, IReadOnlyCollection<Guid> ids);
}

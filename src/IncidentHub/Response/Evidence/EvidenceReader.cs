using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Evidence;

/// <summary>Published reader: files of evidence for other features.</summary>
internal static class EvidenceReader
{
    /// <summary>The record of the file, if the viewer may see it.</summary>
    public static Task<EvidenceRecord?> FindAsync(ISql sql, Actor viewer, string code) => EvidenceStore.FindAsync(sql, viewer, code);

    /// <summary>The codes of those of the files that the viewer may see.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> CodesAsync(ISql sql, Actor viewer, IReadOnlyCollection<Guid> ids) =>
        ids.Count == 0 ? new Dictionary<Guid, string>()
        : (await sql.QueryAsync<CodeRow>("Evidence_Codes", Visibility.Of(viewer, new { Ids = IdList.Of(ids) })))
            .ToDictionary(r => r.Id, r => r.Code);

    private sealed record CodeRow
    {
        public required Guid Id { get; init; }
        public required string Code { get; init; }
    }
}

using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Evidence;

/// <summary>Published reader: files of evidence for other features.</summary>
internal static class EvidenceReader
{
    /// <summary>The record of the file, if the viewer may see it.</summary>
    public static Task<EvidenceRecord?> FindAsync(ISql sql, Actor viewer, string code) => EvidenceStore.FindAsync(sql, viewer, code);
}

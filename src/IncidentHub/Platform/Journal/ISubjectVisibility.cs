using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>Which subjects a reader may see: answered by the layer that owns them.</summary>
internal interface ISubjectVisibility
{
    /// <summary>The names of those that the reader may see; the others are left out.</summary>
    Task<IReadOnlyDictionary<Guid, string>> VisibleAsync(ISql sql, IReadOnlyCollection<Guid> subjects, Actor reader);
}

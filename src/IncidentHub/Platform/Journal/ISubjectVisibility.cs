using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>Which subjects a reader may see; implemented by the layer that owns them.</summary>
internal interface ISubjectVisibility
{
    /// <summary>The names of the visible subjects; others are omitted.</summary>
    Task<IReadOnlyDictionary<Guid, string>> VisibleAsync(ISql sql, IReadOnlyCollection<Guid> subjects, Actor reader);
}

using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>Which subjects a reader may see.</summary>
internal interface ISubjectVisibility
{
    /// <summary>The names of the visible subjects; others are omitted.</summary>
    Task<IReadOnlyDictionary<Guid, string>> VisibleAsync(ISql sql, IReadOnlyCollection<Guid> subjects, Actor reader);
}

/// <summary>The same for the subjects of one kind; implemented by the feature that owns them. Ids of other kinds are omitted.</summary>
internal interface ISubjects
{
    Task<IReadOnlyDictionary<Guid, string>> VisibleAsync(ISql sql, IReadOnlyCollection<Guid> subjects, Actor reader);
}

/// <summary>Asks the features, in the order in which they were added, for what none has answered yet.</summary>
internal sealed class SubjectVisibility(IEnumerable<ISubjects> kinds) : ISubjectVisibility
{
    public async Task<IReadOnlyDictionary<Guid, string>> VisibleAsync(ISql sql, IReadOnlyCollection<Guid> subjects, Actor reader)
    {
        var visible = new Dictionary<Guid, string>();
        foreach (var kind in kinds)
        {
            var rest = subjects.Where(id => !visible.ContainsKey(id)).ToList();
            if (rest.Count == 0) break;
            foreach (var (id, name) in await kind.VisibleAsync(sql, rest, reader)) visible[id] = name;
        }
        return visible;
    }
}

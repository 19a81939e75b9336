using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// The records of links and series: an entry exists for those only who may see all the incidents that it is about.
/// </summary>
internal static class RelatedHistory
{
    public static JournalEntry OfLink(IncidentState one, IncidentState other, string reason, bool removed)
    {
        var verb = removed ? "No longer related to" : "Related to";
        return new()
        {
            Action = removed ? "incident.unlinked" : "incident.linked",
            Subject = $"incident {one.Code}",
            About = [one.Id, other.Id],
            Detail = new { Other = other.Code, Reason = reason },
            Timeline = [Line(one, other), Line(other, one)],
            SubjectTopics = [new([one.Id, other.Id], $"incident:{one.Id}", $"incident:{other.Id}")],
        };

        TimelineEntry Line(IncidentState of, IncidentState to) => new()
        {
            IncidentId = of.Id,
            Kind = "related",
            Title = $"{verb} {Reference.To(to.Id)}",
            Body = reason,
            About = [to.Id],
        };
    }

    /// <param name="of">The incident from which the series was edited.</param>
    /// <param name="joined">Incidents that are members from now on, <paramref name="left"/> those that no longer are.</param>
    public static JournalEntry OfSeries(IncidentState of, string name, IReadOnlyCollection<Guid> members, IReadOnlyCollection<Guid> joined,
        IReadOnlyCollection<Guid> left, string? reason)
    {
        var about = members.Union(left).Append(of.Id).Distinct().ToList();
        var stayed = members.Except(joined).ToList();
        return new()
        {
            Action = "incident.series-changed",
            Subject = $"incident {of.Code}",
            About = about,
            Detail = new { Name = name, Members = members, Joined = joined, Left = left, Reason = reason },
            Timeline =
            [
                .. joined.Select(id => Line(id, $"Part of the series «{name}»")),
                .. left.Select(id => Line(id, $"No longer part of the series «{name}»")),
                // Its name or its order.
                .. joined.Count + left.Count == 0 && stayed.Contains(of.Id) ? [Line(of.Id, $"Series «{name}» edited")]
                    : (TimelineEntry[])[],
            ],
            SubjectTopics = [.. about.Select(id => new SubjectTopics([id], $"incident:{id}"))],
        };

        TimelineEntry Line(Guid incident, string title) =>
            new() { IncidentId = incident, Kind = "series", Title = title, Body = reason, About = [.. about.Where(id => id != incident)] };
    }
}

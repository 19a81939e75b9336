namespace IncidentHub.Domain.Incidents;

/// <summary>How incidents are linked to each other, and how a series of them is arranged.</summary>
public static class RelatedRules
{
    public const int MaxReason = 2_000, MaxName = 200, MaxMembers = 50;

    /// <summary>Why two incidents cannot be linked; null where they can.</summary>
    /// <param name="isLinked">Whether they are linked already.</param>
    public static Refusal? CheckLink(IncidentState incident, IncidentState other, string? reason, bool isLinked)
    {
        if (new Validation().Text(reason, "reason", MaxReason).ToRefusal() is { } invalid) return invalid;
        if (incident.Id == other.Id) return Refusal.Invalid("incident", "An incident is not related to itself. Give another one.");
        if (isLinked)
            return Refusal.NotAllowed("already_linked", $"{incident.Code} and {other.Code} are linked already. Remove that link first.");
        return null;
    }

    /// <summary>Why a link cannot be removed; null where it can.</summary>
    public static Refusal? CheckRemoval(string? reason, bool isLinked)
    {
        if (new Validation().Text(reason, "reason", MaxReason).ToRefusal() is { } invalid) return invalid;
        return isLinked ? null : Refusal.NotAllowed("not_linked", "These incidents are not linked. There is nothing to remove.");
    }

    /// <summary>Why a series cannot have this name and these members; null where it can.</summary>
    /// <param name="members">As the person gives them, in order.</param>
    /// <param name="of">The incident from which the series is edited.</param>
    public static Refusal? CheckSeries(string? name, IReadOnlyList<IncidentState> members, Guid of) => new Validation()
        .Line(name, "name", MaxName)
        .Check(members.Count <= MaxMembers, "members", $"At most {MaxMembers} incidents.")
        .Check(members.Count >= 2, "members", "A series has at least two incidents.")
        .Check(members.DistinctBy(m => m.Id).Count() == members.Count, "members", "Give each incident once.")
        .Check(members.Any(m => m.Id == of), "members", "The incident itself is one of them. To take it out, let it leave the series.")
        .ToRefusal();

    /// <summary>
    /// The members in their new order. Those that the person does not see stay in the series, each behind the one that it followed.
    /// </summary>
    /// <param name="before">The members so far, in order.</param>
    /// <param name="seen">Those of them that the person sees.</param>
    /// <param name="wanted">The order that the person gives.</param>
    public static IReadOnlyList<Guid> Arrange(IReadOnlyList<Guid> before, IReadOnlySet<Guid> seen, IReadOnlyList<Guid> wanted)
    {
        var next = wanted.ToList();
        for (var i = 0; i < before.Count; i++)
        {
            if (seen.Contains(before[i]) || next.Contains(before[i])) continue;
            var follows = before.Take(i).Reverse().Select(m => next.IndexOf(m)).FirstOrDefault(at => at >= 0, -1);
            next.Insert(follows + 1, before[i]);
        }
        return next;
    }
}

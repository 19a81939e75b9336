using IncidentHub.Domain.Access;

namespace IncidentHub.Domain.Incidents;

/// <summary>Links that lineage suggests: several are confirmed, or set aside, at once.</summary>
public static partial class IncidentRules
{
    private static Result<Accepted<IncidentState>> ConfirmLinks(IncidentState state, IncidentCommand.ConfirmLinks c, DateTimeOffset now)
    {
        if (NotOpen(state) is { } closed) return closed;
        if (c.Exposures.Count + c.Involvements.Count == 0) return NothingChosen;
        var events = new List<DomainEvent>();
        foreach (var one in c.Exposures.Select(e => (IncidentCommand)new IncidentCommand.AddExposure(e))
            .Concat(c.Involvements.Select(i => new IncidentCommand.AddInvolvement(i))))
        {
            var added = one is IncidentCommand.AddExposure e ? AddExposure(state, e, now)
                : AddInvolvement(state, (IncidentCommand.AddInvolvement)one);
            if (added.Refusal is { } refused) return refused;
            state = added.Value.Next;
            events.AddRange(added.Value.Events);
        }
        return Outcome.Accept(state, events);
    }

    private static Result<Accepted<IncidentState>> SetLinksAside(
        IncidentState state, IncidentCommand.SetLinksAside c, Actor actor, DateTimeOffset now)
    {
        if (new Validation().Text(c.Reason, "reason", MaxReason).ToRefusal() is { } refusal) return refusal;
        if (NotOpen(state) is { } closed) return closed;
        if (c.Links.Count == 0) return NothingChosen;
        if (c.Links.FirstOrDefault(l => SuggestedLinks.IsLinked(state, l.Subject, l.Id)) is { } linked)
            return Refusal.Invalid("links", $"{linked.Name} is linked. Withdraw the link instead.");
        var reason = c.Reason.Clean();
        var added = c.Links.Where(l => !SuggestedLinks.IsSetAside(state, l)).DistinctBy(l => (l.Subject, l.Id))
            .Select(l => new SetAsideLink(l.Subject, l.Id, l.Name, l.Kind, reason, now, actor.Name)).ToArray();
        return added.Length == 0
            ? Outcome.Accept(state)
            : Outcome.Accept(state with { SetAside = [.. state.SetAside, .. added] }, new LinksSetAside(added, reason));
    }

    private static Refusal NothingChosen => Refusal.Invalid("links", "Choose at least one of the suggestions.");
}

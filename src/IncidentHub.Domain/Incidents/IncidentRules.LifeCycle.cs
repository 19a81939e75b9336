using IncidentHub.Domain.Access;

namespace IncidentHub.Domain.Incidents;

/// <summary>Investigating → Contained → Resolved → Closed, and the exceptions: reopening and merging.</summary>
public static partial class IncidentRules
{
    private static Result<Accepted<IncidentState>> Contain(IncidentState state, IncidentCommand.Contain c, DateTimeOffset now) =>
        Forward(state, IncidentStatus.Investigating, IncidentStatus.Contained, TimestampKind.Contained, c.At, c.Note, now,
            (note, at) => new IncidentContained(state.Current.Number, note) { HappenedAt = at });

    private static Result<Accepted<IncidentState>> Resolve(IncidentState state, IncidentCommand.Resolve c, DateTimeOffset now) =>
        Forward(state, IncidentStatus.Contained, IncidentStatus.Resolved, TimestampKind.Resolved, c.At, c.Note, now,
            (note, at) => new IncidentResolved(state.Current.Number, note) { HappenedAt = at });

    private static Result<Accepted<IncidentState>> Close(IncidentState state, IncidentCommand.Close c, DateTimeOffset now) =>
        Forward(state, IncidentStatus.Resolved, IncidentStatus.Closed, TimestampKind.Closed, null, c.Note, now,
            (note, _) => new IncidentClosed(note));

    private static Result<Accepted<IncidentState>> Forward(
        IncidentState state, IncidentStatus from, IncidentStatus to, TimestampKind timestamp, DateTimeOffset? at,
            string note, DateTimeOffset now,
        Func<string, DateTimeOffset?, IncidentEvent> happened)
    {
        if (new Validation().Text(note, "note", MaxReason, required: false).ToRefusal() is { } refusal) return refusal;
        if (state.Status != from)
            return Refusal.NotAllowed(
                "wrong_status", $"{state.Code} has the status {state.Status}. Only an incident with the status {from} can become {to}.");
        if (PastTime.Fault(at, now) is { } fault) return Refusal.Invalid("at", fault);
        var next = TimestampRules.With(state, timestamp, state.Current.Number, PastTime.Of(at, now) ?? now);
        if (TimestampRules.Check(next.Timestamps, next.Cycles, now) is { } disorder) return disorder;
        return Outcome.Accept(next with { Status = to }, happened((note ?? "").Clean(), PastTime.Of(at, now)));
    }

    private static Result<Accepted<IncidentState>> Reopen(IncidentState state, IncidentCommand.Reopen c, DateTimeOffset now)
    {
        if (new Validation().Text(c.Reason, "reason", MaxReason).ToRefusal() is { } refusal) return refusal;
        if (!state.Status.CanReopen())
            return Refusal.NotAllowed(
                "wrong_status",
                $"{state.Code} has the status Investigating. Only a contained, resolved or closed incident can be reopened.");
        var cycle = new Cycle
        {
            Number = state.Current.Number + 1,
            PolicyVersion = c.PolicyVersion,
            Reason = c.Reason.Clean(),
            Opened = now
        };
        var next = state with
        {
            Status = IncidentStatus.Investigating,
            Cycles = [.. state.Cycles, cycle],
            // The closing is undone; the next one sets the timestamp.
            Timestamps = state.Timestamps with { Closed = null },
        };
        return Outcome.Accept(next, new IncidentReopened(cycle.Number, state.Status, cycle.Reason));
    }

    private static Result<Accepted<IncidentState>> MergeInto(IncidentState state, IncidentCommand.MergeInto c)
    {
        if (new Validation().Text(c.Reason, "reason", MaxReason).ToRefusal() is { } refusal) return refusal;
        if (c.Survivor.Id == state.Id) return Refusal.Invalid("into", "An incident cannot be merged into itself.");
        if (NotOpen(state) is { } closed) return closed;
        if (!c.Survivor.IsOpen)
            return Refusal.Invalid(
                "into", $"{c.Survivor.Code} is {c.Survivor.Status.ToString().ToLowerInvariant()}. Choose an open incident.");
        if (state.Confidentiality == Confidentiality.Restricted && c.Survivor.Confidentiality == Confidentiality.Open)
            return Refusal.NotAllowed(
                "would_reveal", $"{state.Code} is restricted and {c.Survivor.Code} is not. Restrict {c.Survivor.Code} first.");
        return Outcome.Accept(
            state with { Status = IncidentStatus.Merged, MergedIntoId = c.Survivor.Id },
            new IncidentMerged(c.Survivor.Id, c.Survivor.Code, c.Reason.Clean()));
    }

    private static Result<Accepted<IncidentState>> Absorb(IncidentState state, IncidentCommand.Absorb c, Actor actor, DateTimeOffset now)
    {
        if (NotOpen(state) is { } closed) return closed;
        var exposures = c.Merged.Exposures.Where(e => e.IsActive && !state.Exposures.Any(x => x.IsActive && x.DatasetId == e.DatasetId))
            .Select(e => e with { Id = OrderedId.Next(now) }).ToArray();
        var taken = new List<ProgramInvolvement>();
        var kept = state.Involvements.ToList();
        foreach (var theirs in c.Merged.Involvements.Where(i => i.IsActive))
        {
            var mine = kept.FindIndex(i => i.ProgramId == theirs.ProgramId);
            if (mine >= 0 && kept[mine].IsActive && kept[mine].Kind <= theirs.Kind) continue;
            if (mine >= 0) kept.RemoveAt(mine);
            kept.Add(theirs);
            taken.Add(theirs);
        }
        var next = state with { Exposures = [.. state.Exposures, .. exposures], Involvements = kept };
        List<DomainEvent> events =
        [
            new IncidentAbsorbed(c.Merged.Id, c.Merged.Code, c.Merged.Title),
            .. exposures.Select(e => new ExposureAdded(e)),
            .. taken.Select(i => new InvolvementAdded(i)),
        ];
        if (c.Merged.Sev < state.Sev)
        {
            // Without the code: who reads this incident, now or once it is opened to all readers, may not see the other.
            const string reason = "Another incident was merged into this one. The more severe level applies.";
            next = WithSev(next, c.Merged.Sev, reason, actor, now);
            events.Add(new SevChanged(state.Sev, c.Merged.Sev, reason));
        }
        return Outcome.Accept(next, events);
    }

    private static Result<Accepted<IncidentState>> AssignRole(IncidentState state, IncidentCommand.AssignRole c)
    {
        var check = new Validation().Check(Enum.IsDefined(c.Role), "role", "Commander, Communications, Scribe or Named.")
            .Line(c.Name, "person", 200);
        if (check.ToRefusal() is { } refusal) return refusal;
        if (state.People.Any(p => p.Role == c.Role && p.PersonId == c.PersonId)) return Outcome.Accept(state);
        var instead = c.Role == IncidentRole.Named ? null : state.People.FirstOrDefault(p => p.Role == c.Role);
        var people = state.People.Where(p => p != instead).Append(new RoleHolder(c.Role, c.PersonId, c.Name)).ToArray();
        return Outcome.Accept(state with { People = people }, new RoleAssigned(c.Role, c.Name, instead?.Name));
    }

    private static Result<Accepted<IncidentState>> ReleaseRole(IncidentState state, IncidentCommand.ReleaseRole c)
    {
        var holder = state.People.FirstOrDefault(p => p.Role == c.Role && p.PersonId == c.PersonId);
        if (holder is null) return Refusal.Invalid("person", "This person does not have that role on this incident.");
        return Outcome.Accept(state with { People = [.. state.People.Where(p => p != holder)] }, new RoleReleased(c.Role, holder.Name));
    }
}

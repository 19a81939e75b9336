namespace IncidentHub.Domain.Obligations;

/// <summary>The rules of obligations.</summary>
public static class ObligationRules
{
    public const int MaxText = 4000, MaxReference = 200;

    /// <summary>An obligation that is not triggered yet.</summary>
    public static Accepted<ObligationState> Track(Guid id, Guid incidentId, Regime regime, Duty duty, DateTimeOffset now) => new(
        new()
        {
            Id = id,
            IncidentId = incidentId,
            Regime = regime,
            DutyKey = duty.Key,
            CreatedAt = now,
            Version = 1,
        },
        [new ObligationTracked(duty.Name)]);

    public static Result<Accepted<ObligationState>> Decide(ObligationState o, ObligationCommand command, string by, DateTimeOffset now) =>
        command switch
        {
            SetTrigger c => Trigger(o, c, now),
            RecordNotice c => Record(o, c, by, now),
            DecideNotRequired c => NotRequire(o, c),
            DelayObligation c => Delay(o, c, now),
            EndDelay c => End(o, c, now),
            ReopenObligation c => Reopen(o, c),
            RecomputeDue c => Recompute(o, c),
            MarkLate => Late(o, now),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "An unknown command."),
        };

    private static Result<Accepted<ObligationState>> Trigger(ObligationState o, SetTrigger command, DateTimeOffset now)
    {
        if (o.Status == ObligationStatus.NotRequired) return Ended();
        var takesAwareness = o.Duty.AtMostFromAwareness is not null;
        if (new Validation()
            .Past(command.At, "at", now)
            .Past(command.AwareAt, "awareAt", now)
            .Check(command.AwareAt is null || takesAwareness, "awareAt", "This duty does not count from awareness. Leave it empty.")
            .Check(command.AwareAt is null || command.AwareAt <= command.At, "awareAt", "Must not be after the trigger.")
            .Text(command.Note, "note", MaxText).ToRefusal() is { } invalid) return invalid;
        var (at, aware) = (PastTime.Of(command.At, now)!.Value.ToUniversalTime(), PastTime.Of(command.AwareAt, now)?.ToUniversalTime());
        if (Regime.InForce(command.Versions, at) is not { } regime || regime.Find(o.DutyKey) is not { } duty)
        {
            return Refusal.NotAllowed("not_in_force", "at",
                "No version of the regime with this duty was in force then. Correct the time, or have the regime's versions corrected.");
        }
        var due = RegulatoryClock.DueAt(regime, duty, at, aware, command.Holidays);
        var next = o with
        {
            Regime = regime,
            TriggeredAt = at,
            AwareAt = aware,
            TriggerNote = command.Note.Clean(),
            Status = o.Status == ObligationStatus.NotTriggered ? ObligationStatus.Open : o.Status,
            // In a delay the authority's date counts.
            DueAt = o.Status == ObligationStatus.Delayed ? o.DueAt : due,
            LateAt = o.Status == ObligationStatus.Delayed || due <= now ? o.LateAt : null,
        };
        return next == o ? Outcome.Accept(o) : Accept(next, new TriggerSet(at, o.TriggeredAt, next.DueAt, next.TriggerNote));
    }

    private static Result<Accepted<ObligationState>> Record(ObligationState o, RecordNotice command, string by, DateTimeOffset now)
    {
        if (o.Status == ObligationStatus.NotTriggered)
        {
            return Refusal.NotAllowed("not_triggered",
                "Record first when the trigger fact came about: the notice is judged by its clock.");
        }
        if (o.Status is ObligationStatus.Met or ObligationStatus.NotRequired) return Ended();
        if (new Validation()
            .Past(command.At, "at", now)
            .Line(command.Reference, "reference", MaxReference)
            .Text(command.Note, "note", MaxText, required: false).ToRefusal() is { } invalid) return invalid;
        var notice = new Notice(PastTime.Of(command.At, now)!.Value.ToUniversalTime(), command.Reference.Clean(),
            TextNormaliser.OrNull(command.Note) ?? "", command.IsComplete, now, by);
        var next = o with { Notices = [.. o.Notices, notice] };
        return command.IsComplete
            ? Accept(next with { Status = ObligationStatus.Met, Delay = null }, new NoticeRecorded(notice), new ObligationMet())
            : Accept(next, new NoticeRecorded(notice));
    }

    private static Result<Accepted<ObligationState>> NotRequire(ObligationState o, DecideNotRequired command)
    {
        if (!o.IsOpen) return Ended();
        if (new Validation().Text(command.Reason, "reason", MaxText).ToRefusal() is { } invalid) return invalid;
        var reason = command.Reason.Clean();
        return Accept(o with { Status = ObligationStatus.NotRequired, NotRequiredReason = reason, Delay = null },
            new NotRequiredDecided(reason));
    }

    private static Result<Accepted<ObligationState>> Delay(ObligationState o, DelayObligation command, DateTimeOffset now)
    {
        if (o.Status is not (ObligationStatus.Open or ObligationStatus.Delayed))
            return Refusal.NotAllowed("not_open", "Only an open obligation can be postponed.");
        if (new Validation()
            .Line(command.Authority, "authority", MaxReference)
            .Text(command.Reason, "reason", MaxText)
            .Check(command.Until is not { } until || (until > now && until <= now.AddYears(5)), "until",
                "Choose a time in the future, at most five years ahead, or leave it empty: until further notice.")
            .ToRefusal() is { } invalid) return invalid;
        var delay = new ObligationDelay(command.Authority.Clean(), command.Reason.Clean(), command.Until?.ToUniversalTime());
        return Accept(o with { Status = ObligationStatus.Delayed, Delay = delay, DueAt = delay.Until, LateAt = null },
            new ObligationDelayed(delay));
    }

    private static Result<Accepted<ObligationState>> End(ObligationState o, EndDelay command, DateTimeOffset now)
    {
        if (o.Status != ObligationStatus.Delayed) return Refusal.NotAllowed("not_delayed", "This obligation is not postponed.");
        if (new Validation()
            .Text(command.Reason, "reason", MaxText)
            .Check(command.DueAt >= PastTime.Earliest && command.DueAt <= now.AddYears(5), "dueAt", "At most five years ahead.")
            .ToRefusal() is { } invalid) return invalid;
        var due = command.DueAt.ToUniversalTime();
        return Accept(o with { Status = ObligationStatus.Open, Delay = null, DueAt = due, LateAt = null },
            new DelayEnded(due, command.Reason.Clean()));
    }

    private static Result<Accepted<ObligationState>> Reopen(ObligationState o, ReopenObligation command)
    {
        if (o.IsOpen) return Refusal.NotAllowed("already_open", "This obligation is open already.");
        if (new Validation().Text(command.Reason, "reason", MaxText).ToRefusal() is { } invalid) return invalid;
        var status = o.TriggeredAt is null ? ObligationStatus.NotTriggered : ObligationStatus.Open;
        return Accept(o with { Status = status, NotRequiredReason = null }, new ObligationReopened(command.Reason.Clean()));
    }

    private static Result<Accepted<ObligationState>> Recompute(ObligationState o, RecomputeDue command)
    {
        if (o.Status != ObligationStatus.Open || o.TriggeredAt is not { } at) return Outcome.Accept(o);
        var due = RegulatoryClock.DueAt(o.Regime, o.Duty, at, o.AwareAt, command.Holidays);
        return due == o.DueAt ? Outcome.Accept(o) : Accept(o with { DueAt = due, LateAt = null }, new DueRecomputed(o.DueAt, due));
    }

    private static Result<Accepted<ObligationState>> Late(ObligationState o, DateTimeOffset now) =>
        o.IsLate(now) && o.LateAt is null
            ? Accept(o with { LateAt = now }, new ObligationLate(o.DueAt!.Value))
            : Outcome.Accept(o);

    private static Refusal Ended() =>
        Refusal.NotAllowed("not_open", "This obligation is met or not required. Reopen it first.");

    private static Result<Accepted<ObligationState>> Accept(ObligationState next, params IReadOnlyList<DomainEvent> events) =>
        Outcome.Accept(next with { Version = next.Version + 1 }, events);
}

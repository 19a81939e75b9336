using IncidentHub.Domain.Access;

namespace IncidentHub.Domain.Incidents;

/// <summary>The rules of an incident. Authorisation is in the access table.</summary>
public static partial class IncidentRules
{
    public const int MaxTitle = 200;
    public const int MaxSummary = 4000;
    public const int MaxReason = 2000;
    public const int MaxLinks = 200;

    /// <summary>The incident's next state, or a refusal. <paramref name="state"/> is null for a declaration only.</summary>
    public static Result<Accepted<IncidentState>> Decide(IncidentState? state, IncidentCommand command, Actor actor, DateTimeOffset now)
    {
        if (command is IncidentCommand.Declare declare)
        {
            if (state is not null) return Refusal.NotAllowed("already_declared", "This incident was declared already.");
            var made = DeclareNew(declare, now);
            return made.IsOk
                ? Outcome.Accept(AdviceHistory.With(null, made.Value.Next, made.Value.Events, actor, now), made.Value.Events) : made;
        }
        if (state is null) return Refusal.NotFound("The incident");
        if (state.Status == IncidentStatus.Merged)
            return Refusal.NotAllowed("merged", $"{state.Code} was merged into another incident. Continue there.");

        var outcome = command switch
        {
            IncidentCommand.ChangeDetails c => ChangeDetails(state, c),
            IncidentCommand.ChangeSev c => ChangeSev(state, c, actor, now),
            IncidentCommand.AssessSeverity c => AssessSeverity(state, c, actor, now),
            IncidentCommand.OverrideAdvice c => OverrideAdvice(state, c),
            IncidentCommand.Contain c => Contain(state, c, now),
            IncidentCommand.Resolve c => Resolve(state, c, now),
            IncidentCommand.Close c => Close(state, c, now),
            IncidentCommand.Reopen c => Reopen(state, c, now),
            IncidentCommand.MergeInto c => MergeInto(state, c),
            IncidentCommand.Absorb c => Absorb(state, c, actor, now),
            IncidentCommand.AssignRole c => AssignRole(state, c),
            IncidentCommand.ReleaseRole c => ReleaseRole(state, c),
            IncidentCommand.SetConfidentiality c => SetConfidentiality(state, c),
            IncidentCommand.AddExposure c => AddExposure(state, c, now),
            IncidentCommand.ChangeExposure c => ChangeExposure(state, c, now),
            IncidentCommand.ConcludeAccess c => ConcludeAccess(state, c),
            IncidentCommand.WithdrawExposure c => WithdrawExposure(state, c),
            IncidentCommand.AddInvolvement c => AddInvolvement(state, c),
            IncidentCommand.ChangeInvolvement c => ChangeInvolvement(state, c),
            IncidentCommand.WithdrawInvolvement c => WithdrawInvolvement(state, c),
            IncidentCommand.ConfirmLinks c => ConfirmLinks(state, c, now),
            IncidentCommand.SetLinksAside c => SetLinksAside(state, c, actor, now),
            IncidentCommand.CorrectTimestamp c => CorrectTimestamp(state, c, now),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
        };
        return outcome is { IsOk: true, Value: { Events.Count: > 0 } accepted }
            ? Outcome.Accept(
                AdviceHistory.With(state, accepted.Next with { Version = state.Version + 1 }, accepted.Events, actor, now), accepted.Events)
            : outcome;
    }

    private static Result<Accepted<IncidentState>> DeclareNew(IncidentCommand.Declare c, DateTimeOffset now)
    {
        var check = new Validation().Line(c.Title, "title", MaxTitle).Text(c.Summary, "summary", MaxSummary, required: false)
            .Check(Enum.IsDefined(c.Sev), "sev", "A SEV is 0 to 5.")
            .Check(Enum.IsDefined(c.Confidentiality), "confidentiality", "Open or Restricted.")
            .Check(c.Exposures.Count <= MaxLinks, "exposures", $"At most {MaxLinks}.")
            .Check(c.Involvements.Count <= MaxLinks, "programs", $"At most {MaxLinks}.")
            .Check(c.Exposures.DistinctBy(e => e.DatasetId).Count() == c.Exposures.Count, "exposures", "Name each dataset once.")
            .Check(c.Involvements.DistinctBy(i => i.ProgramId).Count() == c.Involvements.Count, "programs", "Name each program once.");
        for (var i = 0; i < c.Exposures.Count; i++) CheckExposure(check, c.Exposures[i], now, $"exposures[{i}].");
        for (var i = 0; i < c.Involvements.Count; i++)
            check.Text(c.Involvements[i].Note, $"programs[{i}].note", MaxReason, required: false);
        check.Past(c.ExposureStarted, "exposureStarted", now).Past(c.Detected, "detected", now);
        if (check.ToRefusal() is { } refusal) return refusal;

        var timestamps = new IncidentTimestamps
        {
            ExposureStarted = PastTime.Of(c.ExposureStarted, now),
            Detected = PastTime.Of(c.Detected, now),
            Flagged = c.Flagged,
            Acknowledged = c.Acknowledged ?? now,
            Declared = now,
        };
        Cycle[] cycles = [new() { Number = 1, PolicyVersion = c.PolicyVersion, Opened = now }];
        if (TimestampRules.Check(timestamps, cycles, now, "detected") is { } disorder) return disorder;
        var exposures = c.Exposures.Select(e => WithPastTimes(e, now)).ToArray();

        var state = new IncidentState
        {
            Id = c.Id,
            Code = c.Code,
            Title = c.Title.Clean(),
            Summary = c.Summary.Clean(),
            Sev = c.Sev,
            Confidentiality = c.Confidentiality,
            Timestamps = timestamps,
            Cycles = cycles,
            People = c.People,
            Exposures = exposures,
            Involvements = c.Involvements,
        };
        return Outcome.Accept(state,
        [
            new IncidentDeclared(c.Sev, state.Title),
            .. exposures.Select(e => new ExposureAdded(e)),
            .. c.Involvements.Select(i => new InvolvementAdded(i)),
        ]);
    }

    private static Result<Accepted<IncidentState>> ChangeDetails(IncidentState state, IncidentCommand.ChangeDetails c)
    {
        var title = c.Title?.Clean() ?? state.Title;
        var summary = c.Summary?.Clean() ?? state.Summary;
        if (new Validation().Line(title, "title", MaxTitle).Text(summary, "summary", MaxSummary, required: false)
            .ToRefusal() is { } refusal) return refusal;
        var events = new List<DomainEvent>();
        if (title != state.Title) events.Add(new DetailChanged("title", state.Title, title));
        if (summary != state.Summary) events.Add(new DetailChanged("summary", state.Summary, summary));
        return Outcome.Accept(state with { Title = title, Summary = summary }, events);
    }

    private static Result<Accepted<IncidentState>> ChangeSev(
        IncidentState state, IncidentCommand.ChangeSev c, Actor actor, DateTimeOffset now)
    {
        var check = new Validation().Text(c.Reason, "reason", MaxReason).Check(Enum.IsDefined(c.To), "sev", "A SEV is 0 to 5.");
        if (check.ToRefusal() is { } refusal) return refusal;
        if (NotOpen(state) is { } closed) return closed;
        if (c.To == state.Sev) return Refusal.Invalid("sev", $"It is {c.To.Label()} already.");
        return Outcome.Accept(WithSev(state, c.To, c.Reason.Clean(), actor, now), new SevChanged(state.Sev, c.To, c.Reason.Clean()));
    }

    private static IncidentState WithSev(IncidentState state, Sev to, string reason, Actor actor, DateTimeOffset now) =>
        state with { Sev = to, SevChanges = [.. state.SevChanges, new(state.Current.Number, state.Sev, to, reason, now, actor.Name)] };

    private static Result<Accepted<IncidentState>> SetConfidentiality(IncidentState state, IncidentCommand.SetConfidentiality c)
    {
        var check = new Validation().Text(c.Reason, "reason", MaxReason)
            .Check(Enum.IsDefined(c.To), "confidentiality", "Open or Restricted.");
        if (check.ToRefusal() is { } refusal) return refusal;
        if (c.To == state.Confidentiality)
            return Refusal.Invalid("confidentiality", $"It is {c.To.ToString().ToLowerInvariant()} already.");
        return Outcome.Accept(state with { Confidentiality = c.To }, new ConfidentialityChanged(c.To, c.Reason.Clean()));
    }

    private static Refusal? NotOpen(IncidentState state) => state.IsOpen
        ? null
        : Refusal.NotAllowed("not_open", $"{state.Code} is {state.Status.ToString().ToLowerInvariant()}. Reopen it first.");
}

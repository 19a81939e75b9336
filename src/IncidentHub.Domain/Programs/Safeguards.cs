namespace IncidentHub.Domain.Programs;

/// <summary>What the last verification found.</summary>
public enum SafeguardStatus { Unverified, Verified, Broken }

/// <summary>The current state of a safeguard: an expired verification does not count.</summary>
public enum EffectiveSafeguardStatus { Unverified, Verified, Expired, Broken }

/// <summary>A commitment made about a program, with its verification.</summary>
public sealed record SafeguardState
{
    public required Guid Id { get; init; }
    public required Guid ProgramId { get; init; }

    /// <summary>The commitment as it was worded: "access locked down".</summary>
    public required string Text { get; init; }

    /// <summary>Its source: "launch memo".</summary>
    public required string Source { get; init; }
    public DateOnly? CommittedOn { get; init; }
    public SafeguardStatus Status { get; init; } = SafeguardStatus.Unverified;
    public DateTimeOffset? CheckedAt { get; init; }
    public Guid? CheckedById { get; init; }
    public string? Evidence { get; init; }

    /// <summary>The incident that broke it, or null.</summary>
    public Guid? BrokenByIncidentId { get; init; }

    /// <summary>For how many days a verification counts: one of <see cref="SafeguardRules.Periods"/>; null: the usual number.</summary>
    public int? VerifyEveryDays { get; init; }
    public int Version { get; init; } = 1;

    /// <summary>How long a verification counts.</summary>
    public TimeSpan Period => VerifyEveryDays is { } days ? TimeSpan.FromDays(days) : SafeguardRules.Freshness;

    /// <summary>When the verification expires, and the safeguard is to be verified again.</summary>
    public DateTimeOffset? FreshUntil => Status == SafeguardStatus.Verified && CheckedAt is { } at ? at + Period : null;

    /// <summary>From when on the program's owner is reminded: a quarter of the period before it expires, at most two weeks.</summary>
    public DateTimeOffset? RemindFrom =>
        FreshUntil is { } until ? until - (Period / 4 < SafeguardRules.MostNotice ? Period / 4 : SafeguardRules.MostNotice) : null;

    /// <summary>Whether its verification counts and expires soon.</summary>
    public bool IsDueSoon(DateTimeOffset now) => StatusAt(now) == EffectiveSafeguardStatus.Verified && now >= RemindFrom;

    /// <summary>The state at <paramref name="now"/>.</summary>
    public EffectiveSafeguardStatus StatusAt(DateTimeOffset now) => Status switch
    {
        SafeguardStatus.Unverified => EffectiveSafeguardStatus.Unverified,
        SafeguardStatus.Broken => EffectiveSafeguardStatus.Broken,
        SafeguardStatus.Verified => now < FreshUntil ? EffectiveSafeguardStatus.Verified : EffectiveSafeguardStatus.Expired,
    };
}

public abstract record SafeguardCommand;

/// <summary>Records a safeguard.</summary>
public sealed record AddSafeguard(Guid Id, Guid ProgramId, string Text, string Source, DateOnly? CommittedOn, int? VerifyEveryDays = null)
    : SafeguardCommand;

/// <summary>Sets for how long a verification counts.</summary>
public sealed record SetVerificationPeriod(int Days) : SafeguardCommand;

/// <summary>The result of a verification, with its evidence.</summary>
public sealed record VerifySafeguard(bool Holds, string Evidence, Guid ById) : SafeguardCommand;

/// <summary>An incident marks the safeguard broken.</summary>
public sealed record BreakSafeguard(Guid IncidentId, string IncidentCode, Guid ById) : SafeguardCommand;

public sealed record SafeguardAdded(string Text) : DomainEvent;
public sealed record SafeguardVerified(bool Holds, string Evidence) : DomainEvent;
public sealed record SafeguardBroken(string IncidentCode) : DomainEvent;
public sealed record VerificationPeriodSet(int Days) : DomainEvent;

/// <summary>
/// A safeguard is unverified until it is verified; a verification expires; an incident breaks it until it is verified again.
/// </summary>
public static class SafeguardRules
{
    /// <summary>Unless another period is set, a verification counts for 90 days: a quarter, the usual interval of access reviews.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromDays(90);

    /// <summary>The periods that may be set, in days: a month, a quarter, half a year, a year.</summary>
    public static readonly IReadOnlyList<int> Periods = [30, 90, 180, 365];

    /// <summary>The longest time before the end of a period in which the owner is reminded.</summary>
    public static readonly TimeSpan MostNotice = TimeSpan.FromDays(14);

    public static Result<Accepted<SafeguardState>> Decide(SafeguardState? state, SafeguardCommand command, DateTimeOffset now) =>
        (state, command) switch
        {
            (null, AddSafeguard add) => Add(add, now),
            (not null, AddSafeguard) => Refusal.NotAllowed("safeguard_exists", "This safeguard is recorded already."),
            (null, _) => Refusal.NotFound("The safeguard"),
            (_, VerifySafeguard verify) => Verify(state, verify, now),
            (_, SetVerificationPeriod set) => SetPeriod(state, set),
            // Already broken by an incident: the first one is kept until the safeguard is verified again.
            ({ Status: SafeguardStatus.Broken, BrokenByIncidentId: not null }, BreakSafeguard) => Outcome.Accept(state),
            // The evidence does not name the incident: not every reader of the safeguard may see it.
            (_, BreakSafeguard broken) => Outcome.Accept(
                state with
                {
                    Status = SafeguardStatus.Broken,
                    CheckedAt = now,
                    CheckedById = broken.ById,
                    Evidence = "Broken by an incident.",
                    BrokenByIncidentId = broken.IncidentId,
                    Version = state.Version + 1,
                },
                new SafeguardBroken(broken.IncidentCode)),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "No such command."),
        };

    private static Result<Accepted<SafeguardState>> Add(AddSafeguard add, DateTimeOffset now)
    {
        var check = new Validation().Line(add.Text, "text", 400).Line(add.Source, "source", 200)
            .Check(add.CommittedOn is not { } on || (on.Year >= 1990 && on <= DateOnly.FromDateTime(now.UtcDateTime).AddDays(1)),
                "committedOn", "Enter a date from 1990 to today.")
            .Check(add.VerifyEveryDays is null || Periods.Contains(add.VerifyEveryDays.Value), "verifyEveryDays", OneOfPeriods);
        if (check.ToRefusal() is { } why) return why;
        var next = new SafeguardState
        {
            Id = add.Id,
            ProgramId = add.ProgramId,
            Text = add.Text.Clean(),
            Source = add.Source.Clean(),
            CommittedOn = add.CommittedOn,
            VerifyEveryDays = add.VerifyEveryDays,
        };
        return Outcome.Accept(next, new SafeguardAdded(next.Text));
    }

    private static readonly string OneOfPeriods = $"One of {string.Join(", ", Periods)} days.";

    private static Result<Accepted<SafeguardState>> SetPeriod(SafeguardState state, SetVerificationPeriod set)
    {
        if (!Periods.Contains(set.Days)) return Refusal.Invalid("verifyEveryDays", OneOfPeriods);
        return state.Period == TimeSpan.FromDays(set.Days)
            ? Outcome.Accept(state)
            : Outcome.Accept(state with { VerifyEveryDays = set.Days, Version = state.Version + 1 }, new VerificationPeriodSet(set.Days));
    }

    private static Result<Accepted<SafeguardState>> Verify(SafeguardState state, VerifySafeguard verify, DateTimeOffset now)
    {
        if (new Validation().Text(verify.Evidence, "evidence", 4000).ToRefusal() is { } why) return why;
        var evidence = TextNormaliser.OrNull(verify.Evidence)!;
        return Outcome.Accept(
            state with
            {
                Status = verify.Holds ? SafeguardStatus.Verified : SafeguardStatus.Broken,
                CheckedAt = now,
                CheckedById = verify.ById,
                Evidence = evidence,
                BrokenByIncidentId = null,
                Version = state.Version + 1,
            },
            new SafeguardVerified(verify.Holds, evidence));
    }
}

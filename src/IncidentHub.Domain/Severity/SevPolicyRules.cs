using IncidentHub.Domain.Pauses;

namespace IncidentHub.Domain.Severity;

/// <summary>Replaces the policy by a new version.</summary>
public sealed record EditSevPolicy(IReadOnlyList<SevLevel> Levels, string Reason);

/// <summary>The policy has a new version, which applies to cycles opened from now on.</summary>
public sealed record SevPolicyEdited(int Version, string Reason) : DomainEvent;

/// <summary>Validation of a SEV policy.</summary>
public static class SevPolicyRules
{
    private const int LevelCount = 6;

    /// <summary>The next version, or a refusal. Fields are named <c>levels[2].acknowledge</c>.</summary>
    public static Result<Accepted<SevPolicy>> Decide(SevPolicy current, EditSevPolicy command)
    {
        var check = new Validation().Text(command.Reason, "reason", 2000);
        var levels = command.Levels.OrderBy(l => l.Sev).ToArray();
        check.Check(levels.Length == LevelCount && levels.Select(l => (int)l.Sev).SequenceEqual(Enumerable.Range(0, LevelCount)),
            "levels", "Give each of the levels 0 to 5 once.");
        if (levels.Length != LevelCount && check.ToRefusal() is { } incomplete) return incomplete;

        // Levels are compared only when each is valid by itself.
        var each = new Validation();
        foreach (var level in levels) CheckLevel(each, level);
        if (each.ToRefusal() is null)
        {
            for (var i = 1; i < LevelCount; i++) CheckNotLaxer(each, levels[i - 1], levels[i]);
        }
        check.Add(each);
        if (check.ToRefusal() is { } refusal) return refusal;
        if (Same(levels, current.Levels)) return Refusal.NotAllowed("nothing_changed", "Nothing differs from the current policy.");

        var next = new SevPolicy(current.Version + 1, levels, command.Reason.Clean());
        return Outcome.Accept(next, new SevPolicyEdited(next.Version, next.Reason));
    }

    private static void CheckLevel(Validation check, SevLevel level)
    {
        var at = $"levels[{(int)level.Sev}]";
        check.Line(level.Means, $"{at}.means", 300)
            .Check(IsTerm(level.Acknowledge), $"{at}.acknowledge", "Enter a limit such as «30 min», «4 h», «1 d» or «5 bd».")
            .Check(level.FirstUpdate is null || IsTerm(level.FirstUpdate.Value), $"{at}.firstUpdate",
                "Enter a limit such as «1 h», or none.")
            .Check(level.UpdateEvery is null || IsTerm(level.UpdateEvery.Value), $"{at}.updateEvery",
                "Enter a limit such as «4 h», or none.")
            .Check(level.ReviewWithin is null || IsTerm(level.ReviewWithin.Value), $"{at}.reviewWithin",
                "Enter a limit such as «10 bd», or none.")
            .Check(level.FirstUpdate.HasValue == level.UpdateEvery.HasValue, $"{at}.updateEvery",
                "Enter both limits for updates, the first and the further ones, or neither.")
            .Check((level.Pause == PauseMode.Proposed) == level.ProposalDeadline.HasValue, $"{at}.proposalDeadline",
                "Only a proposed pause has a deadline, and it must have one.")
            .Check(level.ProposalDeadline
                is null || (IsTerm(level.ProposalDeadline.Value) && level.ProposalDeadline.Value.Unit != TermUnit.BusinessDays),
                $"{at}.proposalDeadline", "Enter minutes, hours or days. Collection continues until then.")
            .Check(level.ProposalDeadline is null || level.ProposalDeadline.Value.Nominal <= PauseRules.MaxProposalDuration,
                $"{at}.proposalDeadline",
                    $"At most {PauseRules.MaxProposalDuration.TotalDays:0} days: no proposal may be open for longer.");
        CheckApprovals(check, level.ResumeApprovals, $"{at}.resumeApprovals");
        CheckApprovals(check, level.TerminateApprovals, $"{at}.terminateApprovals");
    }

    private static void CheckApprovals(Validation check, IReadOnlyList<ApprovalRole> roles, string field) =>
        check.Check(roles.Count > 0, field, "At least one approval is required.")
            .Check(roles.Distinct().Count() == roles.Count, field, "Name each role once.")
            .Check(roles.All(Enum.IsDefined), field, "A role is Owner, Privacy or Executive.");

    /// <summary>A more severe level is never less strict, so that nobody gains by declaring another level.</summary>
    private static void CheckNotLaxer(Validation check, SevLevel worse, SevLevel better)
    {
        var at = $"levels[{(int)worse.Sev}]";
        var than = $"SEV {(int)better.Sev}";
        check.Check(worse.Acknowledge.CompareTo(better.Acknowledge) <= 0, $"{at}.acknowledge", $"Must not be longer than for {than}.")
            .Check(NotSlower(worse.FirstUpdate, better.FirstUpdate), $"{at}.firstUpdate", $"Must not be longer than for {than}.")
            .Check(NotSlower(worse.UpdateEvery, better.UpdateEvery), $"{at}.updateEvery", $"Must not be longer than for {than}.")
            .Check(NotSlower(worse.ReviewWithin, better.ReviewWithin), $"{at}.reviewWithin", $"Must not be longer than for {than}.")
            .Check(worse.Pause >= better.Pause, $"{at}.pause", $"Must not be weaker than for {than}.")
            .Check(!better.ResumeApprovals.Except(worse.ResumeApprovals).Any(), $"{at}.resumeApprovals",
                $"Must include every role that {than} requires.")
            .Check(!better.TerminateApprovals.Except(worse.TerminateApprovals).Any(), $"{at}.terminateApprovals",
                $"Must include every role that {than} requires.");
    }

    private static bool NotSlower(Term? worse, Term? better) => better is null || (worse is { } w && w.CompareTo(better.Value) <= 0);

    private static bool IsTerm(Term term) => term.Count is >= 1 and <= Term.MaxCount && Enum.IsDefined(term.Unit);

    private static bool Same(IReadOnlyList<SevLevel> a, IReadOnlyList<SevLevel> b) => a.Zip(b).All(p =>
        p.First with { ResumeApprovals = [], TerminateApprovals = [] } is var x
        && p.Second with { ResumeApprovals = [], TerminateApprovals = [] } is var y
        && x with { ResumeApprovals = y.ResumeApprovals, TerminateApprovals = y.TerminateApprovals } == y
        && p.First.ResumeApprovals.ToHashSet().SetEquals(p.Second.ResumeApprovals)
        && p.First.TerminateApprovals.ToHashSet().SetEquals(p.Second.TerminateApprovals));
}

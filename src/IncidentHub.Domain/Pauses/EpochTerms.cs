using IncidentHub.Domain.Programs;

namespace IncidentHub.Domain.Pauses;

/// <summary>A pause as it was during one epoch.</summary>
/// <param name="Epoch">The epoch in which it became active.</param>
public sealed record ActivePause(Guid Id, long Epoch, PauseScope Scope, int ReleasedShare, bool IsDrill)
{
    public static ActivePause Of(PauseState pause) => new(pause.Id, pause.Epoch!.Value, pause.Scope, pause.ReleasedShare, pause.IsDrill);

    public bool Covers(string category, string? region, int bucket) => PauseState.Reaches(Scope, ReleasedShare, category, region, bucket);
}

/// <summary>What was allowed during one epoch, stored as the rule, so that any category, region and device can be judged later.</summary>
/// <param name="At">When it began, by the hub's clock.</param>
public sealed record EpochTerms(long Epoch, DateTimeOffset At, ProgramLifecycle Lifecycle,
    IReadOnlyList<string> Categories, IReadOnlyList<ActivePause> Pauses)
{
    /// <summary>Whether this category might be collected by a device in that region with that bucket.</summary>
    public bool Allows(string category, string? region, int bucket) =>
        IsCollected(category) && !Pauses.Any(p => p.Covers(category, region, bucket));

    /// <summary>Whether the program collects this category at all, ignoring pauses.</summary>
    public bool IsCollected(string category) => Lifecycle == ProgramLifecycle.Live && Categories.Contains(category, StringComparer.Ordinal);
}

/// <summary>The epochs needed for a judgement, in order and without gaps.</summary>
public sealed class AllowanceHistory
{
    private readonly List<EpochTerms> _epochs;

    /// <param name="epochs">At least one; the last is the current one.</param>
    public AllowanceHistory(IEnumerable<EpochTerms> epochs)
    {
        _epochs = [.. epochs.OrderBy(e => e.Epoch)];
        if (_epochs.Count == 0) throw new ArgumentException("A history has at least the current epoch.", nameof(epochs));
    }

    public EpochTerms Current => _epochs[^1];

    public IReadOnlyList<EpochTerms> Epochs => _epochs;

    /// <summary>When the epoch began; null where it is older than the loaded history.</summary>
    public DateTimeOffset? StartOf(long epoch) => _epochs.Find(e => e.Epoch == epoch)?.At;

    /// <summary>That epoch, and those after it that had begun by <paramref name="until"/>.</summary>
    public IEnumerable<EpochTerms> From(long epoch, DateTimeOffset until) =>
        _epochs.Where(e => e.Epoch == epoch || (e.Epoch > epoch && e.At <= until));

    /// <summary>The epochs that were current at any time of the interval. Empty where it begins before the loaded history.</summary>
    public IReadOnlyList<EpochTerms> Between(DateTimeOffset from, DateTimeOffset until)
    {
        var first = _epochs.FindLastIndex(e => e.At <= from);
        return first < 0 ? [] : [.. _epochs.Skip(first).TakeWhile(e => e.At <= until)];
    }
}

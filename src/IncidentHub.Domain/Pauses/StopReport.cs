namespace IncidentHub.Domain.Pauses;

/// <summary>The kind of proof that one collector stopped. Evidence of continued collecting overrides an acknowledgement.</summary>
public enum StopProof { Pending, Confirmed, Assured, Violating }

/// <summary>One collector that held a permit when the pause became active.</summary>
/// <param name="StoppedBy">Its permit's end + G + 1 s: <see cref="Guarantee.StoppedBy"/>.</param>
/// <param name="AckAt">When its valid acknowledgement was received.</param>
/// <param name="AssuredAt">When its expiry was recorded as proof.</param>
/// <param name="ViolatedAt">When evidence of collecting after its stop was received.</param>
public sealed record StopEvidence(Guid CollectorId, DateTimeOffset StoppedBy, DateTimeOffset? AckAt = null,
    DateTimeOffset? AssuredAt = null, DateTimeOffset? ViolatedAt = null)
{
    public StopProof Proof =>
        ViolatedAt is not null ? StopProof.Violating
        : AckAt is not null ? StopProof.Confirmed
        : AssuredAt is not null ? StopProof.Assured
        : StopProof.Pending;

    /// <summary>
    /// When it had provably stopped: the acknowledgement or the guaranteed end of the permit, whichever was first; null while pending or
    /// violating.
    /// </summary>
    public DateTimeOffset? ProvenStop => Proof switch
    {
        StopProof.Confirmed => AckAt < StoppedBy ? AckAt : StoppedBy,
        StopProof.Assured => StoppedBy,
        StopProof.Pending or StopProof.Violating => null,
    };
}

/// <summary>
/// The progress of a stop. The population was fixed when the pause became active; idle and revoked collectors are listed separately.
/// </summary>
public sealed record StopReport(int Population, int Confirmed, int Assured, int Pending, int Violating, int Idle, int Revoked,
    DateTimeOffset? FullStopAt, TimeSpan? TimeToFullStop)
{
    public int Proven => Confirmed + Assured;
    public bool IsFull => Pending == 0 && Violating == 0;

    /// <summary>The report over these collectors. Where nobody held a permit, collecting stopped at the pause itself.</summary>
    public static StopReport Of(DateTimeOffset pausedAt, IReadOnlyCollection<StopEvidence> population, int idle = 0, int revoked = 0)
    {
        int Count(StopProof proof) => population.Count(e => e.Proof == proof);
        var full = population.All(e => e.ProvenStop is not null);
        var last = full ? population.Max(e => e.ProvenStop) ?? pausedAt : (DateTimeOffset?)null;
        if (last < pausedAt) last = pausedAt;
        return new(population.Count, Count(StopProof.Confirmed), Count(StopProof.Assured), Count(StopProof.Pending),
            Count(StopProof.Violating), idle, revoked, last, last - pausedAt);
    }
}

namespace IncidentHub.Domain.Programs;

/// <summary>The switch settings of a program's collectors, described in docs/switch.md.</summary>
/// <param name="Ttl">How long a permit is good for; a collector that receives nothing stops after it.</param>
/// <param name="GracePeriod">The grace period: the longest act of a collector that cannot be interrupted.</param>
/// <param name="Renewal">The interval at which a collector renews its permit.</param>
public sealed record SwitchSettings(TimeSpan Ttl, TimeSpan GracePeriod, TimeSpan Renewal)
{
    /// <summary>60 s, 2 s, every 20 s: a stop bound of 63 s.</summary>
    public static readonly SwitchSettings Default = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20));

    /// <summary>15 s, 2 s, every 5 s: a stop bound of 18 s.</summary>
    public static readonly SwitchSettings HighRisk = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5));
}

/// <summary>The limits of what an owner may set. Configured by <c>Switch:*</c>.</summary>
public sealed record SwitchLimits
{
    public TimeSpan MinTtl { get; init; } = TimeSpan.FromSeconds(5);
    public TimeSpan MaxTtl { get; init; } = TimeSpan.FromMinutes(10);
    public TimeSpan MaxGracePeriod { get; init; } = TimeSpan.FromSeconds(30);
    public TimeSpan MinRenewal { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Adds settings that are out of bounds to <paramref name="check"/>, by field.</summary>
    public Validation Check(Validation check, SwitchSettings settings) => check
        .Check(IsWhole(settings.Ttl) && settings.Ttl >= MinTtl && settings.Ttl <= MaxTtl, "ttlSeconds",
            $"Whole seconds from {MinTtl.TotalSeconds} to {MaxTtl.TotalSeconds}.")
        .Check(IsWhole(settings.GracePeriod) && settings.GracePeriod >= TimeSpan.Zero && settings.GracePeriod <= MaxGracePeriod,
            "gracePeriodSeconds", $"Whole seconds from 0 to {MaxGracePeriod.TotalSeconds}.")
        // Two attempts must fit into a permit's life: one lost response must not stop an honest collector.
        .Check(IsWhole(settings.Renewal) && settings.Renewal >= MinRenewal && settings.Renewal * 2 <= settings.Ttl, "renewalSeconds",
            $"Whole seconds, at least {MinRenewal.TotalSeconds} and at most half of the permit TTL.");

    // Permit times are whole seconds, rounded down.
    private static bool IsWhole(TimeSpan time) => time.Ticks % TimeSpan.TicksPerSecond == 0;
}

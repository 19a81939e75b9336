namespace IncidentHub.Collector;

/// <summary>What a collector needs to know.</summary>
public sealed record CollectorOptions
{
    /// <summary>The hub's address, for example <c>https://incidenthub.example/</c>.</summary>
    public required Uri Hub { get; init; }

    /// <summary>Codes of the programs to collect for.</summary>
    public required IReadOnlyList<string> Programs { get; init; }

    /// <summary>Registers this collector when it is new. Not needed once it is known to the hub.</summary>
    public string? EnrolmentKey { get; init; }

    /// <summary>Where key pair, id, secret and the highest epochs seen are kept: the same folder is the same collector.</summary>
    public required string StateFolder { get; init; }

    /// <summary>How operators see this collector, at most 100 characters.</summary>
    public required string InstanceName { get; init; }

    /// <summary>Stands for the machine without naming it, at most 100 characters.</summary>
    public required string HostPseudonym { get; init; }

    /// <summary>The recorder's own version.</summary>
    public string Version { get; init; } = "1.0";

    /// <summary>What waits in the recorder's buffer for a program; goes into the evidence of a stop.</summary>
    public Func<string, BufferState> Buffer { get; init; } = _ => BufferState.Empty;

    /// <summary>How long one call may take before it is tried again.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How far the wall clock may drift from the suspend-proof clock within one permit.</summary>
    public TimeSpan MaxDrift { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>Items captured and not handed on yet, with the SHA-256 of their content in lower-case hex.</summary>
public sealed record BufferState(int Items, string? Digest)
{
    public static readonly BufferState Empty = new(0, null);
}

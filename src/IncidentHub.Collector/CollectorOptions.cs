namespace IncidentHub.Collector;

/// <summary>Options of a collector.</summary>
public sealed record CollectorOptions
{
    /// <summary>The hub's address, for example <c>https://incidenthub.example/</c>.</summary>
    public required Uri Hub { get; init; }

    /// <summary>Codes of the programs to collect for.</summary>
    public required IReadOnlyList<string> Programs { get; init; }

    /// <summary>Registers a new collector. Not needed once it is registered.</summary>
    public string? EnrolmentKey { get; init; }

    /// <summary>The folder of key pair, id, secret and highest epochs: the same folder is the same collector.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Display name of this collector, at most 100 characters.</summary>
    public required string InstanceName { get; init; }

    /// <summary>Pseudonym of the device, at most 100 characters.</summary>
    public required string HostPseudonym { get; init; }

    /// <summary>The recorder's own version.</summary>
    public string Version { get; init; } = "1.0";

    /// <summary>The recorder's buffer of a program; included in the evidence of a stop.</summary>
    public Func<string, BufferState> Buffer { get; init; } = _ => BufferState.Empty;

    /// <summary>The timeout of one call.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How far the wall clock may drift from the suspend-proof clock within one permit.</summary>
    public TimeSpan MaxDrift { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>Items captured and not uploaded yet, with the SHA-256 of their content in lower-case hex.</summary>
public sealed record BufferState(int Items, string? Digest)
{
    public static readonly BufferState Empty = new(0, null);
}

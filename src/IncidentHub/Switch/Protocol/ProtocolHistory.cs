using IncidentHub.Platform.Journal;
using IncidentHub.Switch.Collectors;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Switch.Protocol;

/// <summary>The records of a collector's messages. Renewals are not recorded: they are only counted.</summary>
internal static class ProtocolHistory
{
    /// <param name="again">The same key pair had registered before.</param>
    public static JournalEntry Registered(RegistrationFacts registered, bool again) => new()
    {
        Action = again ? "collector.registered-again" : "collector.registered",
        Subject = $"collector {registered.InstanceName}",
        Detail = new
        {
            registered.Id,
            registered.HostPseudonym,
            registered.AppVersion,
            Programs = registered.Programs.Select(p => p.Code),
            registered.Region,
        },
        Topics = [.. registered.Programs.Select(p => FleetTopic.Of(p.Id))],
    };

    public static JournalEntry StopAcknowledged(StopCall call, IReadOnlyList<Guid> pauses) => new()
    {
        By = call.Collector.Actor,
        Action = "stop.acknowledged",
        Subject = $"program {call.Claims.ProgramCode}",
        Detail = new { call.Claims.Epoch, call.Digest, Pauses = pauses, call.Claims.ItemsBuffered },
    };

    /// <param name="digest">SHA-256 of the message.</param>
    public static JournalEntry StopRefused(KnownCollector collector, string digest, Refusal why) => new()
    {
        By = collector.Actor,
        Action = "stop.refused",
        Subject = $"collector {collector.InstanceName}",
        Detail = new { Digest = digest, why.Code, why.Message },
    };
}

/// <summary>A registered collector.</summary>
internal sealed record RegistrationFacts(Guid Id, string InstanceName, string HostPseudonym, string AppVersion, string? Region,
    IReadOnlyList<(Guid Id, string Code)> Programs);

using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Collectors;

/// <summary>Published writer: the signed acknowledgements behind a stop report.</summary>
internal static class StopAcks
{
    /// <summary>Those of a pause's collectors up to this one have served; their rows in the report are about to expire.</summary>
    public static Task ExpireAsync(UnitOfWork tx, Guid pauseId, Guid until) => tx.ExecuteAsync("StopAck_Expire", new { PauseId = pauseId, Until = until });
}

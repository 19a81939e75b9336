using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>Records that a dataset was exposed; the pause policy runs again.</summary>
internal sealed record LinkDataset(string Code, ExposureBody Exposure);

/// <summary>Replaces what is known of an exposure. The page sends all of it, so what is left out is unknown again.</summary>
internal sealed record ChangeExposure(string Code, Guid ExposureId, ExposureBody Exposure);

/// <summary>Takes an exposure back; it stays on record with the reason.</summary>
internal sealed record WithdrawExposure(string Code, Guid ExposureId, string Reason, int? ExpectedVersion);

internal sealed class LinkDatasetHandler(IncidentWork work, ExposureReading reading)
{
    public Task<Result<IncidentChanged>> HandleAsync(LinkDataset c, Actor actor, CancellationToken ct = default) => work.ChangeAsync(
        c.Code, c.Exposure.ExpectedVersion, Act.ChangeIncident, actor,
        async (tx, _) => await reading.ReadAsync(tx, c.Exposure) is var read && read.IsOk
            ? new IncidentCommand.AddExposure(read.Value) : read.Refusal!,
        ct,
        // A new exposure takes back what is being released.
        WriteLane.Pause);

    public Task<Result<IncidentChanged>> HandleAsync(ChangeExposure c, Actor actor, CancellationToken ct = default) => work.ChangeAsync(
        c.Code, c.Exposure.ExpectedVersion, Act.ChangeIncident, actor,
        (_, state) => Task.FromResult<Result<IncidentCommand>>(
            ExposureReading.Check(c.Exposure) is { } unreadable ? unreadable
            : state.Exposures.FirstOrDefault(e => e.Id == c.ExposureId && e.IsActive) is { } known
                ? new IncidentCommand.ChangeExposure(
                    ExposureReading.Fill(c.Exposure, new()
                    {
                        Id = known.Id,
                        DatasetId = known.DatasetId,
                        DatasetName = known.DatasetName,
                        Evidence = known.Evidence
                    }))
                : Refusal.NotFound("The exposure")),
        ct);

    public Task<Result<IncidentChanged>> HandleAsync(WithdrawExposure c, Actor actor, CancellationToken ct = default) =>
        work.ChangeAsync(c.Code, c.ExpectedVersion, Act.ChangeIncident, actor, new IncidentCommand.WithdrawExposure(c.ExposureId, c.Reason),
            ct);
}

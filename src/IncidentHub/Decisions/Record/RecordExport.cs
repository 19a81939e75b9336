using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Keys;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Obligations;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Decisions.Record;

/// <summary>
/// Exports the record of a decision that was made, with what it rested on, signed: criteria, recommendation, approvals, opinions, history,
/// the stop reports of its pauses, and the obligations and digests of evidence of its incidents, each as far as the reader may see it.
/// </summary>
internal sealed class RecordExport(
    DecisionQueries decisions, PauseQueries pauses, ObligationQueries obligations, EvidenceQueries evidence, SigningKeys keys,
    TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new EnumNames() } };

    public async Task<Result<string>> MakeAsync(string code, Actor reader, CancellationToken ct = default)
    {
        var found = await decisions.FindAsync(code, reader, ct);
        if (found.Refusal is { } refused) return refused;
        if (found.Value.View.Status != DecisionStatus.Decided)
            return Refusal.NotAllowed("not_decided", "There is a record of it when it is decided. Read the decision itself until then.");
        var stops = new List<StopReportView>();
        foreach (var pause in found.Value.Decision.State.Pauses)
        {
            var stop = await pauses.OrderedAsync(pause.PauseId, reader, ct);
            if (stop.IsOk) stops.Add(stop.Value);
        }
        var (answered, files) = (new List<ObligationView>(), new List<EvidenceView>());
        foreach (var incident in found.Value.View.Pauses.Select(p => p.Incident).OfType<string>().Distinct())
        {
            await AllAsync(cursor => obligations.ListAsync(new() { Incident = incident }, cursor, Cursor.MaxLimit, reader, ct), answered);
            await AllAsync(cursor => evidence.ListAsync(incident, cursor, Cursor.MaxLimit, reader, ct), files);
        }
        var record = new
        {
            format = SignedRecord.Format,
            exportedBy = reader.Name,
            decision = found.Value.View,
            stopReports = stops,
            obligations = answered,
            evidence = files,
        };
        return SignedRecord.Sign(JsonSerializer.Serialize(record, Json), found.Value.View.Code, clock.GetUtcNow(), keys.Current);
    }

    private static async Task AllAsync<T>(Func<string?, Task<Result<Page<T>>>> read, List<T> into)
    {
        string? cursor = null;
        do
        {
            var page = await read(cursor);
            if (!page.IsOk) return;
            into.AddRange(page.Value.Items);
            cursor = page.Value.NextCursor;
        }
        while (cursor is not null);
    }
}

using System.Globalization;
using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Switch.Pauses;

/// <summary>How one collector of a stop report has stopped. Pseudonymous: without the name of a device.</summary>
/// <param name="ProvenAfterSeconds">From the pause; null while pending or violating.</param>
/// <param name="Ack">What the collector signed (JWS), with the hub's signed receipt.</param>
internal sealed record ProofLine(
    Guid Collector, string Host, StopProof Proof, string PermitJti, DateTimeOffset PermitExpiresAt, DateTimeOffset? AckAt,
        string? AckSha256, DateTimeOffset? AssuredAt, DateTimeOffset? ViolatedAt,
    double? ProvenAfterSeconds, string? Ack, string? Receipt);

/// <summary>
/// The stop report with the proof of each collector, for viewers who may see collectors. Reading it is audited; rows are read page by page,
/// regardless of their number.
/// </summary>
internal sealed class StopExport(Db db, PauseQueries queries)
{
    private const int PageSize = 500;

    /// <summary>The report, where the viewer may export it; audited.</summary>
    /// <param name="onlyRows">Only the rows about single collectors are requested: refused once they have expired.</param>
    public async Task<Result<StopReportView>> BeginAsync(Guid pauseId, Actor viewer, CancellationToken ct = default, bool onlyRows = false)
    {
        var page = await queries.StopAsync(pauseId, viewer, ct);
        if (page.Refusal is { } why) return why;
        if (AccessTable.Deny(viewer, Act.ReadCollectors, page.Value.Program.Relation(viewer)) is { } denied) return denied;
        if (page.Value.Pause.State.Activated is null)
            return Refusal.NotAllowed("never_active", "This pause was never active. There is no stop report.");
        if (onlyRows && page.Value.Shape.ExpiredAt is { } expired)
            return Refusal.NotAllowed("rows_expired",
                $"The rows about single collectors expired on {expired:yyyy-MM-dd}. The stop report keeps counts, curve and a digest of "
                    + "the proofs.");
        await db.WriteAsync<Done>(
            async tx =>
            {
                await tx.RecordAsync(viewer, StopHistory.Exported(pauseId, page.Value.Program, page.Value.Counts));
                return default(Done);
            },
            ct: ct);
        return PauseQueries.ToView(page.Value);
    }

    /// <summary>A line for the report, then one for each collector.</summary>
    public async Task WriteLinesAsync(StopReportView report, Stream to, JsonSerializerOptions json, CancellationToken ct)
    {
        await WriteAsync(report with { PendingCollectors = null });
        await foreach (var line in LinesAsync(report.Pause.Id, ct)) await WriteAsync(line);

        async Task WriteAsync<T>(T line)
        {
            await JsonSerializer.SerializeAsync(to, line, json, ct);
            await to.WriteAsync("\n"u8.ToArray(), ct);
        }
    }

    /// <summary>The collectors' lines, without the signed data.</summary>
    public async Task WriteCsvAsync(StopReportView report, Stream to, CancellationToken ct)
    {
        await using var csv = CsvTable.Create(to);
        await csv.WriteRowAsync(["collector", "host", "proof", "permit", "permitExpiresAt", "acknowledgedAt", "acknowledgementSha256",
            "assuredAt", "violatedAt", "provenAfterSeconds"], ct);
        await foreach (var p in LinesAsync(report.Pause.Id, ct))
        {
            await csv.WriteRowAsync([p.Collector, p.Host, p.Proof, p.PermitJti, Time(p.PermitExpiresAt), Time(p.AckAt), p.AckSha256,
                Time(p.AssuredAt), Time(p.ViolatedAt), p.ProvenAfterSeconds], ct);
        }
    }

    private async IAsyncEnumerable<ProofLine> LinesAsync(Guid pauseId,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        Guid? after = null;
        while (true)
        {
            var rows = await db.ReadAsync(
                sql => after is { } last
                    ? sql.QueryAsync<ProofRow>("PauseStop_Proofs", new { PauseId = pauseId, After = last, Limit = PageSize }, "After")
                    : sql.QueryAsync<ProofRow>("PauseStop_Proofs", new { PauseId = pauseId, Limit = PageSize }),
                ct);
            foreach (var row in rows) yield return row.ToLine();
            if (rows.Count < PageSize) yield break;
            after = rows[^1].CollectorId;
        }
    }

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private sealed record ProofRow
    {
        public required Guid CollectorId { get; init; }
        public required string Host { get; init; }
        public required string PermitJti { get; init; }
        public required DateTimeOffset PermitExp { get; init; }
        public required DateTimeOffset? AckAt { get; init; }
        public required string? AckDigest { get; init; }
        public required DateTimeOffset? AssuredAt { get; init; }
        public required DateTimeOffset? ViolatedAt { get; init; }
        public required int? StoppedAfterMs { get; init; }
        public required string? Ack { get; init; }
        public required string? Receipt { get; init; }

        public ProofLine ToLine() => new(
            CollectorId, Host, new StopEvidence(CollectorId, PermitExp, AckAt, AssuredAt, ViolatedAt).Proof, PermitJti, PermitExp, AckAt,
                AckDigest, AssuredAt, ViolatedAt, StoppedAfterMs / 1000.0, Ack, Receipt);
    }
}

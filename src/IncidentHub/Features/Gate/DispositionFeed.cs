using System.Text.Json;
using IncidentHub.Domain;
using IncidentHub.Domain.Gate;
using IncidentHub.Features.ApiKeys;
using IncidentHub.Features.Collectors;
using IncidentHub.Platform;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Features.Gate;

/// <param name="Number">Ask on with the last one seen.</param>
/// <param name="Admission">Signed; for admitted batches only.</param>
internal sealed record DispositionView(
    long Number, Guid BatchId, string Program, Guid Collector, BatchClass Class, Disposition Disposition, DateTimeOffset At, string Digest, long FirstSequence, long LastSequence, long Items, string? Admission);

/// <param name="Next">Ask after this the next time; the same as before where there is nothing new.</param>
internal sealed record DispositionsAnswer(IReadOnlyList<DispositionView> Items, long Next);

/// <summary>Tells ingestion what was decided, in the order of the commits.</summary>
internal sealed class DispositionFeed(Db db, HubTokens tokens)
{
    public async Task<Result<DispositionsAnswer>> AfterAsync(KnownKey key, long? after, int? limit, CancellationToken ct)
    {
        if (after < 0) return Refusal.Invalid("after", "The number of the last disposition seen; 0 or left out to begin.");
        var size = Cursor.Limit(limit);
        if (size.Refusal is { } wrong) return wrong;
        var args = new { After = after ?? 0, Limit = size.Value, Ids = JsonSerializer.Serialize(key.ProgramIds ?? (IEnumerable<Guid>)[]) };
        var rows = await db.ReadAsync(sql => key.ProgramIds is null ? sql.QueryAsync<Row>("GateDisposition_After", args) : sql.QueryAsync<Row>("GateDisposition_After", args, "Programs"), ct);
        return new DispositionsAnswer([.. rows.Select(View)], rows.Count == 0 ? args.After : rows[^1].Number);
    }

    private DispositionView View(Row r)
    {
        var (held, what) = (Enum.Parse<BatchClass>(r.Class), Enum.Parse<Disposition>(r.Disposition));
        var entry = new GateEntry(r.BatchId, r.CollectorId, r.FirstSequence, r.LastSequence, r.Digest, r.Epoch, r.At, held, GateEntry.ReasonOf(held), [], what);
        return new(r.Number, r.BatchId, r.Program, r.CollectorId, held, what, r.At, r.Digest, r.FirstSequence, r.LastSequence, r.Items, what == Disposition.Admit ? Admissions.Sign(tokens, r.Program, entry) : null);
    }

    private sealed record Row
    {
        public required long Number { get; init; }
        public required Guid BatchId { get; init; }
        public required string Program { get; init; }
        public required Guid CollectorId { get; init; }
        public required string Class { get; init; }
        public required string Disposition { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string Digest { get; init; }
        public required long FirstSequence { get; init; }
        public required long LastSequence { get; init; }
        public required long Items { get; init; }
        public required long Epoch { get; init; }
    }
}

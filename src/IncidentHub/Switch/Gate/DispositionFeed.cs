using System.Text.Json;
using IncidentHub.Domain.Gate;
using IncidentHub.Switch.ApiKeys;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Switch.Protocol;

namespace IncidentHub.Switch.Gate;

/// <param name="Number">Continue with the last number read.</param>
/// <param name="Admission">Signed; for admitted batches only.</param>
internal sealed record DispositionView(
    long Number, Guid BatchId, string Program, Guid Collector, BatchClass Class, Disposition Disposition, DateTimeOffset At, string Digest,
        long FirstSequence, long LastSequence, long Items, string? Admission);

/// <param name="Next">The number to continue after. It advances over dispositions of programs that are not the key's.</param>
internal sealed record DispositionsAnswer(IReadOnlyList<DispositionView> Items, long Next);

/// <summary>Delivers dispositions to ingestion, in commit order.</summary>
internal sealed class DispositionFeed(Db db, HubTokens tokens)
{
    public async Task<Result<DispositionsAnswer>> AfterAsync(KnownKey key, long? after, int? limit, CancellationToken ct)
    {
        if (after < 0) return Refusal.Invalid("after", "The number of the last disposition seen; 0 or left out to begin.");
        var size = Cursor.Limit(limit);
        if (size.Refusal is { } wrong) return wrong;
        var args = new { After = after ?? 0, Limit = size.Value, Ids = JsonSerializer.Serialize(key.ProgramIds ?? (IEnumerable<Guid>)[]) };
        return await db.ReadAsync<Result<DispositionsAnswer>>(
            async sql =>
            {
                // Read before the rows: numbers become visible in order, so all numbers up to this one are included in the following read.
                var last = await sql.ScalarAsync<long>("GateDispositionHead_Last");
                if (args.After > last)
                    return Refusal.Invalid(
                    "after",
                    $"No disposition has that number yet: the last one is {last}. Where the hub was restored from a backup, ask again "
                        + $"from 0 on.");
                var rows = args.After == last
                    ? [] : await (key.ProgramIds is null ? sql.QueryAsync<Row>("GateDisposition_After", args) : sql.QueryAsync<Row>(
                        "GateDisposition_After", args, "Programs"));
                return new DispositionsAnswer([.. rows.Select(View)],
                    rows.Count == args.Limit ? rows[^1].Number : Math.Max(last, rows.Count == 0 ? 0 : rows[^1].Number));
            },
            ct);
    }

    private DispositionView View(Row r)
    {
        var (held, what) = (Enum.Parse<BatchClass>(r.Class), Enum.Parse<Disposition>(r.Disposition));
        var entry = new GateEntry(r.BatchId, r.CollectorId, r.FirstSequence, r.LastSequence, r.Digest, r.Epoch, r.At, held,
            GateEntry.ReasonOf(held), [], what);
        return new(r.Number, r.BatchId, r.Program, r.CollectorId, held, what, r.At, r.Digest, r.FirstSequence, r.LastSequence, r.Items,
            what == Disposition.Admit ? Admissions.Sign(tokens, r.Program, entry) : null);
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

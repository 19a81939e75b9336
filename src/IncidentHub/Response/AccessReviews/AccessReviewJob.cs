using System.Diagnostics;
using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.AccessReviews;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Response.Evidence;

namespace IncidentHub.Response.AccessReviews;

/// <param name="Rows">How many rows are read between two checkpoints at most; mostly the time decides first.</param>
internal sealed record AccessReviewPace(long Rows);

/// <summary>
/// Reads the logs of running reviews. Every some seconds the place in the log, the sums and the accesses since the last time are stored in
/// one transaction: after a crash it goes on from there, and nothing is counted twice.
/// </summary>
internal sealed class AccessReviewJob(Db db, EvidenceFiles files, ReviewCommands commands, AccessReviewPace pace) : DurableJob
{
    private const int LookEvery = 4_096, MaxWaiting = 4 * 1024 * 1024, ChunkSize = 256 * 1024, AccountsAtOnce = 1_000;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    public override async Task RunAsync(CancellationToken ct)
    {
        foreach (var row in await db.ReadAsync(sql => sql.QueryAsync<CodeRow>("AccessReview_Running"), ct))
        {
            if (await db.ReadAsync(sql => ReviewStore.FindAsync(sql, Actor.System, row.Code), ct) is not { } review) continue;
            try
            {
                await ReadAsync(review, ct);
            }
            catch (Exception e) when ((e as LogException ?? CsvRows.Explain(e)) is { } why)
            {
                await EndAsync(review, new FailReview(why.Message), ct);
            }
        }
    }

    private async Task ReadAsync(ReviewRecord review, CancellationToken ct)
    {
        var file = files.Open(review.State.EvidenceId) ?? throw new LogException($"The file of {review.EvidenceCode} is missing.");
        var digest = await EvidenceFiles.DigestAsync(file, ct);
        using var source = new LogSource(file);
        var known = await db.ReadAsync(sql => EvidenceReader.FindAsync(sql, Actor.System, review.EvidenceCode), ct);
        if (digest is null || digest != known?.State.File.Sha256)
            throw new LogException($"The file of {review.EvidenceCode} differs from its digest.");
        var (audience, state) = await db.ReadAsync(sql => ReviewStore.RunAsync(sql, review.State.Id), ct);
        var scan = new LogScan(review.State.Settings, audience, state);
        if (state?.Place.IsEnd != true && !await ReadAsync(review, source, scan, state?.Place, ct)) return;
        await StoreAccountsAsync(review, scan, ct);
        await EndAsync(review, new FinishReview(scan.Result(digest)), ct);
    }

    /// <summary>Reads to the end. False: cancelled; the next run goes on from the last checkpoint.</summary>
    private async Task<bool> ReadAsync(ReviewRecord review, LogSource source, LogScan scan, LogPlace? place, CancellationToken ct)
    {
        using var rows = LogRows.Open(source, review.State.Settings.Mapping, place);
        var table = rows as CsvRows;
        var (saved, savedRows, chunks) = (Stopwatch.GetTimestamp(), scan.Rows, new List<(int Ordinal, int Accesses, string Data)>());
        while (rows.Read())
        {
            if ((scan.Rows & (LookEvery - 1)) == 0 || scan.Rows - savedRows >= pace.Rows)
            {
                ct.ThrowIfCancellationRequested();
                if (Stopwatch.GetElapsedTime(saved) > Pace || chunks.Sum(c => c.Data.Length) > MaxWaiting
                    || scan.Rows - savedRows >= pace.Rows)
                {
                    if (!await SaveAsync(review, scan, rows.Place(), chunks, source, ct)) return false;
                    (saved, savedRows) = (Stopwatch.GetTimestamp(), scan.Rows);
                }
            }
            if (table is null) scan.Add(rows);
            else scan.Add(table);
            if (scan.Waiting > ChunkSize && scan.TakeChunk() is { } chunk) chunks.Add(chunk);
        }
        return await SaveAsync(review, scan, LogPlace.End, chunks, source, ct);
    }

    private async Task<bool> SaveAsync(ReviewRecord review, LogScan scan, LogPlace place,
        List<(int Ordinal, int Accesses, string Data)> chunks, LogSource source, CancellationToken ct)
    {
        if (scan.TakeChunk() is { } last) chunks.Add(last);
        var state = scan.State(place);
        var (position, size) = (source.Position, source.Size);
        var saved = await db.WriteAsync<bool>(
            async tx =>
            {
                if (!await ReviewStore.SaveRunAsync(tx, review.State.Id, state, chunks, position, size)) return false;
                tx.Touch($"access-review:{review.State.Id}");
                return true;
            },
            ct: ct);
        chunks.Clear();
        return saved.Value;
    }

    private async Task StoreAccountsAsync(ReviewRecord review, LogScan scan, CancellationToken ct)
    {
        await db.WriteAsync<Done>(
            async tx =>
            {
                await tx.ExecuteAsync("AccessReviewAccount_Clear", new { ReviewId = review.State.Id });
                return default(Done);
            },
            ct: ct);
        foreach (var some in scan.Outside.Chunk(AccountsAtOnce))
        {
            var rows = JsonSerializer.Serialize(some.Select(e => new
            {
                e.Number,
                e.Account,
                IsService = e.IsService ? 1 : 0,
                e.Accesses,
                FirstAt = DapperSetup.TimeText(new(e.First, TimeSpan.Zero)),
                LastAt = DapperSetup.TimeText(new(e.Last, TimeSpan.Zero)),
                e.FirstChunk,
                e.LastChunk,
            }));
            await db.WriteAsync<Done>(
                async tx =>
                {
                    await tx.ExecuteAsync("AccessReviewAccount_Insert", new { ReviewId = review.State.Id, Rows = rows });
                    return default(Done);
                },
                ct: ct);
        }
    }

    private async Task EndAsync(ReviewRecord review, ReviewCommand command, CancellationToken ct) => await db.WriteAsync<Done>(
        async tx =>
        {
            await commands.EndAsync(tx, review.Code, command);
            return default(Done);
        },
        ct: ct);

    private sealed record CodeRow
    {
        public required string Code { get; init; }
    }
}

using System.Threading.Channels;

namespace IncidentHub.Platform.Concurrency;

/// <summary>
/// Batches requests that wait at the same time into one transaction: while one batch is written, the next one is collected. Each request
/// gets its own response, after the commit. On SQLite the transaction then shares its commit with others, as every transaction does: the
/// batcher saves statements, on both engines; <see cref="Database.SqliteWriter"/> saves syncs to disk.
/// </summary>
/// <param name="maxBatchSize">The maximum size of a batch.</param>
/// <param name="process">Returns responses in the order of the requests.</param>
internal sealed class RequestBatcher<TRequest, TResponse>(
    int maxBatchSize, Func<IReadOnlyList<TRequest>, Task<IReadOnlyList<TResponse>>> process)
{
    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(20_000) { SingleReader = true });

    private sealed record Pending(TRequest Request, TaskCompletionSource<TResponse> Response);

    public async Task<TResponse> SendAsync(TRequest request, CancellationToken ct)
    {
        var pending = new Pending(request, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await _queue.Writer.WriteAsync(pending, ct);
        return await pending.Response.Task.WaitAsync(ct);
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        var batch = new List<Pending>(maxBatchSize);
        while (await _queue.Reader.WaitToReadAsync(stopping))
        {
            while (batch.Count < maxBatchSize && _queue.Reader.TryRead(out var pending)) batch.Add(pending);
            await ProcessAsync(batch);
            batch.Clear();
        }
    }

    private async Task ProcessAsync(List<Pending> batch)
    {
        try
        {
            var responses = await process(batch.ConvertAll(p => p.Request));
            for (var n = 0; n < batch.Count; n++) batch[n].Response.Answer(responses[n]);
        }
        catch (Exception e) when (batch.Count == 1)
        {
            batch[0].Response.TrySetException(e);
        }
        catch (Exception)
        {
            // A request that cannot be written does not fail the others.
            foreach (var pending in batch) await ProcessAsync([pending]);
        }
    }
}

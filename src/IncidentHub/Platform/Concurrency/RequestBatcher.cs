using System.Threading.Channels;

namespace IncidentHub.Platform.Concurrency;

/// <summary>
/// Batches requests that wait at the same time into one transaction: while one batch is written, the next one is collected. Each request
/// gets its own result, after the commit.
/// </summary>
/// <param name="most">The maximum size of a batch.</param>
/// <param name="record">Returns results in the order of the requests.</param>
internal sealed class RequestBatcher<TRequest, TResponse>(int most, Func<IReadOnlyList<TRequest>, Task<IReadOnlyList<TResponse>>> record)
{
    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(20_000) { SingleReader = true });

    private sealed record Waiting(TRequest Ask, TaskCompletionSource<TResponse> Done);

    public async Task<TResponse> AskAsync(TRequest ask, CancellationToken ct)
    {
        var waiting = new Waiting(ask, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await _queue.Writer.WriteAsync(waiting, ct);
        return await waiting.Done.Task.WaitAsync(ct);
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        var group = new List<Waiting>(most);
        while (await _queue.Reader.WaitToReadAsync(stopping))
        {
            while (group.Count < most && _queue.Reader.TryRead(out var waiting)) group.Add(waiting);
            await RecordAsync(group);
            group.Clear();
        }
    }

    private async Task RecordAsync(List<Waiting> group)
    {
        try
        {
            var answers = await record(group.ConvertAll(w => w.Ask));
            for (var n = 0; n < group.Count; n++) group[n].Done.Answer(answers[n]);
        }
        catch (Exception e) when (group.Count == 1)
        {
            group[0].Done.TrySetException(e);
        }
        catch (Exception)
        {
            // A request that cannot be written does not fail the others.
            foreach (var waiting in group) await RecordAsync([waiting]);
        }
    }
}

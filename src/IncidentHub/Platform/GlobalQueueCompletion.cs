namespace IncidentHub.Platform;

/// <summary>
/// Completes tasks on the global queue instead of the local queue of a thread that continues to work. Continuations on the local queue run
/// on that thread only, and other threads take from it last: under load, completed responses would wait behind all new requests.
/// </summary>
internal static class GlobalQueueCompletion
{
    public static void Answer<T>(this TaskCompletionSource<T> waiting, T answer) =>
        ThreadPool.UnsafeQueueUserWorkItem(static a => a.waiting.TrySetResult(a.answer), (waiting, answer), preferLocal: false);
}

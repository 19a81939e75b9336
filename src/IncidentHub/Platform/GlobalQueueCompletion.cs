namespace IncidentHub.Platform;

/// <summary>
/// Answers those who wait for a thread that goes on working. What such a thread completes itself would be queued to it alone, and others
/// look there last, when nothing else is left to do: under load the answers, although written, would wait behind all new requests.
/// </summary>
internal static class GlobalQueueCompletion
{
    public static void Answer<T>(this TaskCompletionSource<T> waiting, T answer) =>
        ThreadPool.UnsafeQueueUserWorkItem(static a => a.waiting.TrySetResult(a.answer), (waiting, answer), preferLocal: false);
}

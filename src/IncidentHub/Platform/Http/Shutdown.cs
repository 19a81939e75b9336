namespace IncidentHub.Platform.Http;

/// <summary>
/// How long a stopping hub waits for open requests: most end within milliseconds. Streams of collectors end themselves
/// (<see cref="IHostApplicationLifetime.ApplicationStopping"/>), circuits by <see cref="CircuitShutdownMiddleware"/>; what is still open
/// after the limit, such as a download, is aborted, so that the hub's own services have time to stop in order.
/// </summary>
internal sealed class Shutdown : IDisposable
{
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(3);
    private readonly CancellationTokenSource _limit = new();
    private readonly CancellationTokenRegistration _stopping;

    public Shutdown(IHostApplicationLifetime life) =>
        _stopping = life.ApplicationStopping.UnsafeRegister(_ => _limit.CancelAfter(RequestLimit), null);

    /// <summary>Aborts the connection at the limit.</summary>
    public IDisposable Limit(Microsoft.AspNetCore.Connections.ConnectionContext connection) =>
        _limit.Token.UnsafeRegister(static c => ((Microsoft.AspNetCore.Connections.ConnectionContext)c!).Abort(), connection);

    public void Dispose()
    {
        _stopping.Dispose();
        _limit.Dispose();
    }
}

/// <summary>
/// Ends the circuits of open pages when the hub stops, and refuses new ones: a page reconnects at once, and a connection that is accepted
/// between the end of the circuits and the end of the port would keep the process alive. A browser that does not answer the close, such
/// as one on a suspended computer, is not waited for.
/// </summary>
internal sealed class CircuitShutdownMiddleware(RequestDelegate next, IHostApplicationLifetime life)
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromMilliseconds(500);

    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/_blazor"))
        {
            await next(http);
            return;
        }
        if (life.ApplicationStopping.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.Connection = "close";
            return;
        }
        using var end = new CancellationTokenSource();
        await using var abort = end.Token.UnsafeRegister(_ => http.Abort(), null);
        // Also runs at once where the hub began to stop in the meantime.
        await using var stopping = life.ApplicationStopping.UnsafeRegister(_ => end.CancelAfter(CloseTimeout), null);
        await next(http);
    }
}

using IncidentHub.Platform.Http;
using IncidentHub.Switch.Collectors;

namespace IncidentHub.Switch.Protocol;

/// <summary>Responds with the collector's event stream, for as long as the client reads.</summary>
internal sealed class EventsResult(KnownCollector collector, SwitchBroadcaster broadcaster) : IResult
{
    public const string ContentType = "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ContentType;
        // A buffering proxy would delay a stop.
        response.Headers["X-Accel-Buffering"] = "no";
        if (HeadMiddleware.IsAsked(httpContext)) return;
        try
        {
            await response.StartAsync(httpContext.RequestAborted);
            await broadcaster.ServeAsync(
                new EventStream(collector.Id, [.. collector.Programs.Keys], response.BodyWriter, httpContext.Abort),
                httpContext.RequestAborted);
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The client disconnected while its programs were loaded.
        }
    }
}

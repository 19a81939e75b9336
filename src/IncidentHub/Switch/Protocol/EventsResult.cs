using IncidentHub.Switch.Collectors;

namespace IncidentHub.Switch.Protocol;

/// <summary>Answers with the collector's stream of events, for as long as it reads.</summary>
internal sealed class EventsResult(KnownCollector collector, SwitchBroadcaster broadcaster) : IResult
{
    public const string ContentType = "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        // A proxy that collects what passes through it would hold a stop back.
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await response.StartAsync(httpContext.RequestAborted);
            await broadcaster.ServeAsync(
                new EventStream(collector.Id, [.. collector.Programs.Keys], response.BodyWriter, httpContext.Abort),
                httpContext.RequestAborted);
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // It left while its programs were read.
        }
    }
}

using System.Diagnostics;

namespace IncidentHub.Platform.Http;

/// <summary>
/// Gives every request a correlation id: the caller's <c>X-Correlation-Id</c> where it is well formed, else the trace id. It is included in
/// every log line and in the response.
/// </summary>
internal sealed class CorrelationMiddleware(RequestDelegate next, ILogger<CorrelationMiddleware> log)
{
    private const string Header = "X-Correlation-Id";

    public async Task InvokeAsync(HttpContext http)
    {
        var asked = http.Request.Headers[Header].ToString();
        var id = asked.Length is > 0 and <= 64 && asked.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? asked : Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        http.Response.Headers[Header] = id;
        using (log.BeginScope(new Dictionary<string, object> { ["CorrelationId"] = id })) await next(http);
    }
}

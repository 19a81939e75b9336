using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IncidentHub.Platform.Http;

/// <summary>The answer of a probe: the state, then a line for each check that is not healthy, which says what is wrong.</summary>
internal static class HealthAnswer
{
    public static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        // Anybody may ask: descriptions are sentences of the checks, never the text of an exception.
        var wrong = report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy).Select(e => $"\n{e.Key}: {e.Value.Description}");
        return http.Response.WriteAsync(report.Status + string.Concat(wrong));
    }
}

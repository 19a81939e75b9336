using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace IncidentHub.Platform.Http;

/// <summary>A file that somebody sent, handed out as a download only: no browser shows it, and nothing in it runs.</summary>
internal static class FileDownload
{
    private const string Sandbox = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <param name="sha256">Lower-case hex.</param>
    public static FileStreamHttpResult Download(this HttpContext http, Stream content, string name, string sha256)
    {
        http.Response.Headers.ContentSecurityPolicy = Sandbox;
        http.Response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        http.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(sha256))}:";
        return TypedResults.Stream(content, "application/octet-stream", name);
    }
}

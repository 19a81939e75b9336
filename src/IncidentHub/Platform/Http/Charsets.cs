using Microsoft.Net.Http.Headers;

namespace IncidentHub.Platform.Http;

/// <summary>
/// The charset of a body. JSON is UTF-8 (RFC 8259, section 8.1), so the parameter says nothing: UTF-8 is taken however it is written, ASCII
/// is a part of it, and anything else is 415. OFREP reads bodies itself, whatever their content type.
/// </summary>
internal static class Charsets
{
    private static readonly string[] Taken = ["utf-8", "utf8", "us-ascii"];

    /// <summary>Before routing, which selects endpoints by the content type.</summary>
    public static void UseCharsets(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.ContentType is not { Length: > 0 } given || !given.Contains("charset", StringComparison.OrdinalIgnoreCase)
            || given == "application/json; charset=utf-8" || !http.Request.Path.StartsWithSegments("/api")) return next(http);
        if (!MediaTypeHeaderValue.TryParse(given, out var type) || !type.Parameters.Where(IsCharset).All(IsTaken)) return RefuseAsync(http);
        // The framework does not know a charset in quotes.
        http.Request.ContentType = type.MediaType.ToString();
        return next(http);
    });

    private static bool IsCharset(NameValueHeaderValue parameter) => parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase);

    private static bool IsTaken(NameValueHeaderValue charset) =>
        Taken.Contains(charset.GetUnescapedValue().ToString(), StringComparer.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpContext http) =>
        Results.Problem("A body is JSON in UTF-8. Leave out the charset, or send charset=utf-8.",
            statusCode: StatusCodes.Status415UnsupportedMediaType,
            extensions: new Dictionary<string, object?> { ["code"] = "unsupported_charset" }).ExecuteAsync(http);
}

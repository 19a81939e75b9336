using Microsoft.Net.Http.Headers;

namespace IncidentHub.Platform.Http;

/// <summary>
/// Content codings (RFC 9110, section 8.4). Bodies of requests may be compressed; they are read up to the size limit of a plain body, so
/// that a small one cannot become a large one. Responses are compressed where the caller asks: reads of the API and the OpenAPI document
/// (decision 101).
/// </summary>
internal static class ContentCodings
{
    private const string Supported = "gzip, br, deflate";
    private static readonly string[] Names = Supported.Split(", ");
    private static readonly object Compressed = new();

    public static void AddContentCodings(this IServiceCollection services)
    {
        services.AddRequestDecompression();
        services.AddResponseCompression(o =>
        {
            // Which responses is decided by MayCompress, not by the scheme: behind a proxy the hub may see plain HTTP.
            o.EnableForHttps = true;
            o.MimeTypes = ["application/json", "application/problem+json", "application/jsonl", "application/x-ndjson", "text/csv"];
        });
    }

    /// <param name="maxBody">The limit of a decompressed body, in bytes.</param>
    public static void UseRequestCodings(this IApplicationBuilder app, long maxBody)
    {
        app.Use((http, next) =>
        {
            var coding = http.Request.Headers.ContentEncoding.ToString();
            if (coding.Length == 0 || coding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return next(http);
            if (!Names.Contains(coding, StringComparer.OrdinalIgnoreCase)) return RefuseAsync(http);
            http.Items[Compressed] = coding;
            return next(http);
        });
        app.UseRequestDecompression();
        app.Use(async (http, next) =>
        {
            if (http.Items.TryGetValue(Compressed, out var coding))
            {
                http.Request.Body = await ReadAsync(http, (string)coding!, maxBody);
                http.Request.ContentLength = http.Request.Body.Length;
            }
            await next(http);
        });
    }

    /// <summary>
    /// Compresses reads of the API, after routing. Not the pages, which show what a link says beside their antiforgery token; not what
    /// writes, whose responses may hold a secret; not what machines call: permits do not shrink, and an event stream must not be buffered.
    /// </summary>
    public static void UseResponseCodings(this IApplicationBuilder app) =>
        app.UseWhen(MayCompress, compressed => compressed.UseResponseCompression());

    /// <summary>The entity tag of the representation with this content coding: another representation has another tag.</summary>
    public static string TagOf(string tag, string coding) => coding.Length == 0 ? tag : $"{tag[..^1]}-{coding}\"";

    /// <summary>The entity tag without its coding.</summary>
    public static string PlainTag(string tag) =>
        Names.FirstOrDefault(n => tag.EndsWith($"-{n}\"", StringComparison.Ordinal)) is { } coding
            ? $"{tag[..^(coding.Length + 2)]}\"" : tag;

    private static bool MayCompress(HttpContext http) => HttpMethods.IsGet(http.Request.Method)
        && (http.GetEndpoint()?.Metadata.GetMetadata<ApiEndpoint>() is not null || http.Request.Path.StartsWithSegments("/openapi"));

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.Headers[HeaderNames.AcceptEncoding] = Supported;
        return Results.Problem($"A body may be coded by one of {Supported}.", statusCode: StatusCodes.Status415UnsupportedMediaType,
            extensions: new Dictionary<string, object?> { ["code"] = "unsupported_content_encoding" }).ExecuteAsync(http);
    }

    private static async Task<MemoryStream> ReadAsync(HttpContext http, string coding, long maxBody)
    {
        var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
            {
                if (body.Length + read > maxBody)
                    throw new BadHttpRequestException($"A body may have at most {maxBody} bytes when it is decompressed.", 413);
                body.Write(chunk, 0, read);
            }
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            throw new BadHttpRequestException($"The body is not valid {coding}.", e);
        }
        body.Position = 0;
        return body;
    }
}

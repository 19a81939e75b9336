using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
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

    public static void AddContentCodings(this IServiceCollection services)
    {
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
            return Names.Contains(coding, StringComparer.OrdinalIgnoreCase)
                ? ReadAsync(http, coding.ToLowerInvariant(), maxBody, next) : RefuseAsync(http);
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

    // Not by the framework's middleware: its streams take a body that is cut off in its checksum, and one that is followed by something.
    private static async Task ReadAsync(HttpContext http, string coding, long maxBody, RequestDelegate next)
    {
        using var coded = new MemoryStream();
        await http.Request.Body.CopyToAsync(coded, http.RequestAborted);
        var body = new MemoryStream();
        if (coded.Length > 0 && !(coding == "br" ? TryBrotli(coded, body, maxBody) : TryDeflate(coded, body, maxBody, coding == "gzip")))
            throw new BadHttpRequestException($"The body is not valid {coding}.", new InvalidDataException());
        body.Position = 0;
        http.Request.Headers.ContentEncoding = default;
        http.Request.Body = body;
        http.Request.ContentLength = body.Length;
        await next(http);
    }

    private static bool TryBrotli(MemoryStream coded, MemoryStream body, long maxBody)
    {
        using var decoder = new BrotliDecoder();
        var source = coded.GetBuffer().AsSpan(0, (int)coded.Length);
        var chunk = new byte[16 * 1024];
        while (true)
        {
            var status = decoder.Decompress(source, chunk, out var read, out var written);
            Write(body, chunk.AsSpan(0, written), maxBody);
            source = source[read..];
            if (status == OperationStatus.Done) return source.IsEmpty;
            if (status != OperationStatus.DestinationTooSmall) return false;
        }
    }

    private static bool TryDeflate(MemoryStream coded, MemoryStream body, long maxBody, bool gzip)
    {
        coded.Position = 0;
        using Stream stream = gzip ? new GZipStream(coded, CompressionMode.Decompress, leaveOpen: true)
            : new ZLibStream(coded, CompressionMode.Decompress, leaveOpen: true);
        var chunk = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = stream.Read(chunk)) > 0) Write(body, chunk.AsSpan(0, read), maxBody);
        }
        catch (InvalidDataException)
        {
            return false;
        }
        var source = coded.GetBuffer().AsSpan(0, (int)coded.Length);
        var text = body.GetBuffer().AsSpan(0, (int)body.Length);
        // Where a whole body ends there is the length of its text (RFC 1952), or its checksum (RFC 1950).
        return gzip ? source.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(source[^4..]) == (uint)text.Length
            : source.Length >= 6 && BinaryPrimitives.ReadUInt32BigEndian(source[^4..]) == Adler32(text);
    }

    private static uint Adler32(ReadOnlySpan<byte> text)
    {
        var (a, b) = (1u, 0u);
        foreach (var value in text)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }
        return (b << 16) | a;
    }

    private static void Write(MemoryStream body, ReadOnlySpan<byte> text, long maxBody)
    {
        if (body.Length + text.Length > maxBody)
            throw new BadHttpRequestException($"A body may have at most {maxBody} bytes when it is decompressed.", 413);
        body.Write(text);
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace IncidentHub.Platform.Http;

/// <summary>
/// Entity tags of the API (RFC 9110, sections 8.8.3 and 13.1): every read has one, made of the version of the resource, where it has one,
/// and a digest of the response; a change takes it as <c>If-Match</c>, which compares the version.
/// </summary>
internal sealed class EntityTagFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) return Tag(http, await next(context));
        var given = http.Request.Headers.IfMatch.ToString();
        if (given is "" or "*") return await next(context);
        if (!TryRead(given, out var version)) return new Refused(Unknown, StatusCodes.Status412PreconditionFailed);
        http.Items[typeof(EntityTagFilter)] = version;
        var result = await next(context);
        return Unwrap(result) is Refused { Refusal.Code: "stale" } stale
            ? new Refused(stale.Refusal, StatusCodes.Status412PreconditionFailed) : result;
    }

    private static readonly Refusal Unknown = Refusal.NotAllowed(
        "stale", "If-Match holds no ETag of this API. Read the thing again and send the ETag of that answer.");

    private static object? Tag(HttpContext http, object? result)
    {
        var inner = Unwrap(result);
        if (inner is not (IStatusCodeHttpResult { StatusCode: 200 } and IValueHttpResult { Value: { } value })) return result;
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), options);
        var digest = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12));
        var version = value.GetType().GetProperty("Version")?.GetValue(value) as int?;
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{(version is { } v ? $"{v}-" : "")}{digest}\"");
        http.Response.Headers.CacheControl = "private, no-cache";
        var known = http.Request.Headers.IfNoneMatch.SelectMany(k => (k ?? "").Split(',', StringSplitOptions.TrimEntries))
            .FirstOrDefault(t => ContentCodings.PlainTag(t) is var one && (one == tag || one == "W/" + tag));
        if (known is not null)
        {
            http.Response.Headers.ETag = known;
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }
        // Another content coding is another representation.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.ETag = ContentCodings.TagOf(tag, http.Response.Headers.ContentEncoding.ToString());
            return Task.CompletedTask;
        });
        return TypedResults.Bytes(body, "application/json; charset=utf-8");
    }

    private static object? Unwrap(object? result) => result is INestedHttpResult nested ? Unwrap(nested.Result) : result;

    // «"7-5f2c…"»: the version is compared, not the digest: other parts of the response may have changed.
    private static bool TryRead(string header, out int version)
    {
        version = 0;
        var parts = EntityTagHeaderValue.TryParse(header, out var tag)
            ? ContentCodings.PlainTag(tag.Tag.ToString()).Trim('"').Split('-') : [];
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out version);
    }
}

internal static class EntityTags
{
    /// <summary>The version that the caller read: from the body or from <c>If-Match</c>; null: not checked.</summary>
    public static int? Expected(this HttpContext http, int? stated) =>
        stated ?? (http.Items.TryGetValue(typeof(EntityTagFilter), out var version) ? (int?)version : null);
}

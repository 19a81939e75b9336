using System.Buffers;
using System.Buffers.Text;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Switch.ApiKeys;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace IncidentHub.Switch.FeatureFlags;

/// <summary>
/// OFREP 0.3. Bodies are read and written by hand: clients accept the protocol's own shapes only, and there are many of them.
/// </summary>
internal sealed partial class OfrepEndpoints(ApiKeyAuthentication keys, OfrepFlags flags, OfrepLimiter limiter, ILogger<OfrepEndpoints> log)
{
    public Task SingleAsync(HttpContext http, string key) => GuardAsync(http, key, async known =>
    {
        var (context, error) = await OfrepRequest.ReadAsync(http.Request, http.RequestAborted);
        if (error is not null)
        {
            await FailAsync(http, StatusCodes.Status400BadRequest, key, error);
        }
        else if (await flags.ProgramOfAsync(key, http.RequestAborted) is not { } programId || !known.Reaches(programId))
        {
            await FailAsync(http, StatusCodes.Status404NotFound, key,
                new(OfrepError.NotFound, "There is no such flag. Flags are program.CODE.collect."));
        }
        else
        {
            var flag = await flags.FlagAsync(programId);
            await SendAsync(http, StatusCodes.Status200OK, flag.Evaluate(context));
        }
    });

    public Task BulkAsync(HttpContext http) => GuardAsync(http, null, async known =>
    {
        var (context, error) = await OfrepRequest.ReadAsync(http.Request, http.RequestAborted);
        if (error is not null)
        {
            await FailAsync(http, StatusCodes.Status400BadRequest, null, error);
            return;
        }
        var body = await AllAsync(known, context, http.RequestAborted);
        var tag = $"\"{Base64Url.EncodeToString(SHA256.HashData(body.Span).AsSpan(0, 18))}\"";
        http.Response.Headers.ETag = tag;
        // For POST no middleware compares the tag.
        if (Matches(http.Request.Headers.IfNoneMatch, tag)) http.Response.StatusCode = StatusCodes.Status304NotModified;
        else await SendAsync(http, StatusCodes.Status200OK, body);
    });

    /// <summary>CORS preflight. No cookie is used here, so every origin is allowed.</summary>
    public static void Preflight(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "POST";
        headers.AccessControlAllowHeaders = "content-type, if-none-match, authorization, x-api-key";
        headers.AccessControlMaxAge = "3600";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task GuardAsync(HttpContext http, string? flag, Func<KnownKey, Task> work)
    {
        if (http.Request.Headers.Origin.Count > 0)
        {
            http.Response.Headers.AccessControlAllowOrigin = "*";
            http.Response.Headers.AccessControlExposeHeaders = "ETag, Retry-After";
        }
        try
        {
            if (await keys.FindAsync(http.Request, http.RequestAborted) is not { } key)
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }
            else if (!key.Has(Scopes.Evaluate))
            {
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
            }
            else if (limiter.Refuses(key.Id) is { } seconds)
            {
                http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
                http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            }
            else
            {
                await work(key);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException && !http.Response.HasStarted)
        {
            LogFailed(e);
            await FailAsync(http, StatusCodes.Status500InternalServerError, flag,
                new(OfrepError.General, "The hub failed to evaluate the flag."));
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> AllAsync(KnownKey known, OfrepContext context, CancellationToken ct)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        body.Write("{\"flags\":["u8);
        var first = true;
        foreach (var key in await flags.KeysAsync(ct))
        {
            if (await flags.ProgramOfAsync(key, ct) is not { } programId || !known.Reaches(programId)) continue;
            if (!first) body.Write(","u8);
            first = false;
            body.Write((await flags.FlagAsync(programId)).Evaluate(context));
        }
        body.Write("],\"metadata\":{}}"u8);
        return body.WrittenMemory;
    }

    private static Task FailAsync(HttpContext http, int status, string? key, OfrepError error) =>
        SendAsync(http, status, key is null
            ? JsonSerializer.SerializeToUtf8Bytes(new { errorCode = error.Code, errorDetails = error.Details })
            : JsonSerializer.SerializeToUtf8Bytes(new { key, errorCode = error.Code, errorDetails = error.Details }));

    private static Task SendAsync(HttpContext http, int status, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = MediaTypeNames.Application.Json;
        http.Response.ContentLength = body.Length;
        return http.Response.BodyWriter.WriteAsync(body).AsTask();
    }

    private static bool Matches(StringValues asked, string tag) =>
        EntityTagHeaderValue.TryParseList(asked, out var tags) && tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Tag == tag);

    [LoggerMessage(LogLevel.Error, "A flag could not be evaluated")]
    private partial void LogFailed(Exception e);
}

using System.Text.Json;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Telemetry;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace IncidentHub.Platform.Http;

/// <summary>Refusals as RFC 9457 problem details, each with a stable <c>code</c>; for bad input also <c>errors</c> by field.</summary>
internal static class Problems
{
    private static readonly TimeSpan RetryAway = TimeSpan.FromSeconds(5), RetryStorage = TimeSpan.FromSeconds(30);

    public static IResult ToHttp<T>(this Result<T> result, Func<T, IResult> ok) => result.IsOk
        ? ok(result.Value) : result.Refusal!.ToHttp();

    /// <param name="status">Overrides the status of the refusal's kind.</param>
    public static IResult ToHttp(this Refusal refusal, int? status = null)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = refusal.Code };
        if (refusal.Errors is not null) extensions["errors"] = refusal.Errors;
        if (refusal.Changes is not null) extensions["changes"] = refusal.Changes;
        var problem = Results.Problem(refusal.Message, statusCode: status ?? StatusOf(refusal.Kind), title: TitleOf(refusal.Kind),
            extensions: extensions);
        return refusal.RetryAfter is { } wait ? new RetryLater(problem, wait) : problem;
    }

    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.TooMany => StatusCodes.Status429TooManyRequests,
    };

    private static string TitleOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => "Invalid input",
        RefusalKind.Forbidden => "Not allowed",
        RefusalKind.NotFound => "Not found",
        RefusalKind.Conflict => "Not possible in the current state",
        RefusalKind.TooMany => "Too many requests",
    };

    /// <summary>
    /// Unreadable input is the client's error and names the field; any other exception is a server error without details.
    /// </summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseWhen(IsMachine, machine => machine.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = AnswerAsync,
            SuppressDiagnosticsCallback = IsNoFaultOfTheHub,
        }));
        // Whatever the caller accepts: the framework's own page of a status would be plain text for some.
        app.UseWhen(IsMachine, machine => machine.UseStatusCodePages(context =>
            TypedResults.Problem(statusCode: context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext)));
        // Of pages that are rendered once. A live page shows its own failure.
        app.UseWhen(http => !IsMachine(http), people => people.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = http => (Bad(http, http.Features.Get<IExceptionHandlerFeature>()?.Error) is { } bad
                ? TypedResults.Text("The hub cannot read this request. Go back and try again.", statusCode: bad.StatusCode)
                : Unavailable.Of(http.Features.Get<IExceptionHandlerFeature>()?.Error) is { } unavailable
                ? TypedResults.Text(unavailable.Sentence, statusCode: 503)
                : TypedResults.Text("This page failed to load. Go back and try again.", statusCode: 500)).ExecuteAsync(http),
            SuppressDiagnosticsCallback = IsNoFaultOfTheHub,
        }));
    }

    // Errors of the client are not logged as errors of the hub; what the disk does not take is logged once, not with each request.
    private static bool IsNoFaultOfTheHub(ExceptionHandlerSuppressDiagnosticsContext context) =>
        Bad(context.HttpContext, context.Exception) is not null || (DatabaseFaults.StorageOf(context.Exception) is not null
            && context.HttpContext.RequestServices.GetRequiredService<StorageState>().Fault is not null);

    // The framework reports a form that it cannot read in several ways, of which only some are errors of the client to it.
    private static BadHttpRequestException? Bad(HttpContext http, Exception? error) => error switch
    {
        BadHttpRequestException bad => bad,
        not null when DatabaseFaults.StorageOf(error) is not null => null,
        InvalidDataException or IOException or NotSupportedException
            when http.Features.Get<IFormFeature>() is { HasFormContentType: true, Form: null } =>
            new BadHttpRequestException("This form cannot be read.", error),
        _ => null,
    };

    private static Task AnswerAsync(HttpContext http)
    {
        var failed = http.Features.Get<IExceptionHandlerFeature>();
        var problem = Bad(http, failed?.Error) is { } bad
            ? Unreadable(bad, failed?.Endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType)
            : Unavailable.Of(failed?.Error) is { } unavailable
                ? new RetryLater(unavailable.ToProblem(), unavailable.IsAway ? RetryAway : RetryStorage)
            : Failed(failed?.Error);
        return problem.ExecuteAsync(http);
    }

    private static IResult ToProblem(this Unavailable unavailable) => Results.Problem(unavailable.Sentence,
        statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not available",
        extensions: new Dictionary<string, object?> { ["code"] = unavailable.Code });

    private static IResult Failed(Exception? error) => Results.Problem(
        error is CommitUnknownException
            ? "The connection to the database broke while the change was saved: whether it was saved is not known. Load the current state, "
                + "or send the request again with its Idempotency-Key."
            : "The hub failed to process the request. Load the current state before you try again. If it fails again, give the trace id "
                + "to an administrator.",
        statusCode: StatusCodes.Status500InternalServerError,
        extensions: new Dictionary<string, object?> { ["code"] = error is CommitUnknownException ? "result_unknown" : "internal" });

    /// <summary>The problem details, with the Retry-After header.</summary>
    private sealed class RetryLater(IResult problem, TimeSpan wait) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds))
                .ToString(System.Globalization.CultureInfo.InvariantCulture);
            return problem.ExecuteAsync(http);
        }
    }

    /// <summary>Gives the answers of the framework the stable <c>code</c> that every problem has, and a 401 its challenge.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var status = context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode;
        context.ProblemDetails.Extensions.TryAdd("code", status switch
        {
            StatusCodes.Status400BadRequest => "invalid",
            StatusCodes.Status401Unauthorized => "unauthenticated",
            StatusCodes.Status403Forbidden => "forbidden",
            StatusCodes.Status404NotFound => "not_found",
            StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
            StatusCodes.Status413PayloadTooLarge => "too_large",
            StatusCodes.Status415UnsupportedMediaType => "unsupported_media_type",
            StatusCodes.Status429TooManyRequests => "too_many",
            _ => "internal",
        });
        if (context.ProblemDetails.Extensions["code"] is string code) HubMetrics.Refused(code);
        if (status == StatusCodes.Status401Unauthorized && context.HttpContext.Response.Headers.WWWAuthenticate.Count == 0)
            context.HttpContext.Response.Headers.WWWAuthenticate = "Bearer realm=\"IncidentHub\"";
    }

    /// <summary>Whether a program asks, not a person at a browser.</summary>
    public static bool IsMachine(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/openapi")
            || http.Request.Path.StartsWithSegments("/.well-known") || http.Request.Path.StartsWithSegments("/ofrep");

    private static IResult Unreadable(BadHttpRequestException bad, Type? body)
    {
        if (bad.StatusCode is not StatusCodes.Status400BadRequest)
        {
            return Results.Problem(bad.Message, statusCode: bad.StatusCode,
                extensions: new Dictionary<string, object?> { ["code"] = bad.StatusCode == 413 ? "too_large" : "unreadable" });
        }
        if (bad.InnerException is InvalidDataException or InvalidOperationException or IOException or NotSupportedException)
            return Refusal.Invalid("body", bad.Message).ToHttp();
        if (bad.InnerException is JsonException json)
        {
            var field = FieldOf(json.Path);
            if (body is not null && BodyMembers.TypeAt(body, field) is { } type)
            {
                if (type.IsEnum) return Refusal.Invalid(field, Codes.Allowed(type)).ToHttp();
                if (type == typeof(DateTimeOffset)) return Refusal.Invalid(field, Rfc3339.Form).ToHttp();
            }
            return Refusal.Invalid(field, field == "body"
                ? "This is not valid JSON for this call. See /openapi/v1.json."
                : $"There is no such field here, it is given twice, or its value cannot be read{Line(json)}. "
                    + "See /openapi/v1.json.").ToHttp();
        }
        // Query strings were validated before; a remaining binding error concerns the body.
        return Refusal.Invalid("body", "Send a JSON body. See /openapi/v1.json.").ToHttp();
    }

    private static string Line(JsonException json) => json.LineNumber is { } line ? $" (line {line + 1})" : "";

    private static string FieldOf(string? path) => path is null or "$" || !path.StartsWith("$.", StringComparison.Ordinal)
        ? "body" : path[2..];
}

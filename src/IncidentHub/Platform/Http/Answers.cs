using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Platform.Http;

/// <summary>A refusal as the response of an endpoint: RFC 9457 problem details.</summary>
/// <param name="status">Overrides the status of the refusal's kind.</param>
internal sealed class Refused(Refusal refusal, int? status = null) : IResult
{
    public Refusal Refusal => refusal;

    public Task ExecuteAsync(HttpContext httpContext) => refusal.ToHttp(status).ExecuteAsync(httpContext);
}

/// <summary>Results of commands and queries as typed responses of endpoints, from which the OpenAPI document is generated.</summary>
internal static class Answers
{
    public static Results<Ok<TView>, Refused> ToOk<T, TView>(this Result<T> result, Func<T, TView> view) =>
        result.IsOk ? TypedResults.Ok(view(result.Value)) : new Refused(result.Refusal!);

    public static Results<Ok<T>, Refused> ToOk<T>(this Result<T> result) => result.ToOk(value => value);

    /// <param name="location">The address of the created resource, below the path base of the hub.</param>
    public static Results<Created<TView>, Refused> ToCreated<T, TView>(this Result<T> result, Func<T, string> location,
        Func<T, TView> view) =>
        result.IsOk ? TypedResults.Created("~" + location(result.Value), view(result.Value)) : new Refused(result.Refusal!);

    /// <summary>Something that has no address of its own: a response without <c>Location</c>.</summary>
    public static Results<Created<TView>, Refused> ToCreated<T, TView>(this Result<T> result, Func<T, TView> view) =>
        result.IsOk ? TypedResults.Created((string?)null, view(result.Value)) : new Refused(result.Refusal!);

    public static Results<NoContent, Refused> ToNoContent<T>(this Result<T> result) =>
        result.IsOk ? TypedResults.NoContent() : new Refused(result.Refusal!);
}

using Microsoft.AspNetCore.HttpOverrides;

namespace IncidentHub.Platform.Http;

/// <summary>
/// Answers requests to the hub's own host only, and gives each the scheme, host and path base of <see cref="PublicAddress"/>. Addresses
/// that begin with <c>~/</c> in <c>Location</c> are relative to the path base.
/// </summary>
internal sealed class PublicAddressMiddleware(RequestDelegate next, PublicAddress address)
{
    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        TakeOffPathBase(request);
        // Probes call a container by its address.
        var isProbe = request.Path == "/healthz" || request.Path == "/readyz";
        if (!isProbe && !address.Answers(request.Host)) return Refuse(http, "unknown_host",
            "The hub does not answer at this host name. The operator sets it as PublicUrl; a proxy must pass the header Host on.");
        // Only a trusted proxy can say so: of a plain connection the hub does not know what is before it.
        var wasPlain = address.IsHttps && !request.IsHttps
            && request.Headers.ContainsKey(ForwardedHeadersDefaults.XOriginalProtoHeaderName);
        if (address.IsHttps)
        {
            request.Scheme = Uri.UriSchemeHttps;
            request.Host = new HostString(address.Url.Authority);
        }
        if (wasPlain && !isProbe) return ToHttps(http);
        http.Response.OnStarting(Expand, http);
        return next(http);
    }

    // A proxy passes the path on as it is, or without the path base.
    private void TakeOffPathBase(HttpRequest request)
    {
        if (!address.PathBase.HasValue) return;
        if (request.Path.StartsWithSegments(address.PathBase, StringComparison.Ordinal, out var rest))
            request.Path = rest.HasValue ? rest : "/";
        request.PathBase = address.PathBase;
    }

    // A program that sent its key in clear is to notice, not to be led on.
    private Task ToHttps(HttpContext http)
    {
        if (Problems.IsMachine(http) || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
            return Refuse(http, "https_required", $"Call the hub at {address.Url}, not over plain HTTP.");
        http.Response.Redirect($"{address.Origin}{address.PathBase}{http.Request.Path.ToUriComponent()}{http.Request.QueryString}",
            permanent: false, preserveMethod: true);
        return Task.CompletedTask;
    }

    private static Task Refuse(HttpContext http, string code, string why) =>
        TypedResults.Problem(why, statusCode: StatusCodes.Status400BadRequest,
            extensions: new Dictionary<string, object?> { ["code"] = code }).ExecuteAsync(http);

    private static Task Expand(object state)
    {
        var http = (HttpContext)state;
        if (http.Response.Headers.Location.ToString() is ['~', '/', ..] path)
            http.Response.Headers.Location = http.Request.PathBase.ToUriComponent() + path[1..];
        return Task.CompletedTask;
    }
}

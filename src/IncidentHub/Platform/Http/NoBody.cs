using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace IncidentHub.Platform.Http;

/// <summary>
/// Refuses a body sent to a call that takes none: what it says would be ignored. An empty object says nothing; clients that always send
/// JSON send it.
/// </summary>
internal sealed class NoBodyFilter : IEndpointFilter
{
    private const string None = "This call takes no body.";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not null)
            return await next(context);
        return await CheckAsync(http.Request, http.RequestAborted) is { } refusal ? new Refused(refusal) : await next(context);
    }

    private static async Task<Refusal?> CheckAsync(HttpRequest request, CancellationToken ct)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        if (body.ToArray().AsSpan().Trim(" \t\r\n"u8).IsEmpty) return null;
        try
        {
            using var json = JsonDocument.Parse(body.ToArray());
            if (json.RootElement.ValueKind == JsonValueKind.Null) return null;
            if (json.RootElement.ValueKind != JsonValueKind.Object) return Refusal.Invalid("body", None);
            var check = new Validation();
            foreach (var member in json.RootElement.EnumerateObject()) check.Check(false, member.Name, None);
            return check.ToRefusal();
        }
        // Half a surrogate in a name is an InvalidOperationException.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Refusal.Invalid("body", None);
        }
    }
}

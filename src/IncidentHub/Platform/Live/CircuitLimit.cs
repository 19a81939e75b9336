using System.Collections.Concurrent;
using System.Security.Claims;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;

namespace IncidentHub.Platform.Live;

/// <summary>Configuration section <c>Circuits</c>.</summary>
internal sealed class CircuitOptions
{
    /// <summary>The number of pages that one person may have open: each takes memory of the hub.</summary>
    public int PerPerson { get; set; } = 20;
}

/// <summary>Counts the circuits of each person on this node, also those that wait for a lost connection to come back.</summary>
internal sealed class OpenCircuits(IOptions<CircuitOptions> options)
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    public int Most => options.Value.PerPerson;

    /// <summary>Whether one more page would be too many.</summary>
    public bool AreFull(string person) => _counts.TryGetValue(person, out var count) && count >= Most;

    public bool TryAdd(string person)
    {
        if (_counts.AddOrUpdate(person, 1, (_, count) => count + 1) <= Most) return true;
        Remove(person);
        return false;
    }

    public void Remove(string person)
    {
        if (_counts.AddOrUpdate(person, 0, (_, count) => count - 1) <= 0) _counts.TryRemove(KeyValuePair.Create(person, 0));
    }
}

/// <summary>Refuses a circuit beyond the limit. A browser is told earlier, by <see cref="CircuitLimitMiddleware"/>.</summary>
internal sealed class CircuitLimit(OpenCircuits open, AuthenticationStateProvider authentication) : CircuitHandler
{
    private string? _person;

    // Before other handlers, which set up what would have to be taken down again.
    public override int Order => -1;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if ((await authentication.GetAuthenticationStateAsync()).User.FindFirstValue(Principals.PersonId) is not { } person) return;
        if (!open.TryAdd(person)) throw new InvalidOperationException("This person has too many pages open.");
        _person = person;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_person is { } person) open.Remove(person);
        _person = null;
        return Task.CompletedTask;
    }
}

/// <summary>
/// Answers the request of a page that would become one too many with a plain text that says what to do, and refuses connections of pages
/// from pages of other sites.
/// </summary>
internal sealed class CircuitLimitMiddleware(RequestDelegate next, OpenCircuits open)
{
    public Task InvokeAsync(HttpContext http)
    {
        // Browsers send the cookie with a WebSocket from any page.
        if (http.Request.Path.StartsWithSegments("/_blazor") && ApiGroup.IsOfAnotherOrigin(http.Request))
            return Refusal.Forbidden("Connections from pages of other sites are refused.").ToHttp().ExecuteAsync(http);
        var page = http.GetEndpoint()?.Metadata;
        if (page?.GetMetadata<ComponentTypeMetadata>() is null || page.GetMetadata<ExcludeFromInteractiveRoutingAttribute>() is not null
            || http.User.FindFirstValue(Principals.PersonId) is not { } person || !open.AreFull(person)) return next(http);
        http.Response.Headers.RetryAfter = "60";
        return TypedResults.Text($"You have {open.Most} pages of IncidentHub open. Close some of them, and load this page again. Pages "
            + "whose browser has gone count for five minutes.", statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(http);
    }
}

internal static class CircuitLimits
{
    public static void AddCircuitLimit(this IServiceCollection services)
    {
        services.AddOptions<CircuitOptions>().BindConfiguration("Circuits")
            .Validate(o => o.PerPerson > 0, "Circuits:PerPerson is at least 1.").ValidateOnStart();
        services.AddSingleton<OpenCircuits>();
        services.AddScoped<CircuitHandler, CircuitLimit>();
    }
}

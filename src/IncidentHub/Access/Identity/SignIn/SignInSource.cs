using IncidentHub.Platform.Http;

namespace IncidentHub.Access.Identity;

/// <summary>Where an attempt to sign in came from.</summary>
internal sealed record SignInSource(string Address, string Browser)
{
    /// <summary>By what failures are limited.</summary>
    public string Key { get; init; } = Address;

    /// <summary>An open page of a signed-in person, whose failures are limited by the person.</summary>
    public static SignInSource OfPage(Guid personId, string browser) => new("open page", browser) { Key = personId.ToString() };

    public static SignInSource Of(HttpContext http) =>
        new(ClientAddress.Of(http), BrowserName.Of(http.Request.Headers.UserAgent.ToString()));
}

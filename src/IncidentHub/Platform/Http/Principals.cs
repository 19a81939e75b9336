using System.Security.Claims;
using IncidentHub.Domain.Access;

namespace IncidentHub.Platform.Http;

/// <summary>The signed-in person, from the claims of a request or a page.</summary>
internal static class Principals
{
    /// <summary>The claim that holds the person's id.</summary>
    public const string PersonId = "sub";

    /// <summary>The claim that holds the id of the session, where a browser is signed in.</summary>
    public const string SessionId = "session";

    /// <summary>The claim of a person who acts through an API key of their own.</summary>
    public const string ThroughKey = "key";

    /// <summary>The actor of a signed-in principal. Throws where nobody is signed in.</summary>
    public static Actor ToActor(this ClaimsPrincipal user) => user.FindFirstValue(PersonId) is { } id
        ? new Actor(Guid.Parse(id), user.FindFirstValue("name") ?? "",
            Enum.Parse<Roles>(user.FindFirstValue("roles") ?? nameof(Roles.None)), ThroughKey: user.HasClaim(ThroughKey, "1"))
        : throw new InvalidOperationException("Nobody is signed in.");

    public static Actor Actor(this HttpContext http) => http.User.ToActor();
}

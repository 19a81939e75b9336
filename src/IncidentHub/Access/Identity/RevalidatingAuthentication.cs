using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using IncidentHub.Platform.Http;

namespace IncidentHub.Access.Identity;

/// <summary>
/// A page can stay open for hours: checks every 30 s whether its person is still active with the same roles, and signs the page out if not.
/// </summary>
internal sealed class RevalidatingAuthentication(ILoggerFactory loggers, People people)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(authenticationState.User.FindFirstValue(Principals.PersonId), out var id)) return false;
        var person = await people.FindAsync(id, cancellationToken);
        return person is { IsActive: true } && person.Roles == authenticationState.User.ToActor().Roles;
    }
}

using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace IncidentHub.Access.Identity;

/// <summary>
/// Ties an open page to its session. When the session ends, the page has nobody signed in and leads to the sign-in; when the person's roles
/// change, the page is made again with the new ones, and its next act has them.
/// </summary>
internal sealed class CircuitSession(
    SessionRegistry sessions, SessionCookie cookie, People people, AuthenticationStateProvider authentication)
    : CircuitHandler, IDisposable
{
    private static readonly AuthenticationState Nobody = new(new());
    private readonly SemaphoreSlim _one = new(1, 1);
    private SessionWatcher? _watcher;
    private IDisposable? _subscription;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        if (SessionCookie.SessionId(user) is not { } id) return;
        if (await sessions.FindAsync(id, cancellationToken) is not { } session)
        {
            Use(Nobody);
            return;
        }
        _watcher = new SessionWatcher(session, CheckAsync);
        _subscription = sessions.Watch(_watcher);
        // It may have ended between the two.
        await CheckAsync();
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>What a person does on an open page counts as use of the session.</summary>
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next) => context =>
        {
            if (_watcher is { } watcher) sessions.Seen(watcher.Session);
            return next(context);
        };

    private async Task CheckAsync()
    {
        if (_watcher is not { } watcher) return;
        await _one.WaitAsync();
        try
        {
            var session = await sessions.FindAsync(watcher.Session.Id);
            if (await cookie.PrincipalAsync(session) is not { } principal)
            {
                _subscription?.Dispose();
                Use(Nobody);
                return;
            }
            watcher.Session = session!;
            watcher.RolesUntil = (await people.FindAsync(session!.PersonId))?.LentUntil;
            var shown = (await authentication.GetAuthenticationStateAsync()).User;
            if (!Same(shown, principal)) Use(new(principal));
        }
        catch (ObjectDisposedException)
        {
            // The page was closed meanwhile.
        }
        finally
        {
            _one.Release();
        }
    }

    private static bool Same(System.Security.Claims.ClaimsPrincipal one, System.Security.Claims.ClaimsPrincipal other) =>
        one.Claims.Select(c => (c.Type, c.Value)).SequenceEqual(other.Claims.Select(c => (c.Type, c.Value)));

    private void Use(AuthenticationState state) =>
        ((IHostEnvironmentAuthenticationStateProvider)authentication).SetAuthenticationState(Task.FromResult(state));

    public void Dispose() => _subscription?.Dispose();
}

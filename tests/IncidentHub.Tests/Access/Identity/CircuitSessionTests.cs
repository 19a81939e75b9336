using IncidentHub.Access.Identity;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Identity;

/// <summary>An open page as the hub sees it: a scope with the state of its authentication.</summary>
public sealed class CircuitSessionTests
{
    [Fact]
    public async Task An_open_page_loses_its_person_when_the_session_ends()
    {
        await using var hub = new TestHub();
        var (session, person) = await BeginAsync(hub);
        await using var page = await OpenPage.OpenAsync(hub, person, session);
        Assert.Equal(person.Id, page.User?.ToActor().Id);

        await hub.Db.WriteAsync<Done>(async tx =>
        {
            await SessionChanges.EndAsync(tx, session, person, SessionEnd.SignedOut, person.ToActor());
            return default(Done);
        });
        await Waiting.UntilAsync(() => page.User is null, "the page has nobody signed in");
    }

    [Fact]
    public async Task An_open_page_acts_with_the_roles_of_now()
    {
        await using var hub = new TestHub();
        var (session, person) = await BeginAsync(hub);
        await using var page = await OpenPage.OpenAsync(hub, person, session);
        await hub.Db.WriteAsync<Done>(async tx =>
        {
            await People.SaveAsync(tx, person with { Roles = Roles.Reporter | Roles.Auditor });
            return default(Done);
        });
        await Waiting.UntilAsync(() => page.User?.ToActor().Roles == (Roles.Reporter | Roles.Auditor), "the page has the new roles");
    }

    [Fact]
    public async Task An_open_page_that_nobody_uses_ends_with_its_session()
    {
        await using var hub = new TestHub();
        var (session, person) = await BeginAsync(hub);
        await using var page = await OpenPage.OpenAsync(hub, person, session);
        hub.Clock.Advance(TimeSpan.FromDays(2));
        await Waiting.UntilAsync(() => page.User is null, "the page has nobody signed in");
    }

    [Fact]
    public async Task A_page_that_opens_after_the_session_ended_has_nobody_signed_in()
    {
        await using var hub = new TestHub();
        var (session, person) = await BeginAsync(hub);
        hub.Clock.Advance(TimeSpan.FromDays(2));
        await using var page = await OpenPage.OpenAsync(hub, person, session);
        Assert.Null(page.User);
    }

    /// <summary>
    /// Otherwise an event would come after a later one, or after the part of the page that it was for has been drawn again.
    /// </summary>
    [Fact]
    public async Task The_events_of_a_page_keep_their_order_while_the_use_of_its_session_is_noted()
    {
        await using var hub = new TestHub();
        var (session, person) = await BeginAsync(hub);
        await using var page = await OpenPage.OpenAsync(hub, person, session);
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var writing = hub.Db.WriteAsync<Done>(async _ =>
        {
            entered.SetResult();
            await release.Task;
            return default(Done);
        });
        await entered.Task;
        hub.Clock.Advance(TimeSpan.FromMinutes(2));
        var handled = new List<int>();
        foreach (var n in (int[])[1, 2])
        {
            _ = page.Receive(_ =>
            {
                handled.Add(n);
                return Task.CompletedTask;
            })(null!);
        }
        Assert.Equal([1, 2], handled);
        release.SetResult();
        await writing;
        var registry = hub.Services.GetRequiredService<SessionRegistry>();
        await Waiting.UntilAsync(async () => (await registry.FindAsync(session))!.LastSeenAt == hub.Clock.Now, "the use is noted");
    }

    private static async Task<(Guid Session, Person Person)> BeginAsync(TestHub hub)
    {
        var person = DemoAccounts.Find("responder");
        var changes = hub.Services.GetRequiredService<SessionChanges>();
        var secret = (await hub.Db.WriteAsync<string>(async tx =>
            await changes.BeginAsync(tx, person, SessionOrigin.Sample, "Firefox on Linux"))).Value;
        var session = await hub.Services.GetRequiredService<SessionRegistry>().FindAsync(secret, CancellationToken.None);
        return (session!.Id, person);
    }

    private sealed class OpenPage : IAsyncDisposable
    {
        private readonly AsyncServiceScope _scope;
        private readonly AuthenticationStateProvider _authentication;

        private OpenPage(AsyncServiceScope scope)
        {
            _scope = scope;
            _authentication = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        }

        private CircuitSession Handler => _scope.ServiceProvider.GetServices<CircuitHandler>().OfType<CircuitSession>().Single();

        public System.Security.Claims.ClaimsPrincipal? User =>
            _authentication.GetAuthenticationStateAsync().Result.User is { Identity.IsAuthenticated: true } user ? user : null;

        public static async Task<OpenPage> OpenAsync(TestHub hub, Person person, Guid session)
        {
            var page = new OpenPage(hub.Services.CreateAsyncScope());
            ((IHostEnvironmentAuthenticationStateProvider)page._authentication)
                .SetAuthenticationState(Task.FromResult(new AuthenticationState(person.ToPrincipal(session))));
            await page.Handler.OnCircuitOpenedAsync(null!, CancellationToken.None);
            return page;
        }

        public Func<CircuitInboundActivityContext, Task> Receive(Func<CircuitInboundActivityContext, Task> next) =>
            Handler.CreateInboundActivityHandler(next);

        public ValueTask DisposeAsync() => _scope.DisposeAsync();
    }
}

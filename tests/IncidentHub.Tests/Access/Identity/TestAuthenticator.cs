using IncidentHub.Access.Identity;
using IncidentHub.Domain.Access;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;

namespace IncidentHub.Tests.Access.Identity;

/// <summary>The authenticator app of a person of a hub in production.</summary>
internal sealed class TestAuthenticator(TestHub hub)
{
    private readonly byte[] _secret = AuthenticatorCodes.NewSecret();

    public byte[] Secret => _secret;

    /// <summary>What the app shows now, or some steps later.</summary>
    public string Code(int later = 0) => new Totp(_secret).ComputeTotp(hub.Clock.Now.AddSeconds(30 * later).UtcDateTime);

    /// <summary>A code that the app does not show about now.</summary>
    public string WrongCode() => Enumerable.Range(0, 1_000_000).Select(n => n.ToString("000000", null))
        .First(code => Enumerable.Range(-3, 7).All(step => Code(step) != code));

    /// <summary>Adds the app to the account as its owner does, one step ago, so that the code of now is not used yet.</summary>
    public async Task<IReadOnlyList<string>> TurnOnAsync(string account = "first")
    {
        var on = await hub.CommandsAsync(c => c.TurnOnAsync(hub.ActorOf(account), _secret, Code(-1), LocalHub.Password, null, Page));
        return on.Value.Codes;
    }

    public static SignInSource Page => new("open page", "A browser");
}

internal static class SecondFactorHub
{
    public static async Task<T> CommandsAsync<T>(this TestHub hub, Func<SecondFactorCommands, Task<T>> act)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<SecondFactorCommands>());
    }

    public static Actor ActorOf(this TestHub hub, string account) =>
        hub.Services.GetRequiredService<People>().FindByAccountAsync(account).GetAwaiter().GetResult()!.ToActor();
}

using IncidentHub.Access.Identity;
using IncidentHub.Platform.Http;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Pages.Account;

public partial class SecondFactorCard : LiveComponent
{
    private enum Asking { Nothing, TurnOn, TurnOff, Codes }

    private Authenticator? _app;
    private Asking _asking;
    private byte[]? _secret;
    private string? _picture, _code, _password;
    private NewRecoveryCodes? _codes;
    private Refusal? _refusal;

    /// <summary>The account of the signed-in person.</summary>
    [Parameter, EditorRequired] public string Account { get; set; } = "";

    /// <summary>The session of this browser, which goes on.</summary>
    [Parameter] public Guid? Session { get; set; }

    /// <summary>What the session list says about this browser.</summary>
    [Parameter, EditorRequired] public string Browser { get; set; } = "";

    [Inject] private SecondFactors Factors { get; set; } = null!;
    [Inject] private SecondFactorCommands Commands { get; set; } = null!;
    [Inject] private PublicAddress Address { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    protected override IReadOnlyCollection<string> Topics => [SessionChanges.Topic(Actor.Id)];

    private SignInSource Source => SignInSource.OfPage(Actor.Id, Browser);

    protected override async Task LoadAsync(CancellationToken ct) => _app = await Factors.FindAsync(Actor.Id, ct);

    private void BeginTurnOn()
    {
        _secret = AuthenticatorCodes.NewSecret();
        _picture = AuthenticatorCodes.Picture(_secret, Account, Address.Url.Host);
        Begin(Asking.TurnOn);
    }

    private void Begin(Asking asking) => (_asking, _refusal, _code, _password) = (asking, null, null, null);

    private void Closed(bool open)
    {
        if (!open) (_asking, _secret, _picture, _password) = (Asking.Nothing, null, null, null);
    }

    private async Task TurnOnAsync()
    {
        var on = await Commands.TurnOnAsync(Actor, _secret!, _code, _password, Session, Source, Gone);
        Show(on.Refusal, on.IsOk ? on.Value : null, "The sign-in asks for a code from now on. Your other sessions are ended.");
    }

    private async Task TurnOffAsync() =>
        Show((await Commands.TurnOffAsync(Actor, _password, Session, Source, Gone)).Refusal, null, "The second factor is off.");

    private async Task NewCodesAsync()
    {
        var made = await Commands.NewCodesAsync(Actor, _password, Source, Gone);
        Show(made.Refusal, made.IsOk ? made.Value : null, "The former recovery codes are ended.");
    }

    // The page itself is told by its topic.
    private void Show(Refusal? refusal, NewRecoveryCodes? codes, string done)
    {
        (_refusal, _password) = (refusal, null);
        if (refusal is not null) return;
        _codes = codes;
        Closed(false);
        Toasts.Done(done);
    }
}

using IncidentHub.Access.Identity;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace IncidentHub.Pages.Account;

public partial class PasskeyCard : LiveComponent
{
    private enum Asking { Nothing, Add, Rename, Remove }

    private IReadOnlyList<Passkey> _passkeys = [];
    private Passkey? _chosen;
    private Asking _asking;
    private string? _name, _password;
    private Refusal? _refusal;

    /// <summary>Whether adding one asks for the password.</summary>
    [Parameter] public bool HasPassword { get; set; }

    /// <summary>The session of this browser, which goes on.</summary>
    [Parameter] public Guid? Session { get; set; }

    [Inject] private PasskeyCommands Commands { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private IJSRuntime Js { get; set; } = null!;

    protected override IReadOnlyCollection<string> Topics => [SessionChanges.Topic(Actor.Id)];

    protected override async Task LoadAsync(CancellationToken ct) => _passkeys = await Commands.ListAsync(Actor, ct);

    private void Begin(Asking asking, Passkey? passkey) =>
        (_asking, _chosen, _refusal, _name, _password) = (asking, passkey, null, passkey?.Name, null);

    private void Closed(bool open) => _asking = open ? _asking : Asking.Nothing;

    private async Task AddAsync()
    {
        await using var script = await Js.InvokeAsync<IJSObjectReference>("import", Gone, $"./{Assets["sign-in.js"]}");
        // The person has time to find the device; the browser says when it is too late.
        var said = await script.InvokeAsync<string[]?>("add", Timeout.InfiniteTimeSpan, _name, _password);
        _password = null;
        Show(ScriptRefusal.Of(said, "passkey_failed"), "The passkey is added.");
    }

    private async Task RenameAsync() =>
        Show((await Commands.RenameAsync(Actor, _chosen!.Id, _name, Gone)).Refusal, "The passkey is renamed.");

    private async Task RemoveAsync() =>
        Show((await Commands.RemoveAsync(Actor, _chosen!.Id, Session, Gone)).Refusal, "The passkey is removed.");

    private void Show(Refusal? refusal, string done)
    {
        _refusal = refusal;
        if (refusal is not null) return;
        _asking = Asking.Nothing;
        Toasts.Done(done);
    }
}

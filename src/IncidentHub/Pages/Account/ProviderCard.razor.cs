using IncidentHub.Access.Identity;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace IncidentHub.Pages.Account;

public partial class ProviderCard : LiveComponent
{
    private enum Asking { Nothing, Link, Unlink }

    private IReadOnlyList<LinkedProvider> _linked = [];
    private Asking _asking;
    private string? _chosen, _password;
    private Refusal? _refusal;

    /// <summary>Whether linking and unlinking ask for the password.</summary>
    [Parameter] public bool HasPassword { get; set; }

    /// <summary>The session of this browser, which goes on.</summary>
    [Parameter] public Guid? Session { get; set; }

    /// <summary>What the session list says about this browser.</summary>
    [Parameter, EditorRequired] public string Browser { get; set; } = "";

    /// <summary>The provider whose account could not be linked a moment ago, and why.</summary>
    [SupplyParameterFromQuery] public string? Provider { get; set; }
    [SupplyParameterFromQuery] public string? Refused { get; set; }

    [Inject] private IOptions<ProvidersSettings> Settings { get; set; } = null!;
    [Inject] private LinkedAccounts Linked { get; set; } = null!;
    [Inject] private OwnConfirmation Confirmation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private IJSRuntime Js { get; set; } = null!;

    protected override IReadOnlyCollection<string> Topics => [SessionChanges.Topic(Actor.Id)];

    // Also those that are no longer configured, while something is linked.
    private IReadOnlyList<(string Name, string Label, LinkedProvider? Linked)> Choices =>
        [.. Settings.Value.Providers.Select(p => p.Name).Union(_linked.Select(l => l.Provider))
            .Select(n => (n, Label(n), _linked.FirstOrDefault(l => l.Provider == n)))];

    protected override async Task LoadAsync(CancellationToken ct) => _linked = await Linked.OfAsync(Actor.Id, ct);

    private string Label(string? provider) => Settings.Value.Find(provider ?? "")?.Label ?? provider ?? "";

    private void Begin(Asking asking, string provider) => (_asking, _chosen, _refusal, _password) = (asking, provider, null, null);

    private void Closed(bool open) => _asking = open ? _asking : Asking.Nothing;

    private async Task LinkAsync()
    {
        await using var script = await Js.InvokeAsync<IJSObjectReference>("import", Gone, $"./{Assets["sign-in.js"]}");
        _refusal = ScriptRefusal.Of(await script.InvokeAsync<string[]?>("link", Gone, _chosen, _password), "link_failed");
        _password = null;
    }

    private async Task UnlinkAsync()
    {
        var confirmed = await Confirmation.CheckAsync(Actor, Session, _password, SignInSource.OfPage(Actor.Id, Browser), Gone);
        _password = null;
        _refusal = confirmed.Refusal ?? (await Linked.UnlinkAsync(Actor.Id, _chosen, Actor, Session, Gone)).Refusal;
        if (_refusal is not null) return;
        _asking = Asking.Nothing;
        Toasts.Done($"{Label(_chosen)} is unlinked.");
    }
}

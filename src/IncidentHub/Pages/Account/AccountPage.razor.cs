using IncidentHub.Access.Identity;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IncidentHub.Pages.Account;

/// <summary>What a person sees and changes of their own account.</summary>
public partial class AccountPage : LiveComponent
{
    private IncidentHub.Access.Identity.Person? _person;
    private IReadOnlyList<SessionLine> _sessions = [];
    private IReadOnlyList<SignInLine> _signIns = [];
    private Guid? _session;
    private bool _hasPassword;
    private string? _present, _new;
    private Refusal? _refusal;

    [Inject] private People People { get; set; } = null!;
    [Inject] private PeopleQueries Queries { get; set; } = null!;
    [Inject] private OwnAccountCommands Commands { get; set; } = null!;
    [Inject] private Passwords Passwords { get; set; } = null!;
    [Inject] private PasskeyCommands Passkeys { get; set; } = null!;
    [Inject] private OwnConfirmation Confirmation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    protected override IReadOnlyCollection<string> Topics => [SessionChanges.Topic(Actor.Id)];

    private string Browser => _sessions.FirstOrDefault(s => s.Id == _session)?.Browser ?? "Unknown client";

    protected override async Task LoadAsync(CancellationToken ct)
    {
        _session = SessionCookie.SessionId((await Authentication).User);
        _person = await People.FindAsync(Actor.Id, ct);
        _hasPassword = await Confirmation.IsByPasswordAsync(Actor.Id);
        _sessions = await Queries.SessionsAsync(Actor.Id, Actor, ct);
        _signIns = await Queries.SignInsAsync(Actor.Id, Actor, ct);
    }

    private async Task ChangeAsync()
    {
        var changed = await Passwords.ChangeAsync(Actor, _present, _new, _session, SignInSource.OfPage(Actor.Id, Browser), Gone);
        _refusal = changed.Refusal;
        _present = null;
        if (!changed.IsOk) return;
        _new = null;
        Toasts.Done("The password is changed. Your other sessions are ended.");
        await ReloadAsync();
    }

    private async Task EndAsync(Guid session)
    {
        await Commands.EndSessionAsync(session, Actor, Gone);
        await ReloadAsync();
    }

    private async Task EndOthersAsync()
    {
        await Commands.EndOthersAsync(_session, Actor, Gone);
        Toasts.Done("Your other sessions are ended.");
        await ReloadAsync();
    }
}

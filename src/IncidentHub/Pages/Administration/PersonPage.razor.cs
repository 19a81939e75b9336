using IncidentHub.Access.Identity;
using IncidentHub.Domain.Access;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Pages.Administration;

public partial class PersonPage : LiveComponent
{
    private enum Asking { Nothing, Edit, Lend, Deactivate, SecondFactor, Unlink }

    private PersonLine? _person;
    private IReadOnlyList<SessionLine> _sessions = [];
    private IReadOnlyList<SignInLine> _signIns = [];
    private Refusal? _loadRefusal, _refusal;
    private PersonLink? _link;
    private Asking _asking;
    private IReadOnlyList<LinkedProvider> _linked = [];
    private string? _name, _provider;
    private IReadOnlyCollection<Roles>? _roles;
    private DateTimeOffset? _until;
    private bool _leave;

    [Parameter] public string Account { get; set; } = "";

    [Inject] private PeopleQueries Queries { get; set; } = null!;
    [Inject] private PeopleCommands Commands { get; set; } = null!;
    [Inject] private LinkedAccounts Linked { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    protected override object? ParametersKey => Account;

    protected override IReadOnlyCollection<string> Topics => _person is null ? ["people"] : [SessionChanges.Topic(_person.Id)];

    private string? OnDuty => _person?.Lent(Viewer.Now) is { } lent && lent != Roles.None
        ? $"{RoleText.Of(lent)}, until {Viewer.Short(_person.LentUntil!.Value)}" : "No roles lent";

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Queries.FindAsync(Account, Actor, ct);
        _loadRefusal = found.Refusal;
        _person = found.IsOk ? found.Value : null;
        if (_person is null) return;
        _sessions = await Queries.SessionsAsync(_person.Id, Actor, ct);
        _signIns = await Queries.SignInsAsync(_person.Id, Actor, ct);
        _linked = await Linked.OfAsync(_person.Id, ct);
    }

    private void BeginEdit() => (_asking, _refusal, _name, _roles) = (Asking.Edit, null, _person!.DisplayName, RoleChoices.Of(_person.Own));

    // Until a full minute: seconds would only be noise in the field.
    private void BeginLend() => (_asking, _refusal, _roles, _until) =
        (Asking.Lend, null, [Roles.Responder], Viewer.Now.AddHours(8).AddTicks(-(Viewer.Now.Ticks % TimeSpan.TicksPerMinute)));

    private void Closed(bool open) => _asking = open ? _asking : Asking.Nothing;

    private Task SaveAsync() => DoAsync(() => Commands.ChangeAsync(Account, new(_name ?? "", RoleChoices.All(_roles)), Actor), "Saved.");

    private Task LendAsync() => DoAsync(
        () => Commands.LendAsync(Account, (_roles ?? []).Aggregate(Roles.None, (all, r) => all | r), _until, Actor), "The roles are lent.");

    private Task DeactivateAsync() => DoAsync(() => Commands.DeactivateAsync(Account, _leave, Actor), "The account is deactivated.");

    private Task RemoveSecondFactorAsync() =>
        DoAsync(() => Commands.RemoveSecondFactorAsync(Account, Actor), "Authenticator app and passkeys are removed.");

    private Task UnlinkAsync() => DoAsync(() => Commands.UnlinkAsync(Account, _provider, Actor), "The account is unlinked.");

    private Task ReactivateAsync() => DoAsync(() => Commands.ReactivateAsync(Account, Actor), "The account is active.");

    private Task EndLoanAsync() => DoAsync(() => Commands.EndLoanAsync(Account, Actor), "The lent roles are returned.");

    private Task EndSessionsAsync() => DoAsync(() => Commands.EndSessionsAsync(Account, Actor), "All sessions are ended.");

    private async Task ResetAsync()
    {
        var made = await Commands.ResetAsync(Account, Actor, Gone);
        _refusal = made.Refusal;
        if (made.IsOk) _link = made.Value;
    }

    private async Task DoAsync(Func<Task<Result<Person>>> act, string done)
    {
        var result = await act();
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        _asking = Asking.Nothing;
        Toasts.Done(done);
        await ReloadAsync();
    }
}

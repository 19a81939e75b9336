using IncidentHub.Access.Identity;
using IncidentHub.Access.Identity.Parts;
using IncidentHub.Domain.Access;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Response.Incidents;

/// <summary>The privileged part of an incident. It loads apart from the page: typed text is kept when the page reloads.</summary>
public partial class IncidentPrivileged : LiveComponent
{
    private PrivilegedView? _view;
    private Refusal? _missing, _refusal, _reviseRefusal, _nameRefusal;
    private string? _body, _revised, _account;
    private Guid? _revising;
    private int _revision;
    private IReadOnlyList<Person> _people = [];

    [Inject] private ReadPrivilegedHandler Queries { get; set; } = null!;
    [Inject] private PrivilegedNotes Notes { get; set; } = null!;
    [Inject] private People Accounts { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [CascadingParameter] private IncidentPageModel? Model { get; set; }

    [Parameter, EditorRequired] public string Code { get; set; } = "";

    [Parameter, EditorRequired] public Guid IncidentId { get; set; }

    protected override object? ParametersKey => Code;

    protected override IReadOnlyCollection<string> Topics => [PrivilegedHistory.Topic(IncidentId)];

    private bool MayWrite => AccessTable.Allows(Actor, Act.WritePrivileged) && Model?.View.Status != Domain.Incidents.IncidentStatus.Merged;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Queries.HandleAsync(Code, Actor, ct);
        (_view, _missing) = (found.IsOk ? found.Value : null, found.Refusal);
        if (MayWrite && _people.Count == 0) _people = [.. (await Accounts.ListAsync()).Where(p => p.Roles.HasFlag(Roles.Privacy))];
    }

    private async Task SendAsync()
    {
        var result = await Notes.WriteAsync(Code, _body ?? "", Actor, Gone);
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        _body = null;
        await ReloadAsync();
    }

    private void Begin(PrivilegedNoteView note) => (_revising, _revised, _revision, _reviseRefusal) =
        (note.Id, note.Body, note.Revision, null);

    private async Task ReviseAsync(PrivilegedNoteView note)
    {
        var result = await Notes.ReviseAsync(Code, note.Id, _revised ?? "", _revision, Actor, Gone);
        _reviseRefusal = result.Refusal;
        if (!result.IsOk) return;
        _revising = null;
        await ReloadAsync();
    }

    private async Task ShowLatestAsync()
    {
        await ReloadAsync();
        _revision = _view?.Notes.FirstOrDefault(n => n.Id == _revising)?.Revision ?? _revision;
        _reviseRefusal = null;
    }

    private string? NameOf(string? account) => _people.FirstOrDefault(a => a.Account == account)?.DisplayName;

    private Task<IEnumerable<Choice<string>>> FindAsync(string text, CancellationToken ct) =>
        Task.FromResult(PersonChoices.Find(_people, text, Viewer));

    private async Task NameAsync()
    {
        var result = await Notes.NameAsync(Code, _account ?? "", Actor, Gone);
        _nameRefusal = result.Refusal;
        if (!result.IsOk) return;
        _account = null;
        await ReloadAsync();
    }

    private async Task ReleaseAsync(PrivilegedReaderView reader)
    {
        _nameRefusal = (await Notes.ReleaseAsync(Code, reader.Account, Actor, Gone)).Refusal;
        await ReloadAsync();
    }
}

using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform;
using IncidentHub.Platform.Identity;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Programs.Pages;

public partial class ProgramFormPage : ComponentBase
{
    private static readonly IReadOnlyList<Choice<string>> _categories = [.. DataCategories.Known.Select(c => new Choice<string>(c, DataCategories.Label(c)))];
    private static readonly IReadOnlyList<Choice<string>> _regions = [.. Regions.Known.Select(r => new Choice<string>(r.Key, r.Value))];
    private IReadOnlyList<Choice<Guid?>> _people = [];
    private IReadOnlyList<Choice<Guid>> _deputies = [];
    private ProgramForm _form = new();
    private int? _version;
    private bool _ready, _missing, _busy;
    private Refusal? _refusal;

    [Inject] private ProgramQueries Queries { get; set; } = null!;
    [Inject] private RegisterProgramHandler Register { get; set; } = null!;
    [Inject] private ChangeProgramHandler Change { get; set; } = null!;
    [Inject] private People People { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [CascadingParameter] private Actor Actor { get; set; } = null!;

    [Parameter] public string? Code { get; set; }

    private string? Bound => _form is { TtlSeconds: { } ttl, LongestActSeconds: { } act } ? $"stops within {ttl + act + 1} s" : null;

    protected override async Task OnInitializedAsync()
    {
        var owners = (await People.ListAsync()).Where(p => p.IsActive && (p.Roles & (Roles.ProgramOwner | Roles.Privacy)) != 0).ToList();
        _people = [.. owners.Select(p => new Choice<Guid?>(p.Id, p.DisplayName))];
        _deputies = [.. owners.Select(p => new Choice<Guid>(p.Id, p.DisplayName))];
        if (Code is null)
        {
            _missing = !AccessTable.Allows(Actor, Act.RegisterProgram);
            if (owners.Any(p => p.Id == Actor.Id)) _form.OwnerId = Actor.Id;
        }
        else
        {
            var found = await Queries.FindAsync(Code, Actor);
            _missing = !found.IsOk || !AccessTable.Allows(Actor, Act.EditProgram, found.Value.Program.Relation(Actor));
            if (!_missing) (_form, _version) = (ProgramForm.Of(found.Value.Program.State), found.Value.Program.State.Version);
        }
        _ready = true;
    }

    private async Task SaveAsync()
    {
        if (_busy) return;
        _busy = true;
        var details = _form.ToDetails();
        var result = Code is null
            ? await Register.HandleAsync(new RegisterProgram(Guid.Empty, (_form.Code ?? "").Trim().ToUpperInvariant(), details), Actor)
            : await Change.HandleAsync(new ChangeProgram(Code, new EditProgram(details), _version), Actor);
        _busy = false;
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        Toasts.Done(Code is null ? $"{result.Value.State.Code} is registered as a draft." : "Saved.");
        Navigation.NavigateTo($"/programs/{result.Value.State.Code}");
    }

    // What was typed stays; it is saved over the version that is there now, knowingly.
    private async Task LoadVersionAsync()
    {
        var found = await Queries.FindAsync(Code!, Actor);
        if (!found.IsOk) return;
        _version = found.Value.Program.State.Version;
        _refusal = null;
    }
}

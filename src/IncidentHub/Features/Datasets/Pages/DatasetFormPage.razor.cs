using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Identity;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Datasets.Pages;

public partial class DatasetFormPage : ComponentBase
{
    private static readonly IReadOnlyList<Choice<string>> _categories = [.. DataCategories.Known.Select(c => new Choice<string>(c, DataCategories.Label(c)))];
    private static readonly IReadOnlyList<Choice<string>> _regions = [.. Regions.Known.Select(r => new Choice<string>(r.Key, r.Value))];
    private static readonly IReadOnlyList<Choice<AudienceScope>> _scopes = [.. Enum.GetValues<AudienceScope>().Select(s => new Choice<AudienceScope>(s, DatasetWords.Of(s)))];
    private static readonly IReadOnlyList<Choice<AudienceScope?>> _actualScopes = [.. Enum.GetValues<AudienceScope>().Select(s => new Choice<AudienceScope?>(s, DatasetWords.Of(s)))];
    private IReadOnlyList<Choice<Guid?>> _people = [];
    private DatasetForm _form = new();
    private IReadOnlyList<string> _upstream = [], _programs = [];
    private int? _version;
    private bool _ready, _missing, _busy;
    private Refusal? _refusal;

    [Inject] private DatasetQueries Queries { get; set; } = null!;
    [Inject] private StateDatasetHandler Handler { get; set; } = null!;
    [Inject] private People People { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [CascadingParameter] private Actor Actor { get; set; } = null!;

    [Parameter] public string? Name { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _people = [.. (await People.ListAsync()).Where(p => p.IsActive).Select(p => new Choice<Guid?>(p.Id, p.DisplayName))];
        if (Name is null)
        {
            _missing = !AccessTable.Allows(Actor, Act.RegisterDataset);
            _form.OwnerId = Actor.Id;
        }
        else
        {
            var found = await Queries.FindAsync(Name, Actor);
            _missing = !found.IsOk || !AccessTable.Allows(Actor, Act.EditDataset, DatasetAccess.Relation(found.Value.Dataset, Actor));
            if (!_missing) Take(found.Value, withForm: true);
        }
        _ready = true;
    }

    private void Take(DatasetPage page, bool withForm)
    {
        if (withForm) _form = DatasetForm.Of(page);
        _version = page.Dataset.State.Version;
        _upstream = [.. page.DerivedFrom.Select(b => b.Name)];
        _programs = [.. page.FedBy.Select(p => p.Code)];
    }

    private async Task SaveAsync()
    {
        if (_busy) return;
        _busy = true;
        _refusal = await TrySaveAsync();
        _busy = false;
        if (_refusal is not null) return;
        Toasts.Done("Saved.");
        Navigation.NavigateTo($"/datasets/{Name}");
    }

    private async Task<Refusal?> TrySaveAsync()
    {
        var name = Name ?? (_form.Name ?? "").Trim().ToLowerInvariant();
        var saved = await Handler.HandleAsync(new StateDataset(name, Name is null, _form.ToDetails(), new(_form.Upstream, _upstream), new(_form.Programs, _programs), _version), Actor);
        if (saved.IsOk) Name = saved.Value.State.Name;
        return saved.Refusal;
    }

    // What was typed stays; it is saved over the version that is there now, knowingly.
    private async Task LoadVersionAsync()
    {
        var found = await Queries.FindAsync(Name!, Actor);
        if (!found.IsOk) return;
        Take(found.Value, withForm: false);
        _refusal = null;
    }
}

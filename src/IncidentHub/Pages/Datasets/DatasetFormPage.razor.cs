using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Programs;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Catalog.Datasets.Parts;

namespace IncidentHub.Pages.Datasets;

public partial class DatasetFormPage : ComponentBase
{
    private static readonly IReadOnlyList<Choice<string>> KnownCategories =
        [.. DataCategories.Known.Select(c => new Choice<string>(c, DataCategories.Label(c)))];

    private static readonly IReadOnlyList<Choice<string>> KnownRegions = [.. Regions.Known.Select(r => new Choice<string>(r.Key, r.Value))];
    private static readonly IReadOnlyList<Choice<Classification>> Classifications = Options<Classification>(c => c.ToString());
    private static readonly IReadOnlyList<Choice<DatasetKind>> Kinds = Options<DatasetKind>(k => k.ToString());
    private static readonly IReadOnlyList<Choice<AudienceScope>> Scopes = Options<AudienceScope>(DatasetWords.Of);

    private static readonly IReadOnlyList<Choice<AudienceScope?>> ActualScopes =
        [.. Scopes.Select(s => new Choice<AudienceScope?>(s.Value, s.Text))];

    private static readonly IReadOnlyList<Choice<EncryptionAtRest>> Encryptions =
        [new(EncryptionAtRest.Yes, "Yes"), new(EncryptionAtRest.No, "No"), new(EncryptionAtRest.Unknown, DatasetWords.Unknown)];

    private IReadOnlyList<Person> _people = [];
    private DatasetForm _form = new();
    private IReadOnlyList<string> _upstream = [], _programs = [];
    private int? _version;
    private string? _readyFor;
    private bool _ready, _missing;
    private Refusal? _refusal;

    [Inject] private DatasetQueries Queries { get; set; } = null!;
    [Inject] private DatasetReader Datasets { get; set; } = null!;
    [Inject] private ProgramReader Programs { get; set; } = null!;
    [Inject] private SaveDatasetHandler Handler { get; set; } = null!;
    [Inject] private People People { get; set; } = null!;
    [Inject] private Db Db { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [CascadingParameter] private Actor Actor { get; set; } = null!;

    [Parameter] public string? Name { get; set; }

    // The fields replace one property each.
    private DatasetDetails Details { get => _form.Details; set => _form.Details = value; }

    private string? OwnerName => _people.FirstOrDefault(p => p.Id == _form.OwnerId)?.DisplayName;

    protected override async Task OnParametersSetAsync()
    {
        if (_ready && _readyFor == Name) return;
        (_ready, _readyFor, _refusal) = (false, Name, null);
        _people = [.. (await People.ListAsync()).Where(p => p.IsActive)];
        if (Name is null)
        {
            (_form, _version, _upstream, _programs) = (new() { OwnerId = Actor.Id }, null, [], []);
            _missing = !AccessTable.Allows(Actor, Act.RegisterDataset);
        }
        else
        {
            var found = await Queries.FindAsync(Name, Actor);
            _missing = !found.IsOk || !AccessTable.Allows(Actor, Act.EditDataset, found.Value.Dataset.Relation(Actor));
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
        var name = Name ?? Codes.Lower(_form.Name);
        var upstream = new LinkSelection([.. _form.DerivedFrom ?? []], _upstream);
        var programs = new LinkSelection([.. _form.FedBy ?? []], _programs);
        var saved = await Handler.HandleAsync(new SaveDataset(name, Name is null, _form.ToDetails(), upstream, programs, _version), Actor);
        _refusal = saved.Refusal;
        if (!saved.IsOk) return;
        Toasts.Done(Name is null ? $"{name} is registered." : "Saved.");
        Navigation.NavigateTo($"datasets/{name}");
    }

    // What was typed is kept; the next save deliberately replaces the version that was just loaded.
    private async Task LoadVersionAsync()
    {
        var found = await Queries.FindAsync(Name!, Actor);
        if (!found.IsOk) return;
        Take(found.Value, withForm: false);
        _refusal = null;
    }

    private Task<IEnumerable<Choice<Guid?>>> FindPeopleAsync(string text, CancellationToken ct) => Task.FromResult(_people
        .Where(p => p.BeginsWith(text))
        .Select(p => new Choice<Guid?>(p.Id, p.DisplayName)));

    private async Task<IEnumerable<Choice<string>>> FindDatasetsAsync(string text, CancellationToken ct) =>
        (await Db.ReadAsync(sql => Datasets.SearchByPrefixAsync(sql, text, 25), ct))
        .Where(d => d.Name != Name)
        .Select(d => new Choice<string>(d.Name, d.Name));

    private async Task<IEnumerable<Choice<string>>> FindProgramsAsync(string text, CancellationToken ct) =>
        (await Db.ReadAsync(sql => Programs.SearchByPrefixAsync(sql, text, 25), ct))
        .Select(p => new Choice<string>(p.Code, $"{p.Code} · {p.Name}"));

    private static IReadOnlyList<Choice<T>> Options<T>(Func<T, string> text)
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => new Choice<T>(v, text(v)))];
}

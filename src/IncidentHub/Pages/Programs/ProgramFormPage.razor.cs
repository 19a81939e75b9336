using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using IncidentHub.Catalog.Programs;
using IncidentHub.Catalog.Programs.Parts;

namespace IncidentHub.Pages.Programs;

public partial class ProgramFormPage : ComponentBase
{
    private const int MostFound = 25;
    private static readonly IReadOnlyList<Choice<string>> Categories =
        [.. DataCategories.Known.Select(c => new Choice<string>(c, DataCategories.Label(c)))];
    private static readonly IReadOnlyList<Choice<string>> KnownRegions = [.. Regions.Known.Select(r => new Choice<string>(r.Key, r.Value))];
    private static readonly IReadOnlyList<Choice<Participation>> Participations =
        [.. Enum.GetValues<Participation>().Select(p => new Choice<Participation>(p, ProgramWords.Of(p)))];

    // Names of the owner, the deputies and the people found by searches.
    private readonly Dictionary<Guid, string> _names = [];
    private ProgramForm _form = new();
    private int? _version;
    private bool _ready, _missing;
    private Refusal? _refusal;

    [Inject] private ProgramQueries Queries { get; set; } = null!;
    [Inject] private ProgramPeople People { get; set; } = null!;
    [Inject] private ProgramCommands Commands { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [CascadingParameter] private Actor Actor { get; set; } = null!;

    [Parameter] public string? Code { get; set; }

    // The fields replace one property each.
    private ProgramDetails Details { get => _form.Details; set => _form.Details = value; }

    private string Back => Code is null ? "programs" : $"programs/{Code}";

    private IReadOnlyList<Crumb> Trail => Code is null ? [new("Programs", "programs")] : [new("Programs", "programs"), new(Code, Back)];

    // A value outside of its limits is refused at its field, and no stop bound is shown.
    private string? Bound =>
        _form is { TtlSeconds: > 0 and < 100_000 and var ttl, GracePeriodSeconds: >= 0 and < 100_000 and var gracePeriod }
        ? $"stops at most {Times.Seconds(Guarantee.Bound(TimeSpan.FromSeconds(ttl), TimeSpan.FromSeconds(gracePeriod)))} after a pause"
        : null;

    protected override async Task OnInitializedAsync()
    {
        if (Code is null)
        {
            _missing = !AccessTable.Allows(Actor, Act.RegisterProgram);
            if ((Actor.Roles & (Roles.ProgramOwner | Roles.Privacy)) != 0) _form.OwnerId = Actor.Id;
        }
        else
        {
            var found = await Queries.FindAsync(Code, Actor);
            _missing = !found.IsOk || !AccessTable.Allows(Actor, Act.EditProgram, found.Value.Program.Relation(Actor));
            if (!_missing) (_form, _version) = (ProgramForm.Of(found.Value.Program.State), found.Value.Program.State.Version);
        }
        await NameAsync();
        _ready = true;
    }

    // A draft may contain people whose names this page has not loaded.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Chosen.All(_names.ContainsKey)) return;
        await NameAsync();
        StateHasChanged();
    }

    private IEnumerable<Guid> Chosen => _form.OwnerId is { } owner ? Details.DeputyIds.Prepend(owner) : Details.DeputyIds;

    private async Task NameAsync()
    {
        var missing = Chosen.Where(id => !_names.ContainsKey(id)).ToList();
        var found = await People.NamesAsync(missing);
        foreach (var id in missing) _names[id] = found.TryGetValue(id, out var name) ? name : "not known";
    }

    private string NameOf(Guid? id) => id is { } person && _names.TryGetValue(person, out var name) ? name : "";

    private async Task<IEnumerable<Choice<Guid?>>> FindOwnersAsync(string text, CancellationToken ct) =>
        (await FindAsync(text, ct)).Select(p => new Choice<Guid?>(p.Id, p.Name));

    private async Task<IEnumerable<Choice<Guid>>> FindDeputiesAsync(string text, CancellationToken ct) =>
        (await FindAsync(text, ct)).Where(p => p.Id != _form.OwnerId).Select(p => new Choice<Guid>(p.Id, p.Name));

    private async Task<IReadOnlyList<OwnerPick>> FindAsync(string text, CancellationToken ct)
    {
        var found = await People.SearchAsync(text, MostFound, ct);
        foreach (var person in found) _names[person.Id] = person.Name;
        return found;
    }

    private async Task SaveAsync()
    {
        var details = _form.ToDetails();
        var result = Code is null
            ? await Commands.RegisterAsync(new RegisterProgram(Guid.Empty, _form.Code ?? "", details), Actor)
            : await Commands.RunAsync(Code, new EditProgram(details), _version, Actor);
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        Toasts.Done(Code is null ? $"{result.Value.State.Code} is registered as a draft." : "Saved.");
        Navigation.NavigateTo($"programs/{result.Value.State.Code}");
    }

    // What was typed is kept; the next save deliberately replaces the version that was just loaded.
    private async Task LoadVersionAsync()
    {
        var found = await Queries.FindAsync(Code!, Actor);
        if (!found.IsOk) return;
        _version = found.Value.Program.State.Version;
        _refusal = null;
    }
}

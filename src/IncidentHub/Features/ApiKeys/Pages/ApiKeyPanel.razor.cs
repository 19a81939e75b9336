using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Features.Pauses;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace IncidentHub.Features.ApiKeys.Pages;

public partial class ApiKeyPanel : LiveComponent
{
    private const int Step = 50;
    private List<ApiKeyLine> _keys = [];
    private string? _next;
    private CreatedApiKey? _made;
    private IReadOnlyCollection<Scopes> _scopes = [];
    private IReadOnlyCollection<string> _categories = [];
    private string? _name, _region, _copied;
    private long? _days = ApiKeyRules.DefaultDays;
    private Refusal? _refusal;
    private ApiKeyRow? _ending;
    private bool _busy, _machine;

    /// <summary>The program's code; null for keys that are tied to none.</summary>
    [Parameter] public string? Program { get; set; }

    /// <summary>What the program collects.</summary>
    [Parameter] public IReadOnlyList<string> Categories { get; set; } = [];

    [Parameter] public IReadOnlyList<string> Regions { get; set; } = [];

    [Inject] private IServiceProvider Services { get; set; } = null!;
    [Inject] private IJSRuntime Script { get; set; } = null!;

    protected override object? ParametersKey => Program;

    protected override IReadOnlyCollection<string> Topics { get; } = ["keys"];

    private bool Allows => AccessTable.Allows(Actor, Act.ManageKeys);

    private IReadOnlyList<Scopes> Offered => Program is not null ? ScopeTexts.OfPrograms : _machine ? ScopeTexts.CompanyWide : ScopeTexts.OfOwners;

    private string Example => Program is not null ? "Workstations, first wave" : _machine ? "Ingestion" : "Nightly export";

    protected override void OnInitialized() => Choose(false);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var page = await Services.GetRequiredService<ApiKeyQueries>().ListAsync(Program, null, Math.Clamp(_keys.Count, Step, 200), Actor, ct);
        if (page.IsOk) (_keys, _next) = ([.. page.Value.Items], page.Value.NextCursor);
    }

    private async Task MoreAsync()
    {
        var page = await Services.GetRequiredService<ApiKeyQueries>().ListAsync(Program, _next, Step, Actor, Gone);
        if (!page.IsOk) return;
        _keys.AddRange(page.Value.Items);
        _next = page.Value.NextCursor;
    }

    private void Choose(bool machine)
    {
        _machine = machine;
        _scopes = [Offered[0]];
    }

    private async Task MakeAsync()
    {
        if (_busy) return;
        _busy = true;
        var enrols = _scopes.Contains(Scopes.Enrol);
        var command = new CreateApiKey(
            _name, _scopes.Aggregate(Scopes.None, (all, s) => all | s), Program is null ? [] : [Program], !enrols || string.IsNullOrEmpty(_region) ? null : _region, enrols ? [.. _categories] : [],
            (int)Math.Clamp(_days ?? 0, 0, 10_000));
        var result = await Services.GetRequiredService<ApiKeyHandler>().HandleAsync(command, Actor, Gone);
        _busy = false;
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        (_made, _name, _region, _copied, _categories) = (result.Value, null, null, null, []);
        Choose(_machine);
        await ReloadAsync();
    }

    private async Task RevokeAsync()
    {
        var result = await Services.GetRequiredService<ApiKeyHandler>().HandleAsync(new RevokeApiKey(_ending!.Id), Actor, Gone);
        _refusal = result.Refusal;
        if (result.IsOk) _ending = null;
        await ReloadAsync();
    }

    private async Task CopyAsync()
    {
        try
        {
            await Script.InvokeVoidAsync("hub.copy", _made!.Secret);
            _copied = "Copied.";
        }
        catch (JSException)
        {
            // Browsers give the clipboard to secure pages only, and may ask.
            _copied = "The browser does not let the page copy. Select the key and copy it.";
        }
    }

    private string? About(ApiKeyRow key, IReadOnlyList<string> programs)
    {
        var parts = new List<string>();
        if (key.Granted.HasFlag(Scopes.Enrol)) parts.Add(key.Region is null ? "no region" : Domain.Programs.Regions.Label(key.Region));
        if (Program is null) parts.Add(ApiKeyRules.ActsAsOwner(key.Granted) ? "as its owner" : "company-wide");
        else if (programs.Count > 1) parts.Add("also " + string.Join(", ", programs.Where(p => p != Program)));
        if (key.Granted.HasFlag(Scopes.Evaluate)) parts.Add("its readers keep values: when they stop is not bounded");
        return parts.Count == 0 ? null : string.Join(" · ", parts);
    }
}

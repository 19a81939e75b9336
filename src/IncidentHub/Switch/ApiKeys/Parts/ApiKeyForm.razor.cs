using IncidentHub.Domain.Access;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Switch.ApiKeys.Parts;

public partial class ApiKeyForm : ComponentBase
{
    private static readonly IReadOnlyList<Choice<bool>> Kinds =
        [new(false, "Mine", "It acts as me."), new(true, "Company-wide", "A machine uses it, for every program.")];

    private CreatedApiKey? _made;
    private IReadOnlyCollection<Scopes>? _scopes;
    private IReadOnlyCollection<string>? _categories;
    private string? _name, _region, _networks;
    private long? _days = ApiKeyRules.DefaultDays, _collectors = ApiKeyRules.DefaultCollectors;
    private Refusal? _refusal;
    private bool _machine;

    /// <summary>The program's code; null for company-wide keys.</summary>
    [Parameter] public string? Program { get; set; }

    /// <summary>The categories that the program collects.</summary>
    [Parameter] public IReadOnlyList<string> Categories { get; set; } = [];

    /// <summary>The regions in which the program collects.</summary>
    [Parameter] public IReadOnlyList<string> Regions { get; set; } = [];

    [CascadingParameter] private Actor Actor { get; set; } = null!;

    [Inject] private ApiKeyCommands Commands { get; set; } = null!;

    private bool Manages => AccessTable.Allows(Actor, Act.ManageKeys);

    private bool Enrols => _scopes?.Contains(Scopes.Enrol) == true;

    private IReadOnlyList<Scopes> Offered =>
        Program is not null ? ScopeTexts.OfPrograms : _machine ? ScopeTexts.CompanyWide : ScopeTexts.OfOwners;

    private string Example => Program is not null ? "Workstations, first wave" : _machine ? "Ingestion" : "Nightly export";

    protected override void OnInitialized() => Choose(false);

    private void Choose(bool machine)
    {
        _machine = machine;
        _scopes = [Offered[0]];
    }

    private async Task MakeAsync()
    {
        var command = new CreateApiKey(
            _name,
            (_scopes ?? []).Aggregate(Scopes.None, (all, s) => all | s),
            Program is null ? [] : [Program],
            Enrols && !string.IsNullOrEmpty(_region) ? _region : null,
            Enrols ? [.. _categories ?? []] : [],
            (int)Math.Clamp(_days ?? 0, 0, 10_000))
        {
            Networks = (_networks ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries),
            MaxCollectors = Enrols ? (int)Math.Clamp(_collectors ?? 0, 0, int.MaxValue) : null,
        };
        var result = await Commands.CreateAsync(command, Actor);
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        (_made, _name, _region, _networks, _categories) = (result.Value, null, null, null, null);
        (_days, _collectors) = (ApiKeyRules.DefaultDays, ApiKeyRules.DefaultCollectors);
        Choose(_machine);
    }

    private Task<IEnumerable<Choice<string>>> FindRegionsAsync(string text, CancellationToken ct) => Task.FromResult(Regions
        .Select(r => new Choice<string>(r, RegionText(r)))
        .Where(c => SearchText.Begins(c.Value, text) || SearchText.Begins(c.Text, text)));

    private static string RegionText(string region) => Domain.Programs.Regions.Label(region);
}

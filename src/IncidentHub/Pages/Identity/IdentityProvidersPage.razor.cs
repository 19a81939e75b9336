using IncidentHub.Access.Identity;
using IncidentHub.Domain.Access;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Pages.Identity;

/// <summary>Administrators edit the claim mapping of a provider, and see whom it changes before they save it.</summary>
public partial class IdentityProvidersPage : LiveComponent
{
    private static readonly Choice<Roles>[] Options = [.. ProviderMappingRules.Mappable.Select(r => new Choice<Roles>(r, RoleText.Of(r)))];

    private IReadOnlyList<MappingView> _mappings = [];
    private MappingView? _shown;
    private readonly List<RuleDraft> _rules = [];
    private string? _department;
    private MappingPreviewView? _preview;
    private EditMapping? _previewed;
    private Refusal? _refusal;
    private Refusal? _denied;

    [Inject] private MappingQueries Queries { get; set; } = null!;
    [Inject] private MappingCommands Commands { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Provider { get; set; }

    protected override object? ParametersKey => Provider;

    protected override IReadOnlyCollection<string> Topics => [MappingQueries.Topic];

    // Only what was shown is saved.
    private bool IsPreviewed => _previewed is { } shown && Same(shown, Draft());

    private string EffectNote => $"{_preview!.Changed:N0} of {_preview.Known:N0} known people change"
        + (_preview.Changed > _preview.People.Count ? $"; the first {_preview.People.Count:N0} are shown" : "");

    private string EmptyText => _preview!.Known == 0
        ? "Nobody has signed in with this provider yet. The mapping applies when they do."
        : "By the claims of their last sign-in, everybody keeps what they have.";

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Queries.ListAsync(Actor, ct);
        _denied = found.Refusal;
        if (_denied is not null) return;
        _mappings = found.Value;
        var before = _shown;
        _shown = _mappings.FirstOrDefault(m => m.Provider == Provider) ?? _mappings.FirstOrDefault();
        // What others save meanwhile does not replace what is being typed: the version that was read is then refused.
        if (_shown is not null && before?.Provider == _shown.Provider && IsEdited(before)) _shown = before;
        else if (_shown is not null) Begin(_shown);
    }

    private void Begin(MappingView mapping)
    {
        _rules.Clear();
        _rules.AddRange(mapping.Rules.Select(r => new RuleDraft { Claim = r.Claim, Value = r.Value, Role = r.Role!.Value }));
        _department = mapping.DepartmentClaim;
        (_preview, _previewed, _refusal) = (null, null, null);
    }

    private bool IsEdited(MappingView mapping) => !Same(Draft(), new EditMapping(mapping.DepartmentClaim,
        [.. mapping.Rules.Select(r => new ClaimRule(r.Claim!, r.Value!, r.Role!.Value))]));

    private EditMapping Draft() => new(string.IsNullOrWhiteSpace(_department) ? null : _department, [.. _rules.Select(r => r.ToRule())]);

    private static bool Same(EditMapping one, EditMapping other) =>
        one.DepartmentClaim == other.DepartmentClaim && one.Rules.SequenceEqual(other.Rules);

    private void Add() => _rules.Add(new RuleDraft { Claim = _rules.LastOrDefault()?.Claim });

    private void Remove(RuleDraft rule) => _rules.Remove(rule);

    private async Task PreviewAsync()
    {
        var draft = Draft();
        var shown = await Queries.PreviewAsync(_shown!.Provider, draft, Actor, Gone);
        _refusal = shown.Refusal;
        (_preview, _previewed) = shown.IsOk ? (shown.Value, draft) : (null, null);
    }

    // The newer version is loaded, and what was typed is kept and applied to it.
    private async Task ReloadMappingAsync()
    {
        var found = await Queries.ListAsync(Actor, Gone);
        if (!found.IsOk) return;
        _mappings = found.Value;
        _shown = _mappings.First(m => m.Provider == _shown!.Provider);
        (_preview, _previewed, _refusal) = (null, null, null);
    }

    private async Task SaveAsync()
    {
        if (!IsPreviewed) return;
        var saved = await Commands.RunAsync(_shown!.Provider, _previewed!, _shown.Version, Actor, Gone);
        _refusal = saved.Refusal;
        if (!saved.IsOk) return;
        _shown = null;
        Toasts.Done($"Version {saved.Value.Version} of the mapping applies.");
        await ReloadAsync();
    }

    private static string RolesText(IReadOnlyList<string> roles) =>
        roles.Count == 0 ? "–" : string.Join(", ", roles.Select(r => RoleText.Of(Enum.Parse<Roles>(r))));
}

using IncidentHub.Domain.Access;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Database;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Response.SevPolicies.Parts;

namespace IncidentHub.Pages.SevPolicies;

/// <summary>The current policy and its versions; administrators edit the next one.</summary>
public partial class SevPolicyPage : LiveComponent
{
    private SevPolicy _policy = SevPolicy.Default;
    private IReadOnlyList<PolicyVersion> _versions = [];
    private List<LevelDraft>? _draft;
    private int _draftOf;
    private string? _draftKey;
    private string? _reason;
    private Refusal? _refusal;
    private Refusal? _denied;

    [Inject] private Db Db { get; set; } = null!;
    [Inject] private SevPolicyReader Reader { get; set; } = null!;
    [Inject] private SevPolicyCommands Commands { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private IJSRuntime Js { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Version { get; set; }

    protected override object? ParametersKey => Version;

    protected override IReadOnlyCollection<string> Topics => ["policy"];

    private bool IsCurrent => _versions.Count == 0 || _policy.Version == _versions[0].Version;

    private PolicyVersion? Shown => _versions.FirstOrDefault(v => v.Version == _policy.Version);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        _denied = AccessTable.Deny(Actor, Act.ReadSevPolicy);
        if (_denied is not null) return;
        await Db.ReadAsync(
            async sql =>
            {
                _versions = await Reader.VersionsAsync(sql);
                var asked = QueryText.Number(Version) is { } version ? await Reader.FindAsync(sql, version) : null;
                _policy = asked ?? await Reader.CurrentAsync(sql);
                return true;
            },
            ct);
    }

    // A draft belongs to the version that it was started from: for a later version it would revert the changes of others.
    private void Begin()
    {
        _draft = [.. _policy.Levels.Select(l => new LevelDraft(PolicyLevelView.Of(l)))];
        (_draftOf, _draftKey) = (_policy.Version, $"sev-policy-{_policy.Version}");
        (_reason, _refusal) = (null, null);
    }

    private async Task CancelAsync()
    {
        (_draft, _refusal) = (null, null);
        await Js.InvokeVoidAsync("hub.dropDraft", _draftKey);
    }

    // The newer version is loaded; what was typed is kept and applied to it.
    private async Task LoadLatestAsync()
    {
        await ReloadAsync();
        _draftOf = _policy.Version;
        _refusal = null;
    }

    private async Task SaveAsync()
    {
        if (_draft is null) return;
        var check = new Validation();
        var levels = _draft.Select((l, i) => l.ToView().Read(check, i)).ToList();
        _refusal = check.ToRefusal();
        if (_refusal is not null) return;
        var result = await Commands.RunAsync(new EditSevPolicy(levels, _reason ?? ""), _draftOf, Actor, Gone);
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        _draft = null;
        Toasts.Done($"Version {result.Value.State.Version} is the current SEV policy.");
        await ReloadAsync();
    }

    private string AddressOf(PolicyVersion version) =>
        version.Version == _versions[0].Version ? "sev-policy" : $"sev-policy?version={version.Version}";

    private static string PauseText(SevLevel l) => l.Pause switch
    {
        PauseMode.AtOnce => "At once",
        PauseMode.Proposed => $"Proposed: active after {l.ProposalDeadline?.Label} unless the owner declines it",
        PauseMode.Recommended => "Recommended",
        PauseMode.None => "None",
    };

    private static string RolesText(IReadOnlyList<ApprovalRole> roles) => string.Join(", ", roles);
}

using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Database;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Policy.Pages;

/// <summary>The policy in force, its versions, and for administrators the next one.</summary>
public partial class SevPolicyPage : LiveComponent
{
    private SevPolicy _policy = SevPolicy.Default;
    private IReadOnlyList<PolicyVersion> _versions = [];
    private List<LevelDraft>? _draft;
    private int _draftOf;
    private string? _reason;
    private Refusal? _refusal;
    private Refusal? _denied;
    private bool _busy;

    [Inject] private Db Db { get; set; } = null!;
    [Inject] private SevPolicyReader Reader { get; set; } = null!;
    [Inject] private EditSevPolicyHandler Handler { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [SupplyParameterFromQuery] public int? Version { get; set; }

    protected override object? ParametersKey => Version;

    protected override IReadOnlyCollection<string> Topics => ["policy"];

    private bool IsCurrent => _versions.Count == 0 || _policy.Version == _versions[0].Version;

    private PolicyVersion? Shown => _versions.FirstOrDefault(v => v.Version == _policy.Version);

    private IReadOnlyCollection<string> FieldNames =>
        ["reason", .. (_draft ?? []).SelectMany(l => new[] { "means", "acknowledge", "firstUpdate", "updateEvery", "pause", "proposalDeadline", "resumeApprovals", "terminateApprovals" }.Select(l.Field))];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        _denied = AccessTable.Deny(Actor, Act.ReadSevPolicy);
        if (_denied is not null) return;
        await Db.ReadAsync(
            async sql =>
            {
                _versions = await SevPolicyStore.VersionsAsync(sql);
                _policy = Version is { } asked && await SevPolicyStore.FindAsync(sql, asked) is { } old ? old : await Reader.CurrentAsync(sql);
                return true;
            },
            ct);
    }

    private void Begin() => (_draft, _draftOf, _reason, _refusal) = ([.. _policy.Levels.Select(l => new LevelDraft(PolicyLevelView.Of(l)))], _policy.Version, null, null);

    // The newer version is read; what was typed stays and is put on top of it.
    private async Task LoadLatestAsync()
    {
        await ReloadAsync();
        _draftOf = _policy.Version;
        _refusal = null;
    }

    private async Task SaveAsync()
    {
        if (_busy || _draft is null) return;
        _busy = true;
        var check = new Validation();
        var levels = _draft.Select((l, i) => l.ToView().Read(check, i)).ToList();
        _refusal = check.ToRefusal();
        if (_refusal is null)
        {
            var result = await Handler.HandleAsync(new(levels, _reason ?? "", _draftOf), Actor, Gone);
            _refusal = result.Refusal;
            if (result.IsOk)
            {
                _draft = null;
                Toasts.Done($"Version {result.Value.Version} is in force.");
                await ReloadAsync();
            }
        }
        _busy = false;
    }

    private static string PauseText(SevLevel l) => l.Pause switch
    {
        PauseMode.AtOnce => "at once",
        PauseMode.Proposed => $"proposed: in force after {l.ProposalDeadline?.Label} unless the owner declines",
        PauseMode.Recommended => "recommended",
        PauseMode.None => "none",
    };

    private static string RolesText(IReadOnlyList<ApprovalRole> roles) => string.Join(", ", roles.Select(r => r.ToString().ToLowerInvariant()));
}

/// <summary>A level while it is being edited.</summary>
public sealed class LevelDraft
{
    internal LevelDraft(PolicyLevelView v)
    {
        (Sev, Means, Acknowledge, FirstUpdate, UpdateEvery) = ((Sev)v.Sev, v.Means, v.Acknowledge, v.FirstUpdate, v.UpdateEvery);
        (Pause, ProposalDeadline, Resume, Terminate) = (v.Pause, v.ProposalDeadline, [.. v.ResumeApprovals ?? []], [.. v.TerminateApprovals ?? []]);
    }

    public Sev Sev { get; }
    public string? Means { get; set; }
    public string? Acknowledge { get; set; }
    public string? FirstUpdate { get; set; }
    public string? UpdateEvery { get; set; }
    public PauseMode Pause { get; set; }
    public string? ProposalDeadline { get; set; }
    public IReadOnlyCollection<ApprovalRole> Resume { get; set; }
    public IReadOnlyCollection<ApprovalRole> Terminate { get; set; }

    /// <summary>As refusals name it.</summary>
    public string Field(string name) => $"levels[{(int)Sev}].{name}";

    internal PolicyLevelView ToView() => new()
    {
        Sev = (int)Sev, Means = Means, Acknowledge = Acknowledge, FirstUpdate = FirstUpdate, UpdateEvery = UpdateEvery, Pause = Pause,
        ProposalDeadline = Pause == PauseMode.Proposed ? ProposalDeadline : null, ResumeApprovals = [.. Resume], TerminateApprovals = [.. Terminate],
    };
}

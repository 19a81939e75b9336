using IncidentHub.Domain.Pauses;
using IncidentHub.Decisions;
using IncidentHub.Platform.Database;
using Microsoft.AspNetCore.Components;
using IncidentHub.Switch.Pauses;
using IncidentHub.Switch.Pauses.Parts;
using PauseView = IncidentHub.Switch.Pauses.PauseView;

namespace IncidentHub.Pages.Programs;

public partial class ActivePauses : SwitchComponent
{
    private IReadOnlyList<PauseView> _open = [];
    private Dictionary<Guid, PauseCause?> _policies = [];
    private IReadOnlyList<OpenDecision> _decisions = [];

    [Inject] private Db Db { get; set; } = null!;
    [Inject] private PauseCauses Causes { get; set; } = null!;
    [Inject] private DecisionReader Decisions { get; set; } = null!;

    private string Note
    {
        get
        {
            var active = View!.Open.Count(p => p.Status == PauseStatus.Active);
            var proposed = View.Open.Count - active;
            return proposed == 0 ? $"{active} active" : active == 0 ? $"{proposed} proposed" : $"{active} active, {proposed} proposed";
        }
    }

    protected override bool Concerns(SwitchView before, SwitchView now) => before.Revision != now.Revision;

    protected override async Task OnViewAsync()
    {
        if (View!.Open.Count == 0) return;
        (var why, _decisions) = await Db.ReadAsync(async sql =>
            (await Causes.OfAsync(sql, View.Open, Actor), await Decisions.OpenForProgramAsync(sql, Code, Actor)));
        _open = [.. View.Open.Select(p => PauseView.Of(p, Code, why(p)))];
        _policies = View.Open.Where(p => why(p).Shown && p.Origin == PauseOrigin.Policy).ToDictionary(p => p.Id, p => p.Cause);
    }

    private string About(PauseView pause)
    {
        var scope = PauseWords.Scope(PauseScope.Of(pause.Categories, pause.Regions));
        if (!pause.Why.Shown) return scope;
        var who = _policies.TryGetValue(pause.Id, out var cause)
            ? cause is null ? "SEV policy" : $"SEV policy v{cause.PolicyVersion}, SEV {(int)cause.Sev}" : $"By {pause.Placed?.By}";
        var how = pause.Status == PauseStatus.Proposed ? "proposed" : pause.Deadline is null ? "active at once" : "proposed, then active";
        return $"{who} · {how} · {scope}{(pause.BufferPolicy == BufferPolicy.Seal ? " · buffers sealed" : "")}";
    }

    private static string Missing(OpenDecision decision) =>
        decision.Missing.Count == 0 ? "" : $" · approvals missing: {string.Join(", ", decision.Missing).ToLowerInvariant()}";
}

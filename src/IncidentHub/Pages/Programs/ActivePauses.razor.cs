using IncidentHub.Domain.Pauses;
using IncidentHub.Decisions;
using IncidentHub.Platform.Database;
using Microsoft.AspNetCore.Components;
using IncidentHub.Switch.Pauses;
using IncidentHub.Switch.Pauses.Parts;

namespace IncidentHub.Pages.Programs;

public partial class ActivePauses : SwitchComponent
{
    private Func<PauseState, PauseWhy> _why = _ => PauseWhy.Hidden;
    private OpenDecision? _decision;

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
        (_why, _decision) = await Db.ReadAsync(async sql =>
            (await Causes.OfAsync(sql, View.Open, Actor), await Decisions.OpenForProgramAsync(sql, Code, Actor)));
    }

    private static string About(PauseState pause)
    {
        var who = (pause.Origin, pause.Cause) switch
        {
            (PauseOrigin.Policy, { } cause) => $"SEV policy v{cause.PolicyVersion}, SEV {(int)cause.Sev}",
            (PauseOrigin.Policy, _) => "SEV policy",
            _ => $"By {pause.Placed.Name}",
        };
        var how = pause.Status == PauseStatus.Proposed ? "proposed" : pause.Deadline is null ? "active at once" : "proposed, then active";
        return $"{who} · {how} · {PauseWords.Scope(pause.Scope)}{(pause.Buffers == BufferPolicy.Seal ? " · buffers sealed" : "")}";
    }

    private static string Missing(OpenDecision decision) =>
        decision.Missing.Count == 0 ? "" : $" · approvals missing: {string.Join(", ", decision.Missing).ToLowerInvariant()}";
}

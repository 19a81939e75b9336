using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Features.Decisions;
using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Pauses.Pages;

public partial class HeldBy : SwitchComponent
{
    private Func<Guid, PauseWhy> _why = _ => PauseWhy.Hidden;
    private OpenDecision? _decision;

    private string Note
    {
        get
        {
            var (force, proposed) = (View!.Open.Count(p => p.Status == PauseStatus.InForce), View.Open.Count(p => p.Status == PauseStatus.Proposed));
            return string.Join(", ", new[] { force > 0 ? $"{force} in force" : null, proposed > 0 ? $"{proposed} proposed" : null }.OfType<string>());
        }
    }

    protected override bool Concerns(SwitchView before, SwitchView now) => before.Revision != now.Revision;

    protected override async Task OnViewAsync()
    {
        if (View!.Open.Count == 0) return;
        var (db, causes, decisions) = (Services.GetRequiredService<Db>(), Services.GetRequiredService<PauseCauses>(), Services.GetRequiredService<DecisionReader>());
        var facts = View.Open.Select(p => new PauseFacts(p, null, null, null)).ToList();
        (var why, _decision) = await db.ReadAsync(async sql => (await causes.OfAsync(sql, facts, Actor), await decisions.OpenForProgramAsync(sql, View.ProgramId)));
        _why = id => facts.Find(f => f.Id == id) is { } found ? why(found) : PauseWhy.Hidden;
    }

    private static string About(PauseState pause)
    {
        var who = pause.Origin == PauseOrigin.Policy ? $"Policy {(pause.Cause is { } cause ? $"SEV {(int)cause.Sev} v{cause.PolicyVersion}" : "")}" : $"By {pause.Placed.Name}";
        var how = pause.Status == PauseStatus.Proposed ? "proposed" : pause.Deadline is null ? "placed at once" : "proposed, then in force";
        return $"{who} · {how} · {PauseWords.Scope(pause.Scope)}{(pause.Buffers == BufferPolicy.Seal ? " · buffers to be sealed" : "")}";
    }

    private static string Missing(OpenDecision decision) =>
        decision.Missing.Count == 0 ? "" : $" · approvals: {string.Join(", ", decision.Missing.Select(m => m.ToString().ToLowerInvariant()))}";
}

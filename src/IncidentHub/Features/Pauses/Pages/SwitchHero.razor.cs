using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Pauses.Pages;

public partial class SwitchHero : SwitchComponent
{
    private bool _pausing, _drill;
    private ProposalAnswer? _asked;
    private Func<Guid, PauseWhy> _why = _ => PauseWhy.NoIncident;
    private string _whyFor = "";

    private (string Glyph, string Name, Tone Tone) Face =>
        View!.Stop is { Violating: > 0 } ? ("!", "Violating", Tone.Bad)
        : View.Status is CollectionStatus.Paused or CollectionStatus.PartlyPaused or CollectionStatus.Drill && View.Stop is { Pending: > 0 }
            ? (StateChip.Glyph(View.Status), $"{StateChip.Name(View.Status)}, stopping", StateChip.ToneOf(View.Status))
            : View.Resume is { } resume && View.Status == CollectionStatus.Resuming ? ("▶", $"Resuming, stage {resume.Stage} of {resume.Of}", Tone.Accent)
            : (StateChip.Glyph(View.Status), StateChip.Name(View.Status), StateChip.ToneOf(View.Status));

    private IEnumerable<PauseState> Standing => View!.Open.Where(p => p.Status == PauseStatus.InForce);

    private string StopsText => $"stops {View!.Holding:N0} {(View.Holding == 1 ? "collector" : "collectors")}, at the latest {View.Bound.TotalSeconds:0} s later";

    private string LastDrill => View!.LastDrillAt is not { } at ? "No drill has been run yet"
        : $"Last drill {Times.Relative(at, Viewer.Now)}: {(View.LastDrillStop is { } took ? $"proven stop after {Times.Measure(took)}" : "it ended before all stops were proven")}";

    // The share of those that have to stop; a population of nobody has no curve.
    private IReadOnlyList<Ui.Kit.CurvePoint>? Curve
    {
        get
        {
            if (View!.Status == CollectionStatus.Resuming && View.Stop is { Violating: 0 }) return null;
            if (View.Stop is not { Population: > 0 } stop || View.Shown is not { InForce: { } placed } pause) return null;
            var points = new List<Ui.Kit.CurvePoint> { new(0, 0) };
            points.AddRange(stop.Curve.Select(p => new Ui.Kit.CurvePoint(p.AfterSeconds, (double)p.Stopped / stop.Population)));
            var until = Math.Min((Viewer.Now - placed.At).TotalSeconds, End);
            if (stop.Pending + stop.Violating > 0 && until > points[^1].X) points.Add(new(until, points[^1].Y));
            else if (points[^1].X < End && stop.Pending + stop.Violating == 0) points.Add(new(End, 1));
            return points;
        }
    }

    private double? Guaranteed => (View!.Shown?.GuaranteedAt - View.Shown?.InForce!.At)?.TotalSeconds;

    private double End => Math.Max(Guaranteed ?? 1, 1) * 1.14;

    private IReadOnlyList<(double, string)> Ticks
    {
        get
        {
            var guaranteed = Guaranteed ?? 0;
            return [(0, Viewer.Short(View!.Shown!.InForce!.At, seconds: true)), (guaranteed / 2, $"+{guaranteed / 2:0} s"), (guaranteed, $"guaranteed +{guaranteed:0} s")];
        }
    }

    private string Heard
    {
        get
        {
            var stop = View!.Stop!;
            if (stop.FullStopAt - View.Shown!.InForce!.At is { } took) return $"all stopped after {StopSummary.Seconds(took)}";
            var wanted = (long)Math.Ceiling(stop.Population * 0.99);
            return stop.Population >= 100 && stop.Curve.FirstOrDefault(p => p.Stopped >= wanted) is { Stopped: > 0 } most
                ? $"99 % stopped after {StopSummary.Seconds(TimeSpan.FromSeconds(most.AfterSeconds))}"
                : $"{stop.Proven:N0} of {stop.Population:N0} so far";
        }
    }

    protected override bool First => true;

    protected override async Task OnViewAsync()
    {
        // Why is told of a proposal only. Who may know it changes only with the pauses themselves.
        if (View!.Proposed is null) return;
        var now = string.Join(' ', View.Open.Select(p => $"{p.Id}:{p.Version}"));
        if (now == _whyFor) return;
        _whyFor = now;
        var (db, causes) = (Services.GetRequiredService<Db>(), Services.GetRequiredService<PauseCauses>());
        var facts = View.Open.Select(p => new PauseFacts(p, null, null, null)).ToList();
        var why = await db.ReadAsync(sql => causes.OfAsync(sql, facts, Actor));
        _why = id => facts.Find(f => f.Id == id) is { } found ? why(found) : PauseWhy.Hidden;
    }

    private string Because(PauseState pause) => _why(pause.Id) is { IncidentCode: { } code, Sev: { } sev } ? $"{code}, {Domain.SevText.Label(sev)}" : pause.Cause is null ? $"By {pause.Placed.Name}" : "An incident";

    private string Detail(PauseState pause) => _why(pause.Id) switch
    {
        { IncidentTitle: { } title } => title,
        { Shown: true } => pause.Reason,
        _ => "You may not see the incident behind it.",
    };

    private void Open(bool drill) => (_pausing, _drill) = (true, drill);

    private async Task DoneAsync(string said)
    {
        _pausing = false;
        _asked = null;
        Toasts.Done(said);
        await ShowNowAsync();
    }
}

using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Switch.Pauses.Parts;

public partial class SwitchHero : SwitchComponent
{
    private bool _pausing, _drill;
    private ProposalAnswer? _asked;
    private PauseState? _answered;
    private Func<PauseState, PauseWhy> _why = _ => PauseWhy.NoIncident;
    private string _whyFor = "";

    [Inject] private Db Db { get; set; } = null!;
    [Inject] private PauseCauses Causes { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    // Each state has its own appearance: the style sheet selects it by Look.
    private (string Look, string Glyph, string Name, Tone Tone) Face
    {
        get
        {
            var (status, stop) = (View!.Status, View.Stop);
            var (glyph, name, tone) = (StateChip.Glyph(status), StateChip.Name(status), StateChip.ToneOf(status));
            if (stop is { Violating: > 0 }) return ("violation", StateChip.Glyph("Violating"), "Violation", Tone.Bad);
            var (look, says) = (status, stop) switch
            {
                (CollectionStatus.Resuming, _) => ("resuming", View.Resume is { } r ? $"{name}, stage {r.Stage} of {r.Of}" : name),
                (CollectionStatus.PauseProposed, _) => ("proposed", name),
                (CollectionStatus.Drill, { Pending: > 0 }) => ("drill stopping", $"{name}, stopping"),
                (CollectionStatus.Drill, _) => ("drill", name),
                (CollectionStatus.Paused or CollectionStatus.PartlyPaused, { Pending: > 0 }) => ("stopping", $"{name}, stopping"),
                (CollectionStatus.Paused or CollectionStatus.PartlyPaused, { FullStopAt: not null }) => ("proven", name),
                _ => (status.ToString().ToLowerInvariant(), name),
            };
            return (look, glyph, says, tone);
        }
    }

    private IEnumerable<PauseState> Active => View!.Open.Where(p => p.Status == PauseStatus.Active);

    // An empty population has no curve; a resume shows its stages instead.
    private bool HasCurve => View is { Stop.Population: > 0, Shown.Activated: not null }
        && (View.Status != CollectionStatus.Resuming || View.Stop.Violating > 0);

    private string StopsText => $"Stops {StopSummary.Collectors(View!.WithPermit)}, at the latest {Times.Seconds(View.Bound)} later";

    private string Effect => View!.Status == CollectionStatus.Held ? "A pause stays active after the confirmation" : StopsText;

    private string LastDrill => View!.LastDrillAt is not { } at ? "No drill has been run yet"
        : $"Last drill {Times.Relative(at, Viewer.Now)}: "
            + (View.LastDrillStop is { } took ? $"proven stop after {Times.Measure(took)}" : "it ended before all stops were proven");

    protected override bool First => true;

    protected override async Task OnViewAsync()
    {
        // The cause is shown of a proposal and of a staged resume. Who may see it changes only with the pauses themselves.
        if (View is not { Proposed: not null } and not { Resume: not null }) return;
        var now = string.Join(' ', View.Open.Select(p => $"{p.Id}:{p.Version}"));
        if (now == _whyFor) return;
        _whyFor = now;
        _why = await Db.ReadAsync(sql => Causes.OfAsync(sql, View.Open, Actor));
    }

    private string Because(PauseState pause) => _why(pause) switch
    {
        { IncidentCode: { } code, Sev: { } sev } => $"{code}, {Domain.SevText.Label(sev)}",
        _ => pause.Cause is null ? $"By {pause.Placed.Name}" : "Proposed",
    };

    /// <summary>The decision of a staged resume, where the viewer may see the cause of the pause.</summary>
    private string? ResumeDecision => View!.Open.Where(p => p.ReleasedShare > 0).All(p => _why(p).Shown) ? View.Resume?.Decision : null;


    private string Detail(PauseState pause) => _why(pause) switch
    {
        { IncidentTitle: { } title } => title,
        { Shown: true } => pause.Reason,
        _ => "You may decline it; the cause is shown to those who handle it.",
    };

    private void Ask(bool drill) => (_pausing, _drill) = (true, drill);

    // The dialog answers the proposal for which it was opened, although the page keeps updating.
    private void Answer(ProposalAnswer answer) => (_asked, _answered) = (answer, View!.Proposed);

    private async Task DoneAsync(string said)
    {
        (_pausing, _asked) = (false, null);
        Toasts.Done(said);
        await ShowNowAsync();
    }
}

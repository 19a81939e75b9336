using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using IncidentHub.Decisions;
using IncidentHub.Decisions.Parts;

namespace IncidentHub.Pages.Decisions;

public partial class DecisionPage : LiveComponent
{
    private enum Asking { Nothing, Criterion, Propose, Approve, Reject, Withdraw, PlacedInError, OpinionRequest, Opinion }

    private readonly List<Crumb> _trail = [new("Decisions", "decisions")];
    private DecisionDetail? _detail;
    private Refusal? _missing;
    private Asking _asking;
    private CriterionKind? _criterion;
    private ReasonAct _reason;

    [Parameter] public string Code { get; set; } = "";

    [Inject] private DecisionQueries Queries { get; set; } = null!;

    [Inject] private Toasts Toasts { get; set; } = null!;

    protected override object? ParametersKey => Code;

    protected override IReadOnlyCollection<string> Topics =>
        _detail is null ? ["decisions"] : [$"decision:{_detail.Decision.Id}"];

    private DecisionView View => _detail!.View;

    private bool Decided => View.Status == DecisionStatus.Decided;

    private DateTimeOffset PausedAt => View.Pauses.Min(p => p.ActivatedAt);

    private bool Complete => View.Criteria.All(c => c.Status != CriterionStatus.Open);

    private bool MayPropose => AccessTable.Allows(Actor, Act.ProposeDecision, _detail!.Relation);

    // Others who may record an opinion do so from its card.
    private bool IsAsked => View.OpinionRequests.Any(r => Actor.Has(r.Role.Holders()));

    private bool MayWithdraw =>
        View.Status == DecisionStatus.Proposed && _detail!.Decision.State.Recommendation?.ProposerId == Actor.Id;

    private string DecidedTitle =>
        $"Decided: {View.Recommendation!.Outcome.Title().TrimEnd('…')}"
            + (View.Recommendation.Until is { } day ? $" {Times.Day(day, Viewer.Zone)}" : "");

    private bool IsRedacted => ((IEnumerable<string?>)
    [
        View.Recommendation?.Rationale, .. View.Criteria.Select(c => c.Text), .. View.Approvals.Select(a => a.Comment),
        .. View.Opinions.Select(o => o.Text), .. View.Log.Select(l => l.Body),
    ]).Any(t => t?.Contains(RedactedText.Mark, StringComparison.Ordinal) == true);

    // Why the last recommendation ended, shown until the next one.
    private LogView? SentBack
    {
        get
        {
            if (View.Recommendation is not null) return null;
            var last = View.Log.LastOrDefault(l => l.Kind is "rejected" or "criteria-reopened" or "proposed");
            return last?.Kind == "proposed" ? null : last;
        }
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Queries.FindAsync(Code, Actor, ct);
        _missing = found.Refusal;
        _detail = found.IsOk ? found.Value : null;
    }

    private void Ask(Asking what)
    {
        _asking = what;
        _reason = what switch
        {
            Asking.Reject => ReasonAct.Reject,
            Asking.Withdraw => ReasonAct.Withdraw,
            _ => ReasonAct.PlacedInError,
        };
    }

    private void Answer(CriterionKind criterion)
    {
        _criterion = criterion;
        Ask(Asking.Criterion);
    }

    private void Closed(bool open)
    {
        if (!open) _asking = Asking.Nothing;
    }

    private async Task DoneAsync(string said)
    {
        _asking = Asking.Nothing;
        Toasts.Done(said);
        await ReloadAsync();
    }

    private static Tone ToneOf(string kind) => kind switch
    {
        "approved" or "taken" or "criterion-met" => Tone.Ok,
        "rejected" or "approvals-voided" or "sent-back" or "criteria-reopened" or "criterion-reopened" or "redacted" => Tone.Warn,
        "proposed" or "opinion-given" => Tone.Accent,
        _ => Tone.Neutral,
    };
}

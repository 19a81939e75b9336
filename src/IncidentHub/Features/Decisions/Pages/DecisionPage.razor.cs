using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace IncidentHub.Features.Decisions.Pages;

public partial class DecisionPage : LiveComponent
{
    private enum Asking { Nothing, Criterion, Propose, Approve, Reject, Withdraw, Error }

    private readonly List<Crumb> _trail = [new("Decisions", "/decisions")];
    private DecisionDetail? _detail;
    private Refusal? _missing;
    private Asking _asking;
    private string? _criterion;

    [Parameter] public string Code { get; set; } = "";

    [Inject] private IServiceProvider Services { get; set; } = null!;

    protected override object? ParametersKey => Code;

    protected override IReadOnlyCollection<string> Topics => _detail is null ? ["decisions"] : [$"decision:{_detail.Decision.Id}"];

    private DecisionView View => _detail!.View;

    private bool Decided => View.Status == DecisionStatus.Decided;

    private DateTimeOffset PausedAt => View.Pauses.Min(p => p.InForceAt);

    private int OpenCount => View.Criteria.Count(c => c.Status == CriterionStatus.Open);

    private bool Complete => OpenCount == 0;

    private bool MayAnswer => !Decided && AccessTable.Allows(Actor, Act.EditCriteria, _detail!.Relation);

    private bool MayPropose => AccessTable.Allows(Actor, Act.ProposeDecision, _detail!.Relation);

    private bool MayWithdraw => View.Status == DecisionStatus.Proposed && _detail!.Decision.State.Recommendation?.ProposerId == Actor.Id;

    private IReadOnlyList<Approver> Asked => View.Recommendation?.Outcome == DecisionOutcome.Terminate ? View.ToTerminate : View.ToResume;

    private string AskedFor => $"Collecting again needs the approval of {Join(View.ToResume.Select(r => r.Title().ToLowerInvariant()).ToList())}";

    private string ApprovalsNote => View.Recommendation is null ? "to collect again" : $"{View.Approvals.Count} of {Asked.Count}";

    private string CriteriaNote
    {
        get
        {
            var met = View.Criteria.Count(c => c.Status == CriterionStatus.Met);
            var waived = View.Criteria.Count(c => c.Status == CriterionStatus.Waived);
            return string.Join(" · ", ((int N, string Word)[])[(met, "met"), (waived, "waived"), (OpenCount, "open")] is var parts
                ? parts.Where(p => p.N > 0).Select(p => $"{p.N} {p.Word}") : []);
        }
    }

    // Why there is no recommendation any more, until somebody recommends again.
    private LogView? SentBack => View.Recommendation is not null ? null
        : View.Log.LastOrDefault(l => l.Kind is "rejected" or "criteria-reopened" or "proposed") is { Kind: not "proposed" } last ? last : null;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Services.GetRequiredService<DecisionQueries>().FindAsync(Code, Actor, ct, again: string.Equals(_detail?.View.Code, Code, StringComparison.OrdinalIgnoreCase));
        _missing = found.Refusal;
        _detail = found.IsOk ? found.Value : null;
    }

    private void Ask(Asking what) => _asking = what;

    private void Answer(CriterionView criterion)
    {
        _criterion = criterion.Kind.ToString();
        Ask(Asking.Criterion);
    }

    private void ClosedAsync(bool open)
    {
        if (!open) _asking = Asking.Nothing;
    }

    private async Task DoneAsync(string said)
    {
        _asking = Asking.Nothing;
        Toasts.Done(said);
        await ReloadAsync();
    }

    private async Task PrintAsync() => await Js.InvokeVoidAsync("print");

    private static string Join(List<string> names) => names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} and {names[^1]}";

    private static Tone ToneOf(string kind) => kind switch
    {
        "approved" or "taken" or "criterion-met" => Tone.Ok,
        "rejected" or "approvals-voided" or "sent-back" or "criteria-reopened" or "criterion-reopened" => Tone.Warn,
        "proposed" => Tone.Accent,
        _ => Tone.Neutral,
    };
}

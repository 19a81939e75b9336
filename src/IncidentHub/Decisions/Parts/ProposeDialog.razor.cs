using IncidentHub.Domain.Decisions;
using IncidentHub.Access.Identity;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Decisions.Parts;

/// <summary>Recommends an outcome, or replaces the recommendation.</summary>
public sealed partial class ProposeDialog : DecisionDialog
{
    private const int MostStages = 9;
    private const int PeopleOffered = 25;

    private static readonly IReadOnlyList<Choice<DecisionOutcome?>> Outcomes =
        [.. Enum.GetValues<DecisionOutcome>().Select(o => new Choice<DecisionOutcome?>(o, o.Title(), OutcomeText.Does(o)))];

    private static readonly IReadOnlyList<Choice<string>> Ways =
    [
        new("all", "All collectors at once", "The last approval lifts the pauses."),
        new("stages", "In stages", "A share of the collectors first; a new exposure before the last stage pauses the program again."),
    ];

    private readonly List<StageDraft> _stages = [];
    private readonly List<ConditionDraft> _conditions = [];
    private readonly Dictionary<string, string> _names = [];
    private DecisionOutcome? _outcome;
    private string? _rationale;
    private DateTimeOffset? _until;
    private string? _how;

    [Inject] private People People { get; set; } = null!;

    [Inject] private ProposalReader Proposals { get; set; } = null!;

    private bool Resumes => _outcome is DecisionOutcome.Resume or DecisionOutcome.ResumeWithConditions;

    private protected override object? PartOf(DecisionView view) => RecommendationOf(view);

    protected override void Begin()
    {
        (_outcome, _rationale, _until, _how) = (null, null, null, "all");
        _conditions.Clear();
        _conditions.Add(new());
        _stages.Clear();
        _stages.AddRange([new() { Share = 5, Hours = 24 }, new() { Share = 25, Hours = 24 }]);
    }

    protected override async Task OnParametersSetAsync()
    {
        // A draft stores accounts only; names are loaded to show them.
        if (Open && _names.Count == 0) await FindPeopleAsync("", default);
    }

    private async Task<IEnumerable<Choice<string>>> FindPeopleAsync(string text, CancellationToken ct)
    {
        var active = (await People.ListAsync(ct)).Where(p => p.IsActive).ToList();
        foreach (var person in active) _names[person.Account] = person.DisplayName;
        return active.Where(p => p.BeginsWith(text)).Take(PeopleOffered)
            .Select(p => new Choice<string>(p.Account, p.DisplayName));
    }

    private string? NameOf(string? account) => account is null ? null : _names.GetValueOrDefault(account);

    private static void Resize<T>(List<T> list, int count) where T : new()
    {
        while (list.Count < count) list.Add(new());
        if (list.Count > count) list.RemoveRange(count, list.Count - count);
    }

    private async Task RecommendAsync()
    {
        var body = new ProposalBody(
            _outcome,
            _rationale,
            _outcome == DecisionOutcome.StayPausedUntil ? _until : null,
            _outcome == DecisionOutcome.ResumeWithConditions
                ? [.. _conditions.Select(c => new ConditionBody(c.What, c.Owner, c.DueAt))]
                : null,
            null,
            _how == "stages" && Resumes ? [.. _stages.Select(s => new StageBody((int?)s.Share, s.Hours * 3600))] : null);
        var command = await Proposals.ReadAsync(body, default);
        if (command.IsOk) await SendAsync(command.Value, "Recommended. The required approvals are asked for.");
        else Refusal = command.Refusal;
    }

    private sealed class ConditionDraft
    {
        public string? What { get; set; }
        public string? Owner { get; set; }
        public DateTimeOffset? DueAt { get; set; }
    }

    private sealed class StageDraft
    {
        public long? Share { get; set; }
        public long? Hours { get; set; }
    }
}

using IncidentHub.Domain.Access;
using IncidentHub.Domain.AccessReviews;
using IncidentHub.Response.AccessReviews;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Pages.AccessReviews;

/// <summary>One access review: its progress, what it found, and its conclusion.</summary>
public partial class AccessReviewPage : LiveComponent
{
    private ReviewView? _review;
    private Refusal? _missing, _refusal;
    private bool _signing;

    [Inject] private ReviewQueries Queries { get; set; } = null!;

    [Inject] private ReviewCommands Commands { get; set; } = null!;

    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter] public string Code { get; set; } = "";

    protected override object? ParametersKey => Code;

    protected override IReadOnlyCollection<string> Topics => _review is null ? [] : [$"access-review:{_review.Id}"];

    private ReviewSettings Settings => _review!.Settings;

    private LogMapping Mapping => Settings.Mapping;

    private bool MayRun => AccessTable.Allows(Actor, Act.LoadAccessReview);

    // Whoever loaded the log is not offered to sign it off; the command refuses it, too.
    private bool MaySignOff => _review is { Status: ReviewStatus.Read } review && review.LoadedById != Actor.Id
        && AccessTable.Allows(Actor, Act.SignOffAccessReview);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Queries.FindAsync(Code, Actor, ct);
        _missing = found.Refusal;
        _review = found.IsOk ? found.Value : null;
    }

    private static string Shown(string expression) => expression.Length == 0 ? "not in the log" : expression;

    private async Task CancelAsync() =>
        await DoneAsync((await Commands.CancelAsync(Code, null, Actor)).Refusal, "The reading is cancelled.");

    private async Task ResumeAsync() =>
        await DoneAsync((await Commands.ResumeAsync(Code, null, Actor)).Refusal, "The reading goes on.");

    private Task SignedAsync(string done)
    {
        _signing = false;
        return DoneAsync(null, done);
    }

    private async Task DoneAsync(Refusal? refusal, string done)
    {
        _refusal = refusal;
        if (refusal is null) Toasts.Done(done);
        await ReloadAsync();
    }
}

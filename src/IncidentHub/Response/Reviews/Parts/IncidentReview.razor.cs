using IncidentHub.Domain.Access;
using IncidentHub.Domain.Reviews;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace IncidentHub.Response.Reviews.Parts;

/// <summary>The review of an incident.</summary>
public partial class IncidentReview : LiveComponent
{
    private sealed class Draft
    {
        public IReadOnlyCollection<Guid>? Causes { get; set; }
        public string? Factors { get; set; }
        public string? WentWell { get; set; }
        public string? Lessons { get; set; }
    }

    private ReviewView? _view;
    private IReadOnlyList<Choice<Guid>> _causes = [];
    private Draft? _draft;
    private int _version;
    private bool _reopening;
    private string? _reason;
    private Refusal? _refusal;

    [Parameter, EditorRequired] public string Incident { get; set; } = "";

    [Parameter, EditorRequired] public Guid IncidentId { get; set; }

    [Inject] private ReviewQueries Queries { get; set; } = null!;
    [Inject] private ReviewCommands Commands { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private IJSRuntime Js { get; set; } = null!;

    protected override object? ParametersKey => Incident;

    protected override IReadOnlyCollection<string> Topics => [$"incident:{IncidentId}"];

    private bool MayWrite => AccessTable.Allows(Actor, Act.WriteReview);

    private bool IsEmpty => _view is { Causes.Count: 0, Factors.Length: 0, WentWell.Length: 0, Lessons.Length: 0 };

    private IEnumerable<(string Title, string Text)> Texts => new[]
    {
        ("Contributing factors", _view!.Factors), ("What went well", _view.WentWell), ("Lessons", _view.Lessons),
    }.Where(t => t.Item2.Length > 0);

    private string Standing => _view switch
    {
        { CompletedAt: { } at } => $"Completed by {_view.CompletedBy}, {Viewer.Short(at)}.",
        { IsClosed: false } => "It is completed after the incident is closed. Causes and lessons can be written before.",
        { DueAt: { } due, Late: true } => $"Late: it was due by {Viewer.Short(due)}.",
        { DueAt: { } due } => $"Due by {Viewer.Short(due)}.",
        _ => "The SEV policy asks for no review. One can be written all the same.",
    };

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Queries.FindAsync(Incident, Actor, ct);
        _view = found.IsOk ? found.Value : null;
    }

    private async Task BeginAsync()
    {
        var all = await Queries.CausesAsync(Actor, Gone);
        // A cause that was retired stays where it was chosen.
        _causes = all.IsOk ? [.. all.Value.Where(c => !c.IsRetired || _view!.Causes.Any(n => n.Id == c.Id))
            .Select(c => new Choice<Guid>(c.Id, c.Name, c.Description))] : [];
        _draft = new()
        {
            Causes = [.. _view!.Causes.Select(c => c.Id)],
            Factors = _view.Factors,
            WentWell = _view.WentWell,
            Lessons = _view.Lessons,
        };
        (_version, _refusal) = (_view.Version, null);
    }

    private async Task CancelAsync()
    {
        (_draft, _refusal) = (null, null);
        await Js.InvokeVoidAsync("hub.dropDraft", $"review-{Incident}");
    }

    // What was typed is kept, and saved on the version that is loaded.
    private async Task ShowLatestAsync()
    {
        await ReloadAsync();
        (_version, _refusal) = (_view!.Version, null);
    }

    private async Task SaveAsync()
    {
        var command = new SaveReview([.. _draft!.Causes ?? []], _draft.Factors, _draft.WentWell, _draft.Lessons);
        if (await RunAsync(() => Commands.RunAsync(Incident, command, _version, Actor, Gone), "The review is saved.")) _draft = null;
    }

    private Task CompleteAsync() =>
        RunAsync(() => Commands.CompleteAsync(Incident, _view!.Version, Actor, Gone), "The review is completed.");

    private async Task ReopenAsync()
    {
        var command = new ReopenReview(_reason);
        if (await RunAsync(() => Commands.RunAsync(Incident, command, _view!.Version, Actor, Gone), "The review is open."))
            (_reopening, _reason) = (false, null);
    }

    private async Task<bool> RunAsync(Func<Task<Result<ReviewRecord>>> act, string done)
    {
        var result = await act();
        _refusal = result.Refusal;
        if (!result.IsOk) return false;
        Toasts.Done(done);
        await ReloadAsync();
        return true;
    }
}

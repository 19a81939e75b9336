using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Programs.Pages;

public partial class ProgramPromises : ComponentBase
{
    private PromiseLine? _looking;
    private bool _adding;
    private bool? _holds;
    private string? _evidence, _text, _source;
    private DateOnly? _on;
    private Refusal? _refusal;

    [Inject] private SafeguardHandler Handler { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [CascadingParameter] private Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired] public string Code { get; set; } = "";
    [Parameter, EditorRequired] public IReadOnlyList<PromiseLine> Safeguards { get; set; } = [];
    [Parameter] public Relation Relation { get; set; }

    /// <summary>The program is terminated: nothing more is looked at.</summary>
    [Parameter] public bool Final { get; set; }
    [Parameter] public EventCallback OnChanged { get; set; }

    private string? Note => Safeguards.Count == 0 ? null : $"{Safeguards.Count(s => s.State.StandingAt(Viewer.Now) == SafeguardStanding.Holding)} of {Safeguards.Count} holding";

    private static string Says(SafeguardState s, SafeguardStanding standing) => standing switch
    {
        SafeguardStanding.Unverified => "Never verified",
        SafeguardStanding.Holding => "Holding",
        SafeguardStanding.Stale => "Verified too long ago",
        SafeguardStanding.Broken => s.BrokenByIncidentId is null ? "Broken" : "Broken by an incident",
    };

    private void Ask(PromiseLine promise) => (_looking, _holds, _evidence, _refusal) = (promise, null, null, null);

    private void Opened(bool open)
    {
        if (!open) _looking = null;
    }

    // The page has the change by now: what was found is recorded on top of it.
    private void SeeLatest() => (_looking, _refusal) = (Safeguards.FirstOrDefault(s => s.Number == _looking?.Number) ?? _looking, null);

    private async Task VerifyAsync()
    {
        if (_holds is not { } holds)
        {
            _refusal = Refusal.Invalid("holds", "Choose one.");
            return;
        }
        var result = await Handler.HandleAsync(new CheckPromise(Code, _looking!.Number, holds, _evidence ?? "", _looking.State.Version), Actor);
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        _looking = null;
        Toasts.Done(holds ? "Recorded: it holds." : "Recorded: it does not hold.");
        await OnChanged.InvokeAsync();
    }

    private async Task AddAsync()
    {
        var result = await Handler.HandleAsync(new RecordPromise(Code, _text ?? "", _source ?? "", _on), Actor);
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        (_adding, _text, _source, _on) = (false, null, null, null);
        await OnChanged.InvokeAsync();
    }
}

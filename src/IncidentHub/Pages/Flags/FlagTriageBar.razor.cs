using IncidentHub.Domain.Access;
using IncidentHub.Response.Flags;
using IncidentHub.Response.Incidents;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Pages.Flags;

/// <summary>One act on several flags; the command answers for each of them.</summary>
public partial class FlagTriageBar : ComponentBase
{
    private FlagTriage? _asked;
    private Refusal? _refusal;
    private string? _reason, _incident;

    [Inject] private FlagCommands Commands { get; set; } = null!;
    [Inject] private ListIncidentsHandler Incidents { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [CascadingParameter] private Actor Actor { get; set; } = null!;

    /// <summary>The codes of the flags.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Chosen { get; set; } = [];

    [Parameter] public EventCallback OnClear { get; set; }

    /// <summary>Called with the answer for each flag: a list of <see cref="TriagedFlag"/>.</summary>
    [Parameter] public EventCallback<object> OnDone { get; set; }

    private string Words => Chosen.Count == 1 ? Chosen[0] : $"{Chosen.Count} flags";

    private Task AcknowledgeAsync() => SendAsync(FlagTriage.Acknowledge);

    private async Task SendAsync(FlagTriage act)
    {
        var result = await Commands.TriageAsync(new TriageFlags(Chosen, act, _reason, _incident), Actor);
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        _asked = null;
        var done = result.Value.Count(t => t.Refusal is null);
        if (done > 0) Toasts.Done($"{(done == 1 ? "1 flag is" : $"{done} flags are")} {Word(act)}.");
        await OnDone.InvokeAsync(result.Value);
    }

    private static string Word(FlagTriage act) => act switch
    {
        FlagTriage.Acknowledge => "acknowledged",
        FlagTriage.Dismiss => "dismissed",
        FlagTriage.Merge => "merged",
    };

    private Task<IEnumerable<Choice<string>>> FindIncidentsAsync(string text, CancellationToken ct) =>
        IncidentChoices.FindAsync(Incidents, text, Actor, ct);

    private void Ask(FlagTriage act) => (_asked, _refusal) = (act, null);

    private void Opened(bool open)
    {
        if (!open) (_asked, _refusal) = (null, null);
    }
}

using IncidentHub.Domain.Access;
using IncidentHub.Domain.Obligations;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Response.Obligations.Parts;

/// <summary>The dialogs of an obligation.</summary>
public enum ObligationAsk { Trigger, Notice, NotRequired, Delay, EndDelay, Reopen }

/// <summary>Obligations on a page, with the acts that the viewer is offered on each. The handler checks again.</summary>
public abstract class ObligationWork : LiveComponent
{
    [Inject] private protected ObligationQueries Queries { get; set; } = null!;

    [Inject] private protected Toasts Toasts { get; set; } = null!;

    [Inject] private protected Viewer Viewer { get; set; } = null!;

    private protected ObligationView? Acting { get; private set; }

    private protected ObligationAsk Asked { get; private set; }

    private protected bool MayPrepare => AccessTable.Allows(Actor, Act.PrepareObligation);

    private protected IEnumerable<(ObligationAsk Ask, string Name)> ActsOn(ObligationView o)
    {
        var decides = AccessTable.Allows(Actor, Act.DecideObligation);
        var isOpen = o.Status is ObligationStatus.Open or ObligationStatus.Delayed;
        if (decides && isOpen) yield return (ObligationAsk.Notice, "Record notice");
        if (MayPrepare && o.Status != ObligationStatus.NotRequired)
            yield return (ObligationAsk.Trigger, o.TriggeredAt is null ? "Record trigger" : "Correct trigger");
        if (!decides) yield break;
        if (o.Status == ObligationStatus.Open) yield return (ObligationAsk.Delay, "Postpone");
        if (o.Status == ObligationStatus.Delayed) yield return (ObligationAsk.EndDelay, "End postponement");
        if (isOpen || o.Status == ObligationStatus.NotTriggered) yield return (ObligationAsk.NotRequired, "Not required");
        else yield return (ObligationAsk.Reopen, "Reopen");
    }

    private protected void Ask(ObligationView obligation, ObligationAsk what) => (Acting, Asked) = (obligation, what);

    private protected void Close() => Acting = null;

    private protected async Task DoneAsync(string done)
    {
        Close();
        Toasts.Done(done);
        await ReloadAsync();
    }
}

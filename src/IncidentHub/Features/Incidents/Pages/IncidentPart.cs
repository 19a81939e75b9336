using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Platform;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Incidents.Pages;

/// <summary>A part of the incident page: the page loads, its parts show.</summary>
public abstract class IncidentPart : ComponentBase
{
    [CascadingParameter] private IncidentPageModel? Loaded { get; set; }

    [CascadingParameter] public Actor Actor { get; set; } = null!;

    private protected IncidentPageModel Model => Loaded ?? throw new InvalidOperationException("Stands outside of an incident page.");

    private protected IncidentView View => Model.View;

    private protected bool MayChange => Model.MayChange(Actor);
}

/// <summary>A dialog of the incident page: what was typed stays until it was taken.</summary>
public abstract class IncidentDialog : IncidentPart
{
    private bool _wasOpen;

    [Parameter] public bool Open { get; set; }

    [Parameter] public EventCallback OnClose { get; set; }

    [Parameter] public EventCallback<string> OnDone { get; set; }

    private protected Refusal? Refusal { get; set; }

    private protected bool Busy { get; private set; }

    /// <summary>The version that the person saw when the dialog opened: what others did since is told, not overwritten.</summary>
    private protected int SeenVersion { get; private set; }

    /// <summary>Fills the fields when the dialog opens.</summary>
    protected abstract void Begin();

    protected override void OnParametersSet()
    {
        if (Open && !_wasOpen)
        {
            Refusal = null;
            SeenVersion = View.Version;
            Begin();
        }
        _wasOpen = Open;
    }

    private protected async Task RunAsync<T>(Func<Task<Result<T>>> act, string said)
    {
        if (Busy) return;
        Busy = true;
        try
        {
            var result = await act();
            Refusal = result.Refusal;
            if (result.IsOk) await OnDone.InvokeAsync(said);
        }
        finally
        {
            Busy = false;
        }
    }

    /// <summary>After «somebody was faster»: the page has the change by now; what was typed stays and may be sent on it.</summary>
    private protected void SeeLatest()
    {
        SeenVersion = View.Version;
        Refusal = null;
    }

    private protected void SeenOwn(int version) => SeenVersion = version;

    private protected Task ToggledAsync(bool open) => open ? Task.CompletedTask : OnClose.InvokeAsync();
}

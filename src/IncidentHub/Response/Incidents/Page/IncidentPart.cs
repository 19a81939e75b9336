using IncidentHub.Domain.Access;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Response.Incidents;

/// <summary>A part of the incident page: the page loads, its parts show.</summary>
public abstract class IncidentPart : ComponentBase
{
    [CascadingParameter] private IncidentPageModel? Loaded { get; set; }

    [CascadingParameter] public Actor Actor { get; set; } = null!;

    private protected IncidentPageModel Model => Loaded ?? throw new InvalidOperationException("Not inside an incident page.");

    private protected IncidentView View => Model.View;

    private protected bool MayChange => Model.MayChange(Actor);
}

/// <summary>A dialog of the incident page. It is rendered only while open, so that an idle page contains none.</summary>
public abstract class IncidentDialog : IncidentPart
{
    [Parameter] public EventCallback OnClose { get; set; }

    /// <summary>Called with a sentence that describes what was done.</summary>
    [Parameter] public EventCallback<string> OnDone { get; set; }

    private protected Refusal? Refusal { get; set; }

    /// <summary>The version that the person saw when the dialog opened: later changes by others are reported, not overwritten.</summary>
    private protected int ReadVersion { get; private set; }

    /// <summary>Fills the fields.</summary>
    protected virtual Task BeginAsync() => Task.CompletedTask;

    protected override Task OnInitializedAsync()
    {
        ReadVersion = View.Version;
        return BeginAsync();
    }

    private protected async Task RunAsync<T>(Func<Task<Result<T>>> act, string done)
    {
        var result = await act();
        Refusal = result.Refusal;
        if (result.IsOk) await OnDone.InvokeAsync(done);
    }

    /// <summary>After a conflict: the page shows the change; what was typed is kept and can be sent for the new version.</summary>
    private protected virtual Task ShowLatestAsync()
    {
        ReadVersion = View.Version;
        Refusal = null;
        return Task.CompletedTask;
    }

    /// <summary>The dialog's own changes are no conflict.</summary>
    private protected void SetReadVersion(int version) => ReadVersion = version;

    private protected Task ToggledAsync(bool open) => open ? Task.CompletedTask : OnClose.InvokeAsync();
}

using IncidentHub.Domain.Access;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Response.Incidents;

/// <summary>A part of the incident page: the page loads, its parts show.</summary>
public abstract class IncidentPart : ComponentBase
{
    [CascadingParameter] private IncidentPageModel? Loaded { get; set; }

    [CascadingParameter] public Actor Actor { get; set; } = null!;

    private protected IncidentPageModel Model => Loaded ?? throw new InvalidOperationException("Stands outside of an incident page.");

    private protected IncidentView View => Model.View;

    private protected bool MayChange => Model.MayChange(Actor);
}

/// <summary>A dialog of the incident page. It is rendered while it is open and no longer, so that an idle page carries none.</summary>
public abstract class IncidentDialog : IncidentPart
{
    [Parameter] public EventCallback OnClose { get; set; }

    /// <summary>Told what was done, in a sentence.</summary>
    [Parameter] public EventCallback<string> OnDone { get; set; }

    private protected Refusal? Refusal { get; set; }

    /// <summary>The version that the person saw when the dialog opened: what others did since is told, not overwritten.</summary>
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

    /// <summary>After a conflict: the page has the change by now; what was typed stays and may be sent on it.</summary>
    private protected virtual Task ShowLatestAsync()
    {
        ReadVersion = View.Version;
        Refusal = null;
        return Task.CompletedTask;
    }

    /// <summary>An act of this dialog's own is no conflict.</summary>
    private protected void SetReadVersion(int version) => ReadVersion = version;

    private protected Task ToggledAsync(bool open) => open ? Task.CompletedTask : OnClose.InvokeAsync();
}

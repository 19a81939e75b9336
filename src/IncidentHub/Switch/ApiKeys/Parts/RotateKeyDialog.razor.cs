using IncidentHub.Domain.Access;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Switch.ApiKeys.Parts;

public partial class RotateKeyDialog : ComponentBase
{
    private CreatedApiKey? _made;
    private long? _hours = ApiKeyRules.DefaultOverlapHours, _days;
    private Refusal? _refusal;

    /// <summary>The key to rotate; null: the dialog is closed.</summary>
    [Parameter] public Guid? Id { get; set; }

    [Parameter] public EventCallback<Guid?> IdChanged { get; set; }

    [Parameter] public string? Name { get; set; }

    [CascadingParameter] private Actor Actor { get; set; } = null!;

    [Inject] private ApiKeyCommands Commands { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;

    private async Task RotateAsync()
    {
        var command = new RotateApiKey(Id!.Value, (int)Math.Clamp(_hours ?? -1, -1, 10_000), (int?)_days);
        var result = await Commands.RotateAsync(command, Actor);
        _refusal = result.Refusal;
        if (result.IsOk) _made = result.Value;
    }

    private async Task CloseAsync(bool open)
    {
        if (open) return;
        (_made, _refusal, _hours, _days) = (null, null, ApiKeyRules.DefaultOverlapHours, null);
        await IdChanged.InvokeAsync(null);
    }
}

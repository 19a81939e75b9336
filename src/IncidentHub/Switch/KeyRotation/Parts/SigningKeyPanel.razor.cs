using IncidentHub.Platform.Keys;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Switch.KeyRotation.Parts;

public partial class SigningKeyPanel : LiveComponent
{
    private IReadOnlyList<SigningPeriod> _keys = [];
    private Refusal? _refusal;
    private SigningPeriod? _withdrawing;
    private string? _reason;
    private bool _asking;

    [Inject] private SigningKeyCommands Commands { get; set; } = null!;
    [Inject] private SigningKeys SigningKeys { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    protected override IReadOnlyCollection<string> Topics { get; } = ["keys"];

    protected override Task LoadAsync(CancellationToken ct)
    {
        var keys = Commands.List(Actor);
        if (keys.IsOk) _keys = keys.Value;
        return Task.CompletedTask;
    }

    private async Task RotateAsync()
    {
        var result = await Commands.RotateAsync(Actor, Gone);
        _refusal = result.Refusal;
        if (result.IsOk)
        {
            _asking = false;
            Toasts.Done("The new signing key is published.");
        }
        await ReloadAsync();
    }

    private async Task WithdrawAsync()
    {
        var result = await Commands.WithdrawAsync(_withdrawing!.Kid, _reason, Actor);
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        (_withdrawing, _reason) = (null, null);
        Toasts.Done("The key is withdrawn. Collectors ask for new permits.");
        await ReloadAsync();
    }

    private bool Signs(SigningPeriod? key) =>
        key is not null && key.SignsFrom <= Viewer.Now && (key.SignsUntil is null || key.SignsUntil > Viewer.Now);

    private (Tone Tone, string Text)? State(SigningPeriod key) =>
        key.Withdrawal is not null ? (Tone.Bad, "Withdrawn")
        : key.SignsFrom > Viewer.Now ? (Tone.Accent, "Next")
        : Signs(key) ? (Tone.Ok, "Signs")
        : null;
}

using IncidentHub.Domain;
using IncidentHub.Platform.Keys;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.ApiKeys.Pages;

public partial class SigningKeyPanel : LiveComponent
{
    private IReadOnlyList<SigningPeriod> _keys = [];
    private TimeSpan _ahead;
    private Refusal? _refusal;
    private SigningPeriod? _withdrawing;
    private string? _reason;
    private bool _asking, _busy;

    [Inject] private IServiceProvider Services { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    protected override IReadOnlyCollection<string> Topics { get; } = ["keys"];

    protected override Task LoadAsync(CancellationToken ct)
    {
        var keys = Services.GetRequiredService<RotateSigningKeyHandler>().List(Actor);
        if (keys.IsOk) _keys = keys.Value;
        _ahead = Services.GetRequiredService<SigningKeys>().PublishAhead;
        return Task.CompletedTask;
    }

    private async Task RotateAsync()
    {
        var result = await Services.GetRequiredService<RotateSigningKeyHandler>().HandleAsync(Actor, Gone);
        _refusal = result.Refusal;
        _asking = !result.IsOk;
        await ReloadAsync();
    }

    private async Task WithdrawAsync()
    {
        if (_busy) return;
        _busy = true;
        var result = await Services.GetRequiredService<WithdrawSigningKeyHandler>().HandleAsync(new WithdrawSigningKey(_withdrawing!.Kid, _reason), Actor);
        _busy = false;
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        _withdrawing = null;
        Toasts.Done("The key is withdrawn. Collectors ask again.");
        await ReloadAsync();
    }

    private bool Signs(SigningPeriod? key) => key is not null && key.SignsFrom <= Viewer.Now && (key.SignsUntil is null || key.SignsUntil > Viewer.Now);

    private (Tone Tone, string Text)? State(SigningPeriod key) =>
        key.Withdrawal is not null ? (Tone.Bad, "withdrawn") : key.SignsFrom > Viewer.Now ? (Tone.Accent, "next") : key.SignsUntil is null || key.SignsUntil > Viewer.Now ? (Tone.Ok, "signs") : null;
}

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
    private bool _asking;

    [Inject] private IServiceProvider Services { get; set; } = null!;

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

    private (Tone Tone, string Text)? State(SigningPeriod key) =>
        key.SignsFrom > Viewer.Now ? (Tone.Accent, "next") : key.SignsUntil is null || key.SignsUntil > Viewer.Now ? (Tone.Ok, "signs") : null;
}

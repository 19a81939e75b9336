using Microsoft.AspNetCore.Components;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// A dialog whose act makes the SEV policy run: before it, the dialog shows what the policy will do to pauses, clocks and approvals.
/// </summary>
public abstract class PolicyDialog : IncidentDialog
{
    private int _asked;

    [Inject] private protected PolicyPreviewHandler Preview { get; set; } = null!;

    /// <summary>What the act will do as it is chosen now.</summary>
    private protected IReadOnlyList<string> Effect { get; private set; } = [];

    /// <summary>The preview of what is chosen; null where nothing is, or where the act does not concern the policy.</summary>
    private protected abstract Task<Result<PolicyPreview>>? AskPreview();

    /// <summary>Asks again. Of answers that overtake each other the last choice's counts.</summary>
    private protected async Task PlanAsync()
    {
        var asked = ++_asked;
        var lines = await LinesAsync(AskPreview());
        if (asked == _asked) Effect = lines;
    }

    /// <summary>Empty where the act would be refused: its refusal says why once it is sent.</summary>
    private protected static async Task<IReadOnlyList<string>> LinesAsync(Task<Result<PolicyPreview>>? preview) =>
        preview is not null && await preview is { IsOk: true } found ? PlanText.Lines(found.Value) : [];

    private protected override async Task ShowLatestAsync()
    {
        await base.ShowLatestAsync();
        await PlanAsync();
    }
}

using Microsoft.AspNetCore.Components;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// A dialog whose act runs the SEV policy: it shows beforehand what the policy will do to pauses, clocks and approvals.
/// </summary>
public abstract class PolicyDialog : IncidentDialog
{
    private int _asked;

    [Inject] private protected PolicyPreviewHandler Preview { get; set; } = null!;

    /// <summary>The effects of the act as currently chosen.</summary>
    private protected IReadOnlyList<string> Effect { get; private set; } = [];

    /// <summary>The preview of the current choice; null if there is none, or if the act does not concern the policy.</summary>
    private protected abstract Task<Result<PolicyPreview>>? AskPreview();

    /// <summary>Reloads the preview. If responses arrive out of order, the one for the last choice counts.</summary>
    private protected async Task PlanAsync()
    {
        var asked = ++_asked;
        var lines = await LinesAsync(AskPreview());
        if (asked == _asked) Effect = lines;
    }

    /// <summary>Empty if the act would be refused: the refusal is shown when it is sent.</summary>
    private protected static async Task<IReadOnlyList<string>> LinesAsync(Task<Result<PolicyPreview>>? preview) =>
        preview is not null && await preview is { IsOk: true } found ? PlanText.Lines(found.Value) : [];

    private protected override async Task ShowLatestAsync()
    {
        await base.ShowLatestAsync();
        await PlanAsync();
    }
}

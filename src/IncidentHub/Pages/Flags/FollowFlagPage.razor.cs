using Microsoft.AspNetCore.Components;
using IncidentHub.Response.Flags;
using IncidentHub.Response.Flags.Parts;

namespace IncidentHub.Pages.Flags;

public partial class FollowFlagPage : ComponentBase
{
    private Refusal? _refusal;
    private FlagPage? _page;

    [Inject] private FlagLimiter Limiter { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;
    [Inject] private FlagQueries Queries { get; set; } = null!;
    [Inject] private FlagCommands Commands { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "receipt", Name = "receipt")] private string? Given { get; set; }
    [SupplyParameterFromForm(FormName = "say", Name = "receipt")] private string? Carried { get; set; }
    [SupplyParameterFromForm(FormName = "say", Name = "message")] private string? Message { get; set; }

    // A rate-limited message is kept in its form until it may be sent.
    private bool Waits => Carried is not null && _refusal?.Kind == RefusalKind.TooMany;

    private string? Receipt => Given ?? Carried;

    private IReadOnlyList<FlagMessageLine> Lines => [.. _page!.Messages.Select(m => FlagMessageLine.Of(_page, m, forTriage: false))];

    // The message form is rendered only after the flag has been found.
    protected override Task OnInitializedAsync() => Carried is null ? Task.CompletedTask : OpenAsync();

    private Task OpenAsync()
    {
        _refusal = Limiter.LookingUp(Http);
        return _refusal is null ? FindAsync() : Task.CompletedTask;
    }

    private async Task FindAsync()
    {
        var found = await Queries.FindByReceiptAsync(Receipt);
        _refusal = found.Refusal;
        if (found.IsOk) _page = found.Value;
    }

    private async Task SayAsync()
    {
        // The preceding look-up counts against the rate limit and may have been refused.
        if (_page is null) return;
        var files = PostedFiles.Of(Http);
        _refusal = Limiter.Attaching(Http, files.Sum(f => f.Length), byReceipt: true);
        if (_refusal is not null) return;
        var said = await Commands.WithFilesAsync(files, taken => Commands.SayByReceiptAsync(Receipt ?? "", Message ?? "", taken));
        if (said.IsOk) Message = null;
        await FindAsync();
        _refusal = said.Refusal ?? _refusal;
    }
}

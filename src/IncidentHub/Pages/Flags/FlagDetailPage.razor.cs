using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Response.Incidents;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using IncidentHub.Response.Flags;
using IncidentHub.Response.Flags.Parts;

namespace IncidentHub.Pages.Flags;

public partial class FlagDetailPage : LiveComponent
{
    private enum Question { None, Dismiss, Merge }

    /// <summary>Sibling pages without a live connection: the interactive router would match their names as codes.</summary>
    private static readonly string[] PlainPages = ["new", "receipt"];

    private FlagPage? _page;
    private Question _asking;
    private Refusal? _refusal, _messageRefusal;
    private FileField? _file;
    private int _sent;

    /// <summary>The version that was shown when the dialog was opened: the page goes on updating behind it.</summary>
    private int _askedOf;
    private string? _typedFor, _message, _reason, _incident;

    [Inject] private FlagQueries Queries { get; set; } = null!;
    [Inject] private FlagCommands Commands { get; set; } = null!;
    [Inject] private ListIncidentsHandler Incidents { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter] public string Code { get; set; } = "";

    private FlagState Flag => _page!.Flag.State;

    private bool IsOwn => FlagActors.Relation(Flag, Actor) == Relation.OwnFlag;

    // A responder who raised the flag reads and writes as its reporter.
    private bool AsTriage => _page!.ForTriage && !IsOwn;

    private string Declare => $"incidents/new?flag={Flag.Code}";

    private string Reporter => AsTriage ? _page!.Flag.RaisedBy?.Name ?? "Reporter, anonymous" : "You";

    private string RaisedBy => AsTriage ? _page!.Flag.RaisedBy?.Name ?? "an anonymous reporter" : "you";

    private string? AcknowledgedBy => _page!.ForTriage ? _page.Flag.AcknowledgedBy : null;

    private IReadOnlyList<FlagMessageLine> Lines => [.. _page!.Messages.Select(m => FlagMessageLine.Of(_page!, m, AsTriage))];

    protected override object? ParametersKey => Code;

    protected override IReadOnlyCollection<string> Topics => _page is null ? [] : [$"flag:{Flag.Id}"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        if (PlainPages.Contains(Code))
        {
            Navigation.NavigateTo(Navigation.Uri, forceLoad: true);
            return;
        }
        // The component may be reused for another flag: what was typed for the previous one is discarded.
        if (_typedFor != Code)
        {
            (_typedFor, _message, _reason, _incident) = (Code, null, null, null);
            (_asking, _refusal, _messageRefusal) = (Question.None, null, null);
        }
        var found = await Queries.FindAsync(Code, Actor, ct);
        _page = found.IsOk ? found.Value : null;
    }

    private async Task AcknowledgeAsync() =>
        await DoneAsync(await Commands.RunAsync(Flag.Code, new AcknowledgeFlag(Actor.Id), Flag.Version, Actor), "Acknowledged.");

    private async Task DismissAsync() =>
        await DoneAsync(
            await Commands.RunAsync(Flag.Code, new DismissFlag(_reason ?? "", Actor.Id), _askedOf, Actor),
            $"{Flag.Code} is dismissed.");

    private async Task MergeAsync() =>
        await DoneAsync(
            await Commands.MergeAsync(Flag.Code, _incident ?? "", _askedOf, Actor),
            $"{Flag.Code} is merged into {_incident}.");

    private async Task DoneAsync(Result<FlagRecord> result, string words)
    {
        _refusal = result.Refusal;
        if (result.IsOk)
        {
            _asking = Question.None;
            Toasts.Done(words);
        }
        await ReloadAsync();
    }

    private Task RedactedAsync(string done)
    {
        Toasts.Done(done);
        return ReloadAsync();
    }

    private async Task SendAsync()
    {
        _messageRefusal = _file is not null && await _file.IsChosenAsync()
            ? (await _file.UploadAsync($"api/v1/flags/{Flag.Code}/files", new Dictionary<string, string?>
            {
                ["name"] = "",
                ["message"] = _message,
            })).Refusal
            : (await Commands.SayAsync(Flag.Code, _message ?? "", Actor)).Refusal;
        // The key of the field: a file that was sent is not chosen any more.
        if (_messageRefusal is null) (_message, _sent) = (null, _sent + 1);
        await ReloadAsync();
    }

    private async Task LoadAgainAsync()
    {
        (_refusal, _messageRefusal) = (null, null);
        await ReloadAsync();
        if (_page is not null) _askedOf = Flag.Version;
    }

    private Task<IEnumerable<Choice<string>>> FindIncidentsAsync(string text, CancellationToken ct) =>
        IncidentChoices.FindAsync(Incidents, text, Actor, ct);

    private void Ask(Question question) => (_asking, _refusal, _askedOf) = (question, null, Flag.Version);

    private void Opened(bool open) => Ask(open ? _asking : Question.None);
}

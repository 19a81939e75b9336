using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Platform;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Flags.Pages;

public partial class FlagDetailPage : LiveComponent
{
    private enum Asking { Nothing, Dismiss, Merge }

    private FlagPage? _page;
    private Asking _asking;
    private Refusal? _refusal, _sayRefusal;
    private string? _message, _reason, _incident;
    private bool _busy;

    [Inject] private FlagQueries Queries { get; set; } = null!;
    [Inject] private TriageFlagHandler Triage { get; set; } = null!;
    [Inject] private FlagConversationHandler Conversation { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter] public string Code { get; set; } = "";

    private FlagState Flag => _page!.Flag.State;

    private bool IsOwn => FlagActors.Relation(Flag, Actor) == Relation.OwnFlag;

    private string Declare => $"/incidents/new?flag={Flag.Code}";

    private string? By => _page!.ForTriage && !IsOwn ? _page.Flag.RaisedBy?.Name ?? "Reporter, anonymous" : "You";

    private string Raised => _page!.ForTriage && !IsOwn ? $"by {_page.Flag.RaisedBy?.Name ?? "somebody who stays anonymous"}" : "by you";

    private string? AcknowledgedBy => _page!.ForTriage ? _page.Flag.AcknowledgedBy : null;

    private IReadOnlyList<FlagLineOfTalk> Lines => [.. _page!.Messages.Select(m => FlagLineOfTalk.Of(m, _page.ForTriage && !IsOwn))];

    protected override object? ParametersKey => Code;

    protected override IReadOnlyCollection<string> Topics => _page is null ? ["flags"] : [$"flag:{Flag.Id}"];

    /// <summary>Pages beside this one that have no live connection: the live router does not know them, and takes their names for codes.</summary>
    private static readonly string[] PlainPages = ["new", "receipt"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        if (PlainPages.Contains(Code))
        {
            Navigation.NavigateTo(Navigation.Uri, forceLoad: true);
            return;
        }
        var found = await Queries.FindAsync(Code, Actor, ct);
        _page = found.IsOk ? found.Value : null;
    }

    private async Task AcknowledgeAsync() => await DoneAsync(await Triage.HandleAsync(new Acknowledge(Flag.Code, Flag.Version), Actor), "Acknowledged.");

    private async Task DismissAsync() => await DoneAsync(await Triage.HandleAsync(new Dismiss(Flag.Code, _reason ?? "", Flag.Version), Actor), $"{Flag.Code} is closed without an incident.");

    private async Task MergeAsync() => await DoneAsync(await Triage.HandleAsync(new MergeInto(Flag.Code, _incident ?? "", Flag.Version), Actor), $"{Flag.Code} is part of the incident.");

    private async Task DoneAsync(Result<FlagFacts> result, string words)
    {
        _refusal = result.Refusal;
        if (result.IsOk)
        {
            _asking = Asking.Nothing;
            Toasts.Done(words);
        }
        await ReloadAsync();
    }

    private async Task SayAsync()
    {
        if (_busy) return;
        _busy = true;
        var said = await Conversation.HandleAsync(new SayOn(Flag.Code, _message ?? ""), Actor);
        _busy = false;
        _sayRefusal = said.Refusal;
        if (said.IsOk) _message = null;
        await ReloadAsync();
    }

    private async Task LoadAgainAsync()
    {
        _refusal = null;
        await ReloadAsync();
    }

    private void Ask(Asking what) => (_asking, _refusal) = (what, null);

    private void Opened(bool open) => Ask(open ? _asking : Asking.Nothing);
}

using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Features.Pauses;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace IncidentHub.Features.Incidents.Pages;

/// <summary>What the page is asking somebody for, one thing at a time.</summary>
public enum IncidentAsk { Nothing, Sev, Assess, Contain, Resolve, Close, Reopen, Merge, Restrict, Details, Roles, Moment, Exposure, Program, Hold }

/// <summary>The incident page: the one primary action is the next step of its state.</summary>
public partial class IncidentPage : LiveComponent
{
    private static readonly List<Crumb> Trail = [new("Incidents", "/incidents")];

    private IncidentPageModel? _model;
    private Refusal? _missing;
    private string? _read;
    private IncidentAsk _ask;
    private Moment? _moment;
    private int? _momentCycle;
    private Guid? _exposure;
    private string? _program;
    private Guid? _hold;
    private bool _menu;

    [Inject] private GetIncidentPageHandler Handler { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter] public string Code { get; set; } = "";

    [SupplyParameterFromQuery] public string? Tab { get; set; }

    protected override object? ParametersKey => Code;

    protected override IReadOnlyCollection<string> Topics => _model is null
        ? ["incidents"]
        : [$"incident:{View.Id}", .. _model.Programs.SelectMany(p => new[] { $"program:{p.ProgramId}", FleetTopic.Of(p.ProgramId) }), "decisions"];

    private IncidentView View => _model!.View;

    private string Key => Tab is "moments" or "scope" ? Tab : "timeline";

    private List<TabItem> TabItems => [new("timeline", "Timeline"), new("moments", "Moments"), new("scope", "Scope and severity", View.SevChanges.Count > 0 ? View.SevChanges.Count : null)];

    private bool MayChange => _model!.MayChange(Actor);

    private bool MayRestrict => View.Status != IncidentStatus.Merged && AccessTable.Allows(Actor, Act.RestrictIncident, _model!.Relation);

    private bool MayHold => View.Status != IncidentStatus.Merged && AccessTable.Allows(Actor, Act.PlaceLegalHold, _model!.Relation);

    private IEnumerable<RoleView> Roles => View.People.Where(p => p.Role != IncidentRole.Named).OrderBy(p => p.Role);

    private string Named => string.Join(", ", View.People.Where(p => p.Role == IncidentRole.Named).Select(p => p.Name));

    private IncidentAsk Next => View.Status switch
    {
        IncidentStatus.Investigating => IncidentAsk.Contain,
        IncidentStatus.Contained => IncidentAsk.Resolve,
        IncidentStatus.Resolved => IncidentAsk.Close,
        _ => IncidentAsk.Reopen,
    };

    private string NextName => Next switch
    {
        IncidentAsk.Contain => "Mark contained…",
        IncidentAsk.Resolve => "Mark resolved…",
        IncidentAsk.Close => "Close…",
        _ => "Reopen…",
    };

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Handler.HandleAsync(new(Code, Again: _read == Code), Actor, ct);
        _missing = found.Refusal;
        _model = found.IsOk ? found.Value : null;
        if (found.IsOk) _read = Code;
    }

    private void Ask(IncidentAsk ask)
    {
        _moment = null;
        _momentCycle = null;
        _menu = false;
        _ask = ask;
    }

    private void MenuKey(KeyboardEventArgs e)
    {
        if (e.Key == "Escape") _menu = false;
    }

    private void CorrectAsync((Moment Moment, int? Cycle) asked)
    {
        (_moment, _momentCycle) = asked;
        _ask = IncidentAsk.Moment;
    }

    private void AskExposureAsync(Guid? exposure)
    {
        _exposure = exposure;
        _ask = IncidentAsk.Exposure;
    }

    private void AskProgramAsync(string? program)
    {
        _program = program;
        _ask = IncidentAsk.Program;
    }

    private void AskHoldAsync(Guid? hold)
    {
        (_hold, _menu) = (hold, false);
        _ask = IncidentAsk.Hold;
    }

    private void Closed() => _ask = IncidentAsk.Nothing;

    private async Task DoneAsync(string said)
    {
        _ask = IncidentAsk.Nothing;
        Toasts.Done(said);
        await ReloadAsync();
    }
}

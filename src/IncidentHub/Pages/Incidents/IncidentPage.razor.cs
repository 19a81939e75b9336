using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Switch.Pauses;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using IncidentHub.Response.Incidents;
using IncidentHub.Response.Obligations;
using IncidentHub.Response.Statements;
using IncidentHub.Decisions;
using IncidentHub.Platform.Database;

namespace IncidentHub.Pages.Incidents;

/// <summary>The incident page: the one primary action is the next step of its status.</summary>
public partial class IncidentPage : LiveComponent
{
    private static readonly List<Crumb> Trail = [new("Incidents", "incidents")];

    private IncidentPageModel? _model;
    private IReadOnlyList<DecisionLine> _decisions = [];
    private int _obligations;
    private int _statements;
    private bool _privileged;
    private Refusal? _missing;
    private IncidentAsk _ask;
    private (TimestampKind Timestamp, int? Cycle) _timestamp;
    private Guid? _exposure;
    private string? _program;
    private Guid? _hold;

    [Inject] private Db Db { get; set; } = null!;
    [Inject] private DecisionReader Decisions { get; set; } = null!;
    [Inject] private GetIncidentPageHandler Handler { get; set; } = null!;
    [Inject] private ReadPrivilegedHandler Privileged { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter] public string Code { get; set; } = "";

    [SupplyParameterFromQuery] public string? Tab { get; set; }

    /// <summary>The page as it was known at that time; null: as it is.</summary>
    [SupplyParameterFromQuery] public string? AsOf { get; set; }

    // At an earlier time the page loads nothing of today.
    private bool IsEarlier => QueryText.Time(AsOf) is not null;

    protected override object? ParametersKey => (Code, IsEarlier);

    protected override IReadOnlyCollection<string> Topics => IsEarlier ? [] : _model is null
        ? ["incidents"]
        : [$"incident:{View.Id}", .. _model.Programs.SelectMany(p => new[] { $"program:{p.ProgramId}", FleetTopic.Of(p.ProgramId) }),
            "decisions"];

    private IncidentView View => _model!.View;

    private string Key => Tab is "timestamps" or "scope" or "obligations" or "statements" or "review"
        || (Tab == "privileged" && _privileged) ? Tab : "timeline";

    private List<TabItem> TabItems =>
        [new("timeline", "Timeline"), new("timestamps", "Timestamps"),
            new("scope", "Scope", View.SevChanges.Count > 0 ? View.SevChanges.Count : null),
            new("obligations", "Obligations", _obligations > 0 ? _obligations : null),
            new("statements", "Statements", _statements > 0 ? _statements : null),
            new("review", "Review"),
            .. _privileged ? [new TabItem("privileged", "Privileged")] : (TabItem[])[]];

    private bool MayChange => _model!.MayChange(Actor);

    // On a restricted incident, a role and a merge give it other readers.
    private bool MayChangeReaders => View.Confidentiality == Confidentiality.Open || MayRestrict;

    private bool MayRestrict => View.Status != IncidentStatus.Merged && AccessTable.Allows(Actor, Act.RestrictIncident, _model!.Relation);

    private bool MayHold => View.Status != IncidentStatus.Merged && AccessTable.Allows(Actor, Act.PlaceLegalHold, _model!.Relation);

    private bool MayRedact => AccessTable.Allows(Actor, Act.Redact);

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

    private IEnumerable<(IncidentAsk Ask, string Name)> MenuItems
    {
        get
        {
            if (MayChange)
            {
                yield return (IncidentAsk.Details, "Title and summary…");
                if (MayChangeReaders) yield return (IncidentAsk.Roles, "Roles…");
                yield return (IncidentAsk.Timestamp, "Correct timestamp…");
                if (View.Status.CanReopen())
                    yield return (IncidentAsk.Reopen, "Reopen…");
                if (_model!.IsOpen && MayChangeReaders) yield return (IncidentAsk.Merge, "Merge into another…");
            }
            if (MayRestrict)
                yield return (IncidentAsk.Restrict, View.Confidentiality == Confidentiality.Open ? "Restrict…" : "Open to all readers…");
            if (MayHold) yield return (IncidentAsk.Hold, "Legal hold…");
            if (MayRedact) yield return (IncidentAsk.Redact, "Redact…");
        }
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        if (IsEarlier)
        {
            (_model, _missing) = (null, null);
            return;
        }
        var found = await Handler.HandleAsync(new(Code), Actor, ct);
        _missing = found.Refusal;
        _model = found.IsOk ? found.Value : null;
        if (_model is null) return;
        _privileged = await Privileged.IsShownAsync(Code, Actor, ct);
        (_decisions, _obligations, _statements) = await Db.ReadAsync(
            async sql => (
                await Decisions.OfIncidentAsync(sql, View.Id, Actor),
                (await ObligationQueries.UnsettledAsync(sql, View.Id)).Count,
                await StatementQueries.WaitingAsync(sql, View.Id)),
            ct);
    }

    private void Ask(IncidentAsk ask) => (_ask, _timestamp, _hold) = (ask, default, null);

    private void AskTimestamp((TimestampKind Timestamp, int? Cycle) asked) => (_ask, _timestamp) = (IncidentAsk.Timestamp, asked);

    private void AskExposure(Guid? exposure) => (_ask, _exposure) = (IncidentAsk.Exposure, exposure);

    private void AskProgram(string? program) => (_ask, _program) = (IncidentAsk.Program, program);

    private void AskRelease(Guid hold) => (_ask, _hold) = (IncidentAsk.Hold, hold);

    private void Closed() => _ask = IncidentAsk.Nothing;

    private Task RedactedAsync(bool redacted)
    {
        Closed();
        return redacted ? DoneAsync("Redacted.") : Task.CompletedTask;
    }

    private async Task DoneAsync(string done)
    {
        _ask = IncidentAsk.Nothing;
        Toasts.Done(done);
        await ReloadAsync();
    }
}

using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using IncidentHub.Catalog.Programs;
using IncidentHub.Catalog.Programs.Parts;

namespace IncidentHub.Pages.Programs;

public partial class ProgramDetailPage : LiveComponent
{
    private const int ActivityStep = 12, MostActivity = 240;
    private static readonly IReadOnlyList<Crumb> Trail = [new("Programs", "programs")];
    private ProgramPage? _page;
    private IReadOnlyList<SafeguardLine> _safeguards = [];
    private IReadOnlyList<DatasetBrief> _feeds = [];
    private IReadOnlyList<TimelineEntryView> _activity = [];
    private bool _more, _launching;
    private Refusal? _refusal;

    [Inject] private ProgramQueries Queries { get; set; } = null!;
    [Inject] private IncidentReader Incidents { get; set; } = null!;
    [Inject] private DatasetReader Datasets { get; set; } = null!;
    [Inject] private ProgramCommands Commands { get; set; } = null!;
    [Inject] private TimelineReader Timelines { get; set; } = null!;
    [Inject] private Db Db { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter] public string Code { get; set; } = "";

    /// <summary>The number of activity entries shown.</summary>
    [SupplyParameterFromQuery] public string? Shown { get; set; }

    private ProgramState State => _page!.Program.State;

    private ProgramDetails Details => State.Details;

    private Relation Relation => _page!.Program.Relation(Actor);

    private bool Final => State.Lifecycle == ProgramLifecycle.Terminated;

    // «Mandatory · United States · 38,200 people».
    private string Recorded =>
        $"{ProgramWords.Of(Details.Participation)} · {ProgramWords.Regions(Details.Regions)} · {ProgramWords.People(Details.People)}";

    private int Limit => QueryText.Lines(Shown, ActivityStep, MostActivity);

    protected override object? ParametersKey => (Code, Shown);

    protected override IReadOnlyCollection<string> Topics => _page is null ? ["programs"] : [$"program:{State.Id}", "datasets"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Queries.FindAsync(Code, Actor, ct);
        _page = found.IsOk ? found.Value : null;
        if (_page is null) return;
        _safeguards = await Db.ReadAsync(SafeguardsAsync, ct);
        _feeds = await Db.ReadAsync(sql => Datasets.FedByAsync(sql, State.Id), ct);
        var query = TimelineQuery.All with { Limit = Limit };
        var activity = await Db.ReadAsync(sql => Timelines.OfProgramAsync(sql, State.Id, query, Actor), ct);
        _activity = activity.IsOk ? activity.Value.Items : [];
        _more = activity is { IsOk: true, Value.NextCursor: not null } && Limit < MostActivity;
    }

    private async Task<IReadOnlyList<SafeguardLine>> SafeguardsAsync(ISql sql)
    {
        var lines = new List<SafeguardLine>();
        foreach (var record in _page!.Safeguards)
        {
            var by = record.State.BrokenByIncidentId;
            var incident = by is { } id ? await Incidents.FindVisibleAsync(sql, Actor, id) : null;
            lines.Add(SafeguardLine.Of(record, incident?.Code));
        }
        return lines;
    }

    private async Task LaunchAsync()
    {
        var result = await Commands.RunAsync(State.Code, new LaunchProgram(), State.Version, Actor);
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        _launching = false;
        Toasts.Done($"{State.Code} is live.");
        await ReloadAsync();
    }
}

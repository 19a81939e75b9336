using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Features.Datasets;
using IncidentHub.Features.Incidents;
using IncidentHub.Features.Timeline;
using IncidentHub.Platform.Database;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Programs.Pages;

public partial class ProgramDetailPage : LiveComponent
{
    private const int StoryStep = 12;
    private ProgramPage? _page;
    private IReadOnlyList<PromiseLine> _promises = [];
    private IReadOnlyList<DatasetBrief> _feeds = [];
    private IReadOnlyList<TimelineEntryView> _story = [];
    private bool _more, _launching;
    private int _storyLimit = StoryStep;
    private Refusal? _refusal;

    [Inject] private ProgramQueries Queries { get; set; } = null!;
    [Inject] private IncidentReader Incidents { get; set; } = null!;
    [Inject] private DatasetReader Datasets { get; set; } = null!;
    [Inject] private ChangeProgramHandler Change { get; set; } = null!;
    [Inject] private Db Db { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter] public string Code { get; set; } = "";

    private ProgramState State => _page!.Program.State;

    private ProgramDetails Details => State.Details;

    private Relation Relation => _page!.Program.Relation(Actor);

    private string Bound => $"{(Details.Switch.Ttl + Details.Switch.LongestAct).TotalSeconds + 1} s of a pause, whatever happens to the network";

    protected override object? ParametersKey => Code;

    protected override IReadOnlyCollection<string> Topics => _page is null ? ["programs"] : [$"program:{State.Id}", "datasets"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Queries.FindAsync(Code, Actor, ct);
        _page = found.IsOk ? found.Value : null;
        if (_page is null) return;
        _promises = await Db.ReadAsync(PromisesAsync, ct);
        _feeds = await Db.ReadAsync(sql => Datasets.FedByAsync(sql, State.Id), ct);
        var story = await Db.ReadAsync(sql => TimelineReader.OfProgramAsync(sql, State.Id, TimelineQuery.All with { Limit = _storyLimit }), ct);
        (_story, _more) = story.IsOk ? (story.Value.Items, story.Value.NextCursor is not null && _storyLimit < 240) : ([], false);
    }

    private async Task<IReadOnlyList<PromiseLine>> PromisesAsync(ISql sql)
    {
        var lines = new List<PromiseLine>();
        foreach (var record in _page!.Safeguards)
        {
            var incident = record.State.BrokenByIncidentId is { } id && AccessTable.Allows(Actor, Act.ReadIncidents) ? await Incidents.FindVisibleAsync(sql, Actor, id) : null;
            lines.Add(PromiseLine.Of(record, incident?.Code));
        }
        return lines;
    }

    private async Task EarlierAsync()
    {
        _storyLimit += StoryStep;
        await ReloadAsync();
    }

    private async Task LaunchAsync()
    {
        var result = await Change.HandleAsync(new ChangeProgram(State.Code, new LaunchProgram(), State.Version), Actor);
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        _launching = false;
        Toasts.Done($"{State.Code} is live.");
        await ReloadAsync();
    }
}

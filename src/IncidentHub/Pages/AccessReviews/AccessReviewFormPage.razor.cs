using IncidentHub.Access.Identity;
using IncidentHub.Access.Identity.Parts;
using IncidentHub.Domain.AccessReviews;
using IncidentHub.Response.AccessReviews;
using IncidentHub.Response.AccessReviews.Parts;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Incidents;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Pages.AccessReviews;

/// <summary>Loads an access log: which file, how to read it, and what it is set against.</summary>
public partial class AccessReviewFormPage : LiveComponent
{
    private static readonly IReadOnlyList<Choice<LogPreset>> Presets =
        [.. Enum.GetValues<LogPreset>().Select(p => new Choice<LogPreset>(p, ReviewText.Word(p)))];

    private static readonly IReadOnlyList<Choice<LogFormat>> Formats =
        [new(LogFormat.Csv, "Table (CSV)"), new(LogFormat.Json, "JSON", "One object a line, or an array.")];

    private static readonly IReadOnlyList<Choice<LogTimes>> TimeForms =
    [
        new(LogTimes.Text, "Dates and times"), new(LogTimes.UnixSeconds, "Seconds since 1970"),
        new(LogTimes.UnixMilliseconds, "Milliseconds since 1970"),
    ];

    private IReadOnlyList<Choice<string>> _datasets = [], _logs = [];
    private IReadOnlyList<Person> _people = [];
    private IReadOnlyCollection<string>? _named;
    private string? _dataset, _log, _zone, _time, _account, _object, _action, _audience, _objects, _services;
    private LogPreset _preset = LogPreset.Custom;
    private LogFormat _format;
    private LogTimes _times;
    private long? _gap = 60;
    private DateTimeOffset? _from, _until;
    private LogPreview? _preview;
    private Refusal? _missing, _refusal;
    private bool _uploading;

    [SupplyParameterFromQuery] public string? Incident { get; set; }

    [Inject] private GetIncidentHandler Incidents { get; set; } = null!;
    [Inject] private EvidenceQueries Files { get; set; } = null!;
    [Inject] private ReviewQueries Queries { get; set; } = null!;
    [Inject] private ReviewCommands Commands { get; set; } = null!;
    [Inject] private People People { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    protected override object? ParametersKey => Incident;

    protected override IReadOnlyCollection<string> Topics => [];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Incidents.HandleAsync(new(Incident ?? ""), Actor, ct);
        _missing = found.Refusal;
        if (!found.IsOk) return;
        _datasets = [.. found.Value.Exposures.Where(e => e.WithdrawnReason is null).Select(e => new Choice<string>(e.Dataset, e.Dataset))];
        if (_datasets.Count == 0) _missing = Refusal.NotAllowed("no_exposure", "The incident has no exposed dataset. Record one first.");
        _dataset ??= _datasets.FirstOrDefault()?.Value;
        _people = [.. (await People.ListAsync(ct)).Where(p => p.IsActive)];
        if (_preset == LogPreset.Custom && _time is null) ChoosePreset(LogPreset.Plain);
        await LoadFilesAsync(ct);
    }

    private async Task LoadFilesAsync(CancellationToken ct)
    {
        var files = await Files.ListAsync(Incident ?? "", null, 250, Actor, ct);
        _logs = files.IsOk ? [.. files.Value.Items.Select(f => new Choice<string>(f.Code, $"{f.Code} · {f.Name}"))] : [];
    }

    private void ChoosePreset(LogPreset preset)
    {
        (_preset, _preview) = (preset, null);
        _services = string.Join('\n', LogMapping.ServicesOf(preset));
        if (LogMapping.Of(preset, null, null) is not { } known) return;
        (_format, _time, _account, _object, _action, _times) =
            (known.Format, known.Time, known.Account, known.Object, known.Action, known.Times);
    }

    private MappingBody Mapping => new(_time, _account, _object, _action, _times);

    private async Task PreviewAsync()
    {
        var read = await Queries.PreviewAsync(Incident ?? "", new PreviewBody(_log, _preset, _format, Mapping, _zone), Actor);
        _refusal = read.Refusal;
        _preview = read.IsOk ? read.Value : null;
    }

    private async Task UploadedAsync(string done)
    {
        _uploading = false;
        await LoadFilesAsync(Gone);
        // The newest is the first.
        _log = _logs.FirstOrDefault()?.Value;
        await PreviewAsync();
    }

    private async Task SendAsync()
    {
        var body = new LoadReviewBody(_dataset, _log, _preset, _format, Mapping, _zone, Lines(_objects), Lines(_services), (int?)_gap,
            _from, _until, _audience, _named?.ToList());
        var loaded = await Commands.LoadAsync(Incident ?? "", body, Actor);
        _refusal = loaded.Refusal;
        if (loaded.IsOk) Navigation.NavigateTo($"access-reviews/{loaded.Value.Code}");
    }

    private Task<IEnumerable<Choice<string>>> FindPeopleAsync(string text, CancellationToken ct) =>
        Task.FromResult(PersonChoices.Find(_people, text, Viewer));

    private string NameOf(string account) => _people.FirstOrDefault(p => p.Account == account)?.DisplayName ?? account;

    private static string[] Lines(string? text) =>
        (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

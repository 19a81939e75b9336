using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Severity;
using IncidentHub.Features.Datasets;
using IncidentHub.Features.Flags;
using IncidentHub.Features.Policy;
using IncidentHub.Features.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Incidents.Pages;

/// <summary>The form of declaring; says what the policy will do before it does it, and suggests the programs that a dataset draws in.</summary>
public partial class DeclarePage : LiveComponent
{
    private static readonly string[] Shown = ["title", "sev", "summary", "detected", "exposureStarted", "confidentiality", "programs", "exposures"];

    private static readonly IReadOnlyList<Choice<Involvement>> Kinds =
        [new(Involvement.Source, "Source"), new(Involvement.Suspected, "Suspected"), new(Involvement.Downstream, "Downstream")];

    private static readonly IReadOnlyList<Choice<Confidentiality>> Circles =
    [
        new(Confidentiality.Open, "Open", "Everybody with a reading role."),
        new(Confidentiality.Restricted, "Restricted", "You, privacy, counsel and whoever is named. Its code is random."),
    ];

    private readonly List<ProgramRow> _programs = [];
    private readonly List<string> _datasets = [];
    private readonly List<(string Dataset, string Code, Involvement Kind, string Why)> _found = [];
    private IReadOnlyList<ProgramPick> _allPrograms = [];
    private IReadOnlyList<DatasetPick> _allDatasets = [];
    private IReadOnlyList<Choice<Sev?>> _levels = [];
    private SevPolicy _policy = SevPolicy.Default;
    private FlagFacts? _flag;
    private string? _title;
    private string? _summary;
    private Sev? _sev;
    private DateTimeOffset? _started;
    private DateTimeOffset? _detected;
    private Confidentiality _confidentiality;
    private Refusal? _refusal;
    private Refusal? _denied;
    private bool _busy;

    [Inject] private Db Db { get; set; } = null!;
    [Inject] private ProgramReader ProgramReader { get; set; } = null!;
    [Inject] private DatasetReader DatasetReader { get; set; } = null!;
    [Inject] private FlagReader FlagReader { get; set; } = null!;
    [Inject] private SevPolicyReader Policies { get; set; } = null!;
    [Inject] private DeclareIncidentHandler Handler { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    /// <summary>Code of the flag to declare from.</summary>
    [SupplyParameterFromQuery] public string? Flag { get; set; }

    /// <summary>Code of a program to begin with.</summary>
    [SupplyParameterFromQuery] public string? Program { get; set; }

    protected override object? ParametersKey => (Flag, Program);

    protected override IReadOnlyCollection<string> Topics => ["policy"];

    private IReadOnlyList<Choice<string>> ProgramsLeft =>
        [.. _allPrograms.Where(p => p.Lifecycle != ProgramLifecycle.Terminated && _programs.All(r => r.Code != p.Code)).Select(p => new Choice<string>(p.Code, $"{p.Code} · {p.Name}"))];

    private IReadOnlyList<Choice<string>> DatasetsLeft => [.. _allDatasets.Where(d => !_datasets.Contains(d.Name)).Select(d => new Choice<string>(d.Name, d.Name))];

    private IReadOnlyList<(string Code, Involvement Kind, string Why)> Suggestions =>
        [.. _found.Where(f => _programs.All(p => p.Code != f.Code)).GroupBy(f => f.Code).Select(g => g.MinBy(f => f.Kind)).Select(f => (f.Code, f.Kind, f.Why))];

    /// <summary>What declaring will do, in a sentence.</summary>
    private string Effect
    {
        get
        {
            var sources = _programs.Where(p => p.Kind == Involvement.Source).Select(p => p.Code).ToList();
            var suspected = _programs.Where(p => p.Kind == Involvement.Suspected).Select(p => p.Code).ToList();
            if (_sev is not { } sev || sources.Count + suspected.Count == 0) return "";
            string List(IEnumerable<string> codes) => string.Join(", ", codes);
            return (_policy[sev].Pause, sources.Count > 0, suspected.Count > 0) switch
            {
                (PauseMode.AtOnce, true, true) => $"Declaring pauses {List(sources)} at once and proposes to pause {List(suspected)}.",
                (PauseMode.AtOnce, true, false) => $"Declaring pauses {List(sources)} at once.",
                (PauseMode.AtOnce, false, _) => $"Declaring proposes to pause {List(suspected)}.",
                (PauseMode.Proposed, _, _) => $"Declaring proposes to pause {List(sources.Concat(suspected))}: in force after {_policy[sev].ProposalDeadline?.Label} unless the owner declines.",
                (PauseMode.Recommended, _, _) => "Declaring pauses nothing; a pause is recommended.",
                _ => "Declaring pauses nothing.",
            };
        }
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        _denied = AccessTable.Deny(Actor, Act.DeclareIncident);
        if (_denied is not null) return;
        await Db.ReadAsync(
            async sql =>
            {
                _policy = await Policies.CurrentAsync(sql);
                _allPrograms = await ProgramReader.SearchByPrefixAsync(sql, null, 200);
                _allDatasets = await DatasetReader.SearchByPrefixAsync(sql, null, 500);
                if (!string.IsNullOrWhiteSpace(Flag) && _flag is null) _flag = await FlagReader.FindForTriageAsync(sql, Actor, Flag.Trim().ToUpperInvariant());
                return true;
            },
            ct);
        _levels = [.. _policy.Levels.Select(l => new Choice<Sev?>(l.Sev, l.Sev.Label(), l.Means))];
        if (_flag is not null && _title is null)
        {
            _title = FirstSentence(_flag.Text);
            _summary = _flag.Text;
            _sev = _flag.SuggestedSev;
        }
        if ((_flag?.ProgramCode ?? Program) is { Length: > 0 } code && _programs.Count == 0) await AddProgramAsync(code.ToUpperInvariant(), Involvement.Source);
    }

    private async Task AddProgramAsync(string? code, Involvement kind)
    {
        if (string.IsNullOrEmpty(code) || _programs.Any(p => p.Code == code)) return;
        var row = await Db.ReadAsync(
            async sql => await ProgramReader.FindByCodeAsync(sql, code) is { } p
                ? new ProgramRow(p.Code, p.Name, [.. (await ProgramReader.SafeguardsAsync(sql, p.Id)).Select((s, i) => (s, Choice: new Choice<int>(i + 1, s.Text))).Where(x => x.s.Status != SafeguardStatus.Broken).Select(x => x.Choice)]) { Kind = kind }
                : null,
            Gone);
        if (row is not null) _programs.Add(row);
    }

    private async Task AddDatasetAsync(string? name)
    {
        if (string.IsNullOrEmpty(name) || _datasets.Contains(name)) return;
        _datasets.Add(name);
        await Db.ReadAsync(
            async sql =>
            {
                if (await DatasetReader.FindByNameAsync(sql, name) is not { } dataset) return false;
                foreach (var p in await DatasetReader.ProgramsFeedingAsync(sql, dataset.Id)) _found.Add((name, p.Code, Involvement.Source, $"feeds {name}"));
                foreach (var p in (await DatasetReader.DownstreamAsync(sql, [dataset.Id])).Programs) _found.Add((name, p.Code, Involvement.Downstream, $"works with what is derived from {name}"));
                return true;
            },
            Gone);
    }

    private void RemoveDatasetAsync(string name)
    {
        _datasets.Remove(name);
        _found.RemoveAll(f => f.Dataset == name);
    }

    private async Task SendAsync()
    {
        if (_busy) return;
        _busy = true;
        var command = new DeclareIncident
        {
            Title = _title ?? "", Sev = _sev ?? default, Summary = _summary ?? "", Flag = _flag?.Code, Confidentiality = _confidentiality, ExposureStarted = _started, Detected = _detected,
            Programs = [.. _programs.Select(p => new ProgramLinkBody(p.Code, p.Kind, null, null, [.. p.Broken]))],
            Exposures = [.. _datasets.Select(d => new ExposureBody { Dataset = d })],
        };
        // No level is chosen for anybody; that it is missing is told together with whatever else is.
        _refusal = DeclareIncidentHandler.Check(command).Check(_sev is not null, "sev", "Choose a level. If unsure between two, the more severe one.").ToRefusal();
        if (_refusal is null)
        {
            var result = await Handler.HandleAsync(command, Actor, Gone);
            _refusal = result.Refusal;
            if (result.IsOk)
            {
                Toasts.Done($"{result.Value.Code} is declared.");
                Navigation.NavigateTo($"/incidents/{result.Value.Code}");
            }
        }
        _busy = false;
    }

    private static string FirstSentence(string text)
    {
        var line = text.Trim().Split('\n')[0];
        var end = line.IndexOf(". ", StringComparison.Ordinal);
        var first = (end > 0 ? line[..end] : line).TrimEnd('.');
        return first.Length <= 120 ? first : first[..119] + "…";
    }

    private sealed class ProgramRow(string code, string name, IReadOnlyList<Choice<int>> promises)
    {
        public string Code { get; } = code;
        public string Name { get; } = name;
        public IReadOnlyList<Choice<int>> Promises { get; } = promises;
        public Involvement Kind { get; set; }
        public IReadOnlyCollection<int> Broken { get; set; } = [];
    }
}

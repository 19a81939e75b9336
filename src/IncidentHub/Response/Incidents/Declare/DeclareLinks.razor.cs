using System.Text.Json;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Programs;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// The links of a declaration: programs, each with its involvement and the safeguards that it breaks, and datasets, which suggest programs.
/// </summary>
public sealed partial class DeclareLinks : ComponentBase, IFormField, IDisposable
{
    private static readonly IReadOnlyList<Choice<Involvement>> Kinds =
        [new(Involvement.Source, "Source"), new(Involvement.Suspected, "Suspected"), new(Involvement.Downstream, "Downstream")];

    private const int MostNamed = 10;

    private readonly List<DeclaredProgram> _programs = [];
    private readonly List<string> _datasets = [];
    private readonly List<(string Dataset, string Code, Involvement Kind, string Why)> _found = [];
    private readonly Dictionary<string, Guid> _ids = [];

    // Incidents that share what is linked so far.
    private IReadOnlyList<SeenBeforeView> _seen = [];

    [Inject] private Db Db { get; set; } = null!;
    [Inject] private ProgramReader ProgramReader { get; set; } = null!;
    [Inject] private DatasetReader DatasetReader { get; set; } = null!;
    [Inject] private RelatedQueries Related { get; set; } = null!;

    [CascadingParameter] private Domain.Access.Actor Actor { get; set; } = null!;

    [CascadingParameter] private Form? Form { get; set; }

    /// <summary>Code of a program that is linked initially.</summary>
    [Parameter] public string? Program { get; set; }

    /// <summary>Names of datasets that are linked initially, as far as there are such.</summary>
    [Parameter] public IReadOnlyList<string> Named { get; set; } = [];

    /// <summary>Called after every change.</summary>
    [Parameter] public EventCallback OnChange { get; set; }

    internal IReadOnlyList<DeclaredProgram> Programs => _programs;

    internal IReadOnlyList<string> Datasets => _datasets;

    internal bool IsEmpty => _programs.Count == 0 && _datasets.Count == 0;

    string IFormField.Name => "links";

    string? IFormField.Unread => null;

    private IReadOnlyList<(string Code, Involvement Kind, string Why)> Suggestions =>
    [
        .. _found.Where(f => _programs.TrueForAll(p => p.Code != f.Code)).GroupBy(f => f.Code).Select(g => g.MinBy(f => f.Kind))
            .Select(f => (f.Code, f.Kind, f.Why)),
    ];

    protected override async Task OnInitializedAsync()
    {
        Form?.Add(this);
        if (!string.IsNullOrWhiteSpace(Program)) await LoadAsync(Program, Involvement.Source, []);
        foreach (var name in Named.Distinct().Take(MostNamed)) await LoadAsync(name);
        if (!IsEmpty) await LoadSeenBeforeAsync();
    }

    // Not before it is rendered: the page reads the links from this component.
    protected override Task OnAfterRenderAsync(bool firstRender) =>
        firstRender && !IsEmpty ? OnChange.InvokeAsync() : Task.CompletedTask;

    async Task IFormField.RestoreAsync(string kept)
    {
        if (!Draft.TryRead<Kept>(kept, out var draft) || draft is null) return;
        foreach (var p in draft.Programs) await LoadAsync(p.Code, p.Kind, p.Broken);
        foreach (var name in draft.Datasets) await LoadAsync(name);
        await ChangeAsync(() => { });
    }

    private async Task<IEnumerable<Choice<string>>> FindProgramsAsync(string text, CancellationToken ct) =>
        (await Db.ReadAsync(sql => ProgramReader.SearchByPrefixAsync(sql, text, 25 + _programs.Count), ct))
            .Where(p => p.Lifecycle != ProgramLifecycle.Terminated && _programs.TrueForAll(r => r.Code != p.Code))
            .Select(p => new Choice<string>(p.Code, $"{p.Code} · {p.Name}"));

    private async Task<IEnumerable<Choice<string>>> FindDatasetsAsync(string text, CancellationToken ct) =>
        (await Db.ReadAsync(sql => DatasetReader.SearchByPrefixAsync(sql, text, 25 + _datasets.Count), ct))
            .Where(d => !_datasets.Contains(d.Name)).Select(d => new Choice<string>(d.Name, d.Name));

    private async Task AddProgramAsync(string? code, Involvement kind)
    {
        if (code is not null && await LoadAsync(code, kind, [])) await ChangeAsync(() => { });
    }

    private async Task AddDatasetAsync(string? name)
    {
        if (name is not null && await LoadAsync(name)) await ChangeAsync(() => { });
    }

    private Task RemoveDatasetAsync(string name) => ChangeAsync(() =>
    {
        _datasets.Remove(name);
        _found.RemoveAll(f => f.Dataset == name);
    });

    private async Task<bool> LoadAsync(string code, Involvement kind, IReadOnlyCollection<int> broken)
    {
        if (_programs.Find(p => p.Code == code) is { } known)
        {
            (known.Kind, known.Broken) = (kind, broken);
            return true;
        }
        var (row, id) = await Db.ReadAsync(
            async sql => await ProgramReader.FindByCodeAsync(sql, code) is { } p ? (new DeclaredProgram(
                p.Code, p.Name, Choices(await ProgramReader.SafeguardsAsync(sql, p.Id))), p.Id) : default);
        // It may have been chosen twice meanwhile.
        if (row is null || _programs.Exists(p => p.Code == row.Code)) return false;
        _ids[row.Code] = id;
        (row.Kind, row.Broken) = (kind, broken);
        _programs.Add(row);
        return true;
    }

    private async Task<bool> LoadAsync(string name)
    {
        if (_datasets.Contains(name)) return false;
        var found = await Db.ReadAsync(
            async sql => await DatasetReader.FindByNameAsync(sql, name) is { } dataset
                ? (dataset.Id, Feeding: await DatasetReader.ProgramsFeedingAsync(sql, dataset.Id),
                    Downstream: (await DatasetReader.DownstreamAsync(sql, [dataset.Id])).Programs)
                : default);
        // It may have been chosen twice meanwhile.
        if (found.Feeding is null || _datasets.Contains(name)) return false;
        _datasets.Add(name);
        _ids[name] = found.Id;
        foreach (var p in found.Feeding) _found.Add((name, p.Code, Involvement.Source, $"feeds {name}"));
        foreach (var p in found.Downstream) _found.Add((name, p.Code, Involvement.Downstream, $"uses data derived from {name}"));
        return true;
    }

    private async Task ChangeAsync(Action change)
    {
        change();
        await LoadSeenBeforeAsync();
        var kept = new Kept([.. _programs.Select(p => new DraftProgram(p.Code, p.Kind, [.. p.Broken ?? []]))], [.. _datasets]);
        Form?.Keep("links", IsEmpty ? "" : JsonSerializer.Serialize(kept));
        StateHasChanged();
        await OnChange.InvokeAsync();
    }

    private async Task LoadSeenBeforeAsync() => _seen = await Related.SeenBeforeAsync(
        [.. _programs.Select(p => p.Code).Concat(_datasets).Select(name => _ids[name])], Actor);

    // A broken safeguard cannot be broken again. The numbers are those of the command.
    private static IReadOnlyList<Choice<int>> Choices(IReadOnlyList<SafeguardState> safeguards) =>
        [.. safeguards.Select((s, i) => (s.Status, Choice: new Choice<int>(i + 1, s.Text))).Where(s => s.Status != SafeguardStatus.Broken)
            .Select(s => s.Choice)];

    public void Dispose() => Form?.Remove(this);

    private sealed record Kept(DraftProgram[] Programs, string[] Datasets);

    private sealed record DraftProgram(string Code, Involvement Kind, int[] Broken);
}

/// <summary>A program that a declaration links.</summary>
internal sealed class DeclaredProgram(string code, string name, IReadOnlyList<Choice<int>> safeguards)
{
    public string Code { get; } = code;
    public string Name { get; } = name;
    public IReadOnlyList<Choice<int>> Safeguards { get; } = safeguards;
    public Involvement Kind { get; set; }
    public IReadOnlyCollection<int>? Broken { get; set; }
}

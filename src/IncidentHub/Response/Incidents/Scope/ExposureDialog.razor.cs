using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Programs;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Platform.Database;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// Records, changes or withdraws an exposure; a chosen dataset fills the fields from the catalog and suggests related programs.
/// </summary>
public partial class ExposureDialog : PolicyDialog
{
    private static readonly IReadOnlyList<Choice<AudienceScope?>> Scopes =
    [
        new(AudienceScope.NamedGroup, "Named group"), new(AudienceScope.Organisation, "Organization unit"),
            new(AudienceScope.WholeCompany, "Whole company"),
        new(AudienceScope.Public, "Public"),
    ];

    private static readonly IReadOnlyList<Choice<Known>> YesNo =
        [new(Known.Unknown, "Unknown"), new(Known.Yes, "Yes"), new(Known.No, "No")];

    private IReadOnlyList<Suggestion> _suggested = [];
    private string? _dataset;
    private AudienceScope? _promised;
    private string? _promisedName;
    private AudienceScope? _actual;
    private string? _actualName;
    private bool _withdrawing;
    private DateTimeOffset? _from;
    private DateTimeOffset? _until;
    private long? _records;
    private long? _subjects;
    private Known _encrypted;
    private Known _recipients;
    private EvidenceOfAccess _evidence;
    private IReadOnlyCollection<string>? _categories;
    private string? _note;
    private Filled _filled = null!;

    /// <summary>The exposure to change; null: a new one.</summary>
    [Parameter] public Guid? ExposureId { get; set; }

    [Inject] private IncidentCommands Commands { get; set; } = null!;
    [Inject] private DatasetReader Datasets { get; set; } = null!;
    [Inject] private Db Db { get; set; } = null!;

    private IReadOnlyList<Choice<string>> Categories =>
        [.. DataCategories.Known.Union(_categories ?? []).Select(c => new Choice<string>(c, DataCategories.Label(c)))];

    private IReadOnlyList<Choice<EvidenceOfAccess>> Evidence =>
        [.. Enum.GetValues<EvidenceOfAccess>().Where(e => e != EvidenceOfAccess.NoneFound || _evidence == e)
            .Select(e => new Choice<EvidenceOfAccess>(e, ExposureText.Capital(ExposureText.Words(e))))];

    private Filled Fillable => new((_promised, _promisedName), (_actual, _actualName), _records, _subjects, _encrypted, _categories);

    private static bool IsNamed(AudienceScope? scope) => scope is AudienceScope.NamedGroup or AudienceScope.Organisation;

    protected override Task BeginAsync()
    {
        _filled = Fillable;
        if (View.Exposures.FirstOrDefault(x => x.Id == ExposureId) is not { } e) return Task.CompletedTask;
        (_dataset, _promised, _promisedName) = (e.Dataset, e.PromisedAudience?.Scope, e.PromisedAudience?.Name);
        (_actual, _actualName) = (e.ActualAudience?.Scope, e.ActualAudience?.Name);
        (_from, _until, _records, _subjects) = (e.From, e.Until, e.Records, e.Subjects);
        (_encrypted, _recipients, _evidence, _categories, _note) = (e.Encrypted, e.RecipientsKnown, e.Evidence, e.Categories, e.Note);
        return Task.CompletedTask;
    }

    private protected override Task<Result<PolicyPreview>>? AskPreview() =>
        ExposureId is null && _dataset is { } dataset ? Preview.HandleAsync(new PreviewExposure(View.Code, dataset), Actor) : null;

    private async Task<IEnumerable<Choice<string>>> FindAsync(string text, CancellationToken ct) =>
        (await Db.ReadAsync(sql => Datasets.SearchByPrefixAsync(sql, text, 25 + Model.Exposures.Count), ct))
            .Where(d => Model.Exposures.All(e => e.Dataset != d.Name)).Select(d => new Choice<string>(d.Name, d.Name));

    private async Task ChooseAsync(string? name)
    {
        (_dataset, _suggested) = (name, []);
        // Another one may have been chosen while it was read.
        if (!string.IsNullOrEmpty(name) && await Db.ReadAsync(sql => ReadAsync(sql, name)) is var (catalog, suggested) && _dataset == name)
        {
            Fill(catalog);
            _suggested = suggested;
        }
        await PlanAsync();
    }

    private async Task<(Filled, IReadOnlyList<Suggestion>)?> ReadAsync(ISql sql, string name)
    {
        if (await Datasets.FindByNameAsync(sql, name) is not { } d) return null;
        var feeding = (await Datasets.ProgramsFeedingAsync(sql, d.Id))
            .Select(p => new Suggestion(p.Code, Involvement.Source, $"feeds {name}"));
        var downstream = (await Datasets.DownstreamAsync(sql, [d.Id])).Programs
            .Select(p => new Suggestion(p.Code, Involvement.Downstream, $"uses data derived from {name}"));
        return (new((d.Promised.Scope, d.Promised.Name), (d.Actual?.Scope, d.Actual?.Name), d.Records, d.Subjects,
            Enum.Parse<Known>(d.Encryption.ToString()), d.Categories), [.. feeding.Concat(downstream).DistinctBy(s => s.Code)]);
    }

    // What a person entered stays, also while the catalog is read: only what was filled in before is replaced.
    private void Fill(Filled catalog)
    {
        var (now, before) = (Fillable, _filled);
        _filled = catalog;
        if (now.Promised == before.Promised) (_promised, _promisedName) = catalog.Promised;
        if (now.Actual == before.Actual) (_actual, _actualName) = catalog.Actual;
        if (now.Records == before.Records) _records = catalog.Records;
        if (now.Subjects == before.Subjects) _subjects = catalog.Subjects;
        if (now.Encrypted == before.Encrypted) _encrypted = catalog.Encrypted;
        if (now.Categories == before.Categories) _categories = catalog.Categories;
    }

    private async Task LinkAsync(string program, Involvement kind)
    {
        var result = await Commands.LinkProgramAsync(View.Code, new(program, kind, null, null, null), null, Actor);
        Refusal = result.Refusal;
        if (!result.IsOk) return;
        _suggested = [.. _suggested.Where(s => s.Code != program)];
        SetReadVersion(result.Value.Version);
        await PlanAsync();
    }

    private Task SendAsync()
    {
        _withdrawing = false;
        var body = new ExposureBody
        {
            Dataset = _dataset,
            PromisedAudience = Body(_promised, _promisedName),
            ActualAudience = Body(_actual, _actualName),
            From = _from,
            Until = _until,
            Records = _records,
            Subjects = _subjects,
            Encrypted = _encrypted,
            RecipientsKnown = _recipients,
            Evidence = _evidence,
            Categories = [.. _categories ?? []],
            Note = _note,
            ExpectedVersion = ReadVersion,
        };
        return ExposureId is { } id
            ? RunAsync(() => Commands.ChangeExposureAsync(View.Code, id, body, Actor), "Exposure changed.")
            : RunAsync(() => Commands.AddExposureAsync(View.Code, body, Actor), "Exposure recorded.");
    }

    private Task WithdrawAsync()
    {
        _withdrawing = true;
        var command = new IncidentCommand.WithdrawExposure(ExposureId!.Value, _note ?? "");
        return RunAsync(() => Commands.RunAsync(View.Code, command, ReadVersion, Actor), "Exposure withdrawn.");
    }

    private static AudienceBody? Body(AudienceScope? scope, string? name) => scope is null ? null : new(scope, name);

    /// <summary>What a dataset fills in from the catalog.</summary>
    private sealed record Filled((AudienceScope?, string?) Promised, (AudienceScope?, string?) Actual, long? Records, long? Subjects,
        Known Encrypted, IReadOnlyCollection<string>? Categories);

    private sealed record Suggestion(string Code, Involvement Kind, string Why);
}

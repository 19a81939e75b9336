using IncidentHub.Catalog.Datasets;
using IncidentHub.Catalog.Datasets.Parts;
using IncidentHub.Domain.Access;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Pages.Datasets;

/// <summary>Three steps in one form: the table, its columns, and what the import would do.</summary>
public partial class DatasetImportPage : ComponentBase
{
    private const int MostRefused = 100, MostRows = 5;

    private static readonly IReadOnlyList<Choice<ImportedTable>> Tables =
    [
        new(ImportedTable.Datasets, "A dataset", "with its owner, its audience and, where known, what it is derived from"),
        new(ImportedTable.Lineage, "A statement of lineage", "of two registered datasets, upstream and downstream"),
    ];

    private FileField? _file;
    private ImportedTable _holds;
    private string? _pasted, _csv;
    private CsvSheet? _sheet;
    private IReadOnlyList<Choice<string>> _headers = [];
    private Dictionary<string, string?> _columns = [];
    private ImportReport? _report;
    private Refusal? _refusal;

    [Inject] private ImportDatasetsHandler Handler { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [CascadingParameter] private Actor Actor { get; set; } = null!;

    private ImportDatasets Command => new(_holds, _csv, _columns);

    private string Example => _holds == ImportedTable.Lineage
        ? "upstream,downstream\nprompts,summaries"
        : "name,owner,promised audience,promised group\nprompts,owner,NamedGroup,research group";

    private string Next => _sheet is null ? "Read the table" : _report is not { Refused.Count: 0 } ? "Preview" : "Import";

    private string Outcome => _holds == ImportedTable.Lineage
        ? $"{DatasetWords.Plural(_report!.Links, "new link")} between datasets; what is stated already stays."
        : $"{DatasetWords.Plural(_report!.Datasets, "new dataset")}, and {DatasetWords.Plural(_report.Links, "link")} between datasets.";

    // What the lists below leave out.
    private string? More => _report!.Refused.Count > 0
        ? Rest(_report.Refused.Count - MostRefused, "faults") : Rest(_report.Rows - MostRows, "rows");

    private async Task ContinueAsync()
    {
        if (_sheet is null) await ReadAsync();
        else if (_report is not { Refused.Count: 0 }) await PreviewAsync();
        else await ImportAsync();
    }

    private async Task ReadAsync()
    {
        var file = await _file!.ReadTextAsync(CsvSheet.MaxCharacters);
        if (!file.IsOk)
        {
            _refusal = file.Refusal;
            return;
        }
        if (file.Value is null && _pasted?.Length >= TextField.Longest)
        {
            _refusal = Refusal.Invalid("pasted", "This is too long to be pasted: its end may be missing. Send it as a file.");
            return;
        }
        _csv = file.Value ?? _pasted;
        var read = CsvSheet.Read(_csv);
        _refusal = read.IsOk || file.Value is not null ? read.Refusal : Refusal.Invalid("pasted", read.Refusal!.Message);
        if (!read.IsOk) return;
        _sheet = read.Value;
        _headers = [.. _sheet.Headers.Where(h => h.Length > 0).Select(h => new Choice<string>(h, h))];
        _columns = DatasetColumns.Suggest(_holds, _sheet.Headers).ToDictionary(c => c.Key, c => (string?)c.Value);
    }

    private async Task PreviewAsync()
    {
        var previewed = await Handler.PreviewAsync(Command, Actor);
        (_refusal, _report) = (previewed.Refusal, previewed.IsOk ? previewed.Value : null);
    }

    private async Task ImportAsync()
    {
        var imported = await Handler.HandleAsync(Command, Actor);
        if (!imported.IsOk)
        {
            // Somebody was faster: the preview says what cannot be taken now.
            await PreviewAsync();
            _refusal ??= _report is { Refused.Count: > 0 } ? null : imported.Refusal;
            return;
        }
        Toasts.Done($"{DatasetWords.Plural(imported.Value.Datasets, "dataset")} and {DatasetWords.Plural(imported.Value.Links, "link")} "
            + "were imported.");
        Navigation.NavigateTo("datasets");
    }

    private void Choose(ImportColumn column, string? header)
    {
        if (header is null) _columns.Remove(column.Name);
        else _columns[column.Name] = header;
        _report = null;
    }

    private string LabelOf(string field) => DatasetColumns.Of(_holds).FirstOrDefault(c => c.Name == field)?.Label ?? field;

    private string? CellOf(CsvLine row, ImportColumn column)
    {
        var at = _sheet!.Headers.ToList().IndexOf(_columns[column.Name]!);
        return at < row.Cells.Count ? TextRules.Cut(row.Cells[at], 80) : null;
    }

    private static string? Rest(int count, string of) => count > 0 ? $"And {count:N0} more {of}." : null;

    private void Restart() => (_sheet, _report, _refusal) = (null, null, null);
}

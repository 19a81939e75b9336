using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace IncidentHub.Catalog.Datasets;

/// <param name="Holds">What a row is: a dataset, where omitted, or one statement of lineage.</param>
/// <param name="Csv">At most 5,000 rows, below one line with the names of the columns.</param>
/// <param name="Columns">Which column of the table is which field; omitted for columns that are named like the fields.</param>
internal sealed record ImportBody(ImportedTable? Holds, [Required] string? Csv, IReadOnlyDictionary<string, string?>? Columns);

internal static class DatasetImportApi
{
    // Five million characters, and their escapes.
    private const int MaxBody = 6 * 1024 * 1024;

    public static void MapDatasetImportApi(this WebApplication app) => app.MapApi("/api/v1/datasets")
        .MapPost("/import", ImportAsync).Requires(Act.RegisterDataset).WithMetadata(new RequestSizeLimitAttribute(MaxBody)).WithSummary(
            "Registers the datasets of a CSV table, or states its lineage: all rows or none. With dryRun=true it writes nothing and "
                + "answers what it would do, with what cannot be taken by line and field.");

    private static async Task<Results<Ok<ImportReport>, Refused>> ImportAsync(
        ImportBody body, bool? dryRun, HttpContext http, ImportDatasetsHandler handler, CancellationToken ct)
    {
        var command = new ImportDatasets(body.Holds ?? ImportedTable.Datasets, body.Csv, body.Columns);
        return (dryRun == true
            ? await handler.PreviewAsync(command, http.Actor(), ct) : await handler.HandleAsync(command, http.Actor(), ct)).ToOk();
    }
}

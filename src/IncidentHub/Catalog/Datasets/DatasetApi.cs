using IncidentHub.Domain.Access;
using IncidentHub.Access.Identity;
using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Catalog.Datasets;

/// <summary>Datasets, lineage and feeds over HTTP.</summary>
internal static class DatasetApi
{
    public static void MapDatasetApi(this WebApplication app)
    {
        var datasets = app.MapApi("/api/v1/datasets");
        datasets.MapGet("/", ListAsync).Requires(Act.ReadDatasets).WithSummary("Datasets and models, by name.");
        datasets.MapGet("/{name}", GetAsync).Requires(Act.ReadDatasets)
            .WithSummary("A dataset with what feeds it and what was derived from it.");
        datasets.MapGet("/{name}/downstream", DownstreamAsync).Requires(Act.ReadDatasets)
            .WithSummary("The blast radius: everything derived from it, nearest first.");
        datasets.MapPost("/", RegisterAsync).Requires(Act.RegisterDataset).WithSummary("Registers a dataset or a model.");
        datasets.MapPut("/{name}", EditAsync).Requires(Act.EditDataset)
            .WithSummary("Replaces all fields of the dataset; those left out become empty.");
        datasets.MapPut("/{name}/upstream/{upstream}", LinkUpstreamAsync).Requires(Act.EditDataset)
            .WithSummary("Records that the dataset is derived from another.");
        datasets.MapDelete("/{name}/upstream/{upstream}", UnlinkUpstreamAsync).Requires(Act.EditDataset)
            .WithSummary("Withdraws that link.");
        datasets.MapPut("/{name}/programs/{code}", LinkProgramAsync).Requires(Act.EditDataset)
            .WithSummary("Records that a program feeds the dataset.");
        datasets.MapDelete("/{name}/programs/{code}", UnlinkProgramAsync).Requires(Act.EditDataset).WithSummary("Withdraws that link.");
    }

    private static async Task<Results<Ok<Page<DatasetLine>>, Refused>> ListAsync(
        HttpContext http, DatasetQueries queries, DatasetKind? kind, Classification? classification, EncryptionAtRest? encryptionAtRest,
        bool? overExposed, string? category, string? program, string? q, DateTimeOffset? updatedSince, string? cursor, int? limit,
        CancellationToken ct)
    {
        var filter = new DatasetFilter
        {
            Kind = kind,
            Classification = classification,
            Encryption = encryptionAtRest,
            OverExposed = overExposed ?? false,
            Category = category,
            Program = program,
            Text = q,
            UpdatedSince = updatedSince,
        };
        return (await queries.ListAsync(filter, cursor, limit, http.Actor(), ct)).ToOk(page => page.Map(DatasetLine.Of));
    }

    private static async Task<Results<Ok<DatasetView>, Refused>> GetAsync(
        string name, HttpContext http, DatasetQueries queries, CancellationToken ct) =>
        (await queries.FindAsync(name, http.Actor(), ct)).ToOk(DatasetView.Of);

    private static async Task<Results<Ok<DownstreamView>, Refused>> DownstreamAsync(
        string name, HttpContext http, DatasetQueries queries, CancellationToken ct) =>
        (await queries.FindAsync(name, http.Actor(), ct)).ToOk(DownstreamView.Of);

    private static async Task<Results<Created<DatasetView>, Refused>> RegisterAsync(
        DatasetBody body, HttpContext http, DatasetCommands commands, DatasetQueries queries, People people, CancellationToken ct)
    {
        var details = await body.ToDetailsAsync(people);
        if (details.Refusal is { } why) return new Refused(AccessTable.Deny(http.Actor(), Act.RegisterDataset) ?? why);
        var made = await commands.RegisterAsync(new RegisterDataset(Guid.Empty, body.Name ?? "", details.Value), http.Actor(), ct);
        if (made.Refusal is { } refused) return new Refused(refused);
        return (await queries.FindAsync(made.Value.State.Name, http.Actor(), ct))
            .ToCreated(page => $"/api/v1/datasets/{page.Dataset.State.Name}", DatasetView.Of);
    }

    private static async Task<Results<Ok<DatasetView>, Refused>> EditAsync(
        string name, EditedDatasetBody body, HttpContext http, DatasetCommands commands, DatasetQueries queries, People people,
        CancellationToken ct)
    {
        if (body.Name is not null && Codes.Lower(body.Name) != Codes.Lower(name))
            return new Refused(Refusal.Invalid("name", "The name of a dataset never changes. Leave it out."));
        var details = await body.ToDetailsAsync(people);
        if (details.Refusal is { } why) return new Refused(await commands.RefuseAsync(name, Act.EditDataset, why, http.Actor(), ct));
        var edited = await commands.RunAsync(name, new EditDataset(details.Value), http.Expected(body.ExpectedVersion), http.Actor(), ct);
        return edited.IsOk ? await GetAsync(name, http, queries, ct) : new Refused(edited.Refusal!);
    }

    private static async Task<Results<NoContent, Refused>> LinkUpstreamAsync(
        string name, string upstream, HttpContext http, LinkDatasetsHandler links, CancellationToken ct) =>
        (await links.HandleAsync(new LinkLineage(upstream, name), http.Actor(), ct)).ToNoContent();

    private static async Task<Results<NoContent, Refused>> UnlinkUpstreamAsync(
        string name, string upstream, HttpContext http, LinkDatasetsHandler links, CancellationToken ct) =>
        (await links.HandleAsync(new LinkLineage(upstream, name, Remove: true), http.Actor(), ct)).ToNoContent();

    private static async Task<Results<NoContent, Refused>> LinkProgramAsync(
        string name, string code, HttpContext http, LinkDatasetsHandler links, CancellationToken ct) =>
        (await links.HandleAsync(new LinkFeed(code, name), http.Actor(), ct)).ToNoContent();

    private static async Task<Results<NoContent, Refused>> UnlinkProgramAsync(
        string name, string code, HttpContext http, LinkDatasetsHandler links, CancellationToken ct) =>
        (await links.HandleAsync(new LinkFeed(code, name, Remove: true), http.Actor(), ct)).ToNoContent();
}

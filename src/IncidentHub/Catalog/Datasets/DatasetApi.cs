using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Http;
using IncidentHub.Access.Identity;

namespace IncidentHub.Catalog.Datasets;

internal static class DatasetApi
{
    public static void MapDatasetApi(this WebApplication app)
    {
        var datasets = app.MapApi("/api/v1/datasets");
        datasets.MapGet("/", async (HttpContext http, DatasetQueries queries, DatasetKind? kind, Classification? classification,
            EncryptionAtRest? encryptionAtRest, bool? overExposed, string? category, string? program, string? q,
            DateTimeOffset? updatedSince, string? cursor, int? limit, CancellationToken ct) =>
            (await queries.ListAsync(
                new DatasetFilter
                {
                    Kind = kind,
                    Classification = classification,
                    Encryption = encryptionAtRest,
                    OverExposed = overExposed ?? false,
                    Category = category,
                    Program = program,
                    Text = q,
                    UpdatedSince = updatedSince
                },
                cursor, limit, http.Actor(), ct)).ToHttp(page => TypedResults.Ok(page.Map(DatasetLine.Of))))
            .Produces<Page<DatasetLine>>().WithSummary("Datasets and models, by name.");

        datasets.MapGet("/{name}", async (HttpContext http, DatasetQueries queries, string name, CancellationToken ct) =>
            (await queries.FindAsync(name, http.Actor(), ct)).ToHttp(page => TypedResults.Ok(DatasetView.Of(page))))
            .Produces<DatasetView>().WithSummary("A dataset with what feeds it and what was derived from it.");

        datasets.MapGet("/{name}/downstream", async (HttpContext http, DatasetQueries queries, string name, CancellationToken ct) =>
            (await queries.FindAsync(name, http.Actor(), ct)).ToHttp(page => TypedResults.Ok(DownstreamView.Of(page))))
            .Produces<DownstreamView>().WithSummary("The blast radius: everything derived from it, nearest first.");

        datasets.MapPost("/", async (HttpContext http, DatasetHandler handler, DatasetQueries queries, People people, DatasetBody body,
            CancellationToken ct) =>
        {
            var details = await body.ToDetailsAsync(people);
            if (details.Refusal is { } why) return why.ToHttp();
            var made = await handler.HandleAsync(new RegisterDataset(Guid.Empty, body.Name ?? "", details.Value), http.Actor(), ct);
            if (made.Refusal is { } refused) return refused.ToHttp();
            return (await queries.FindAsync(made.Value.State.Name, http.Actor(), ct))
                .ToHttp(page => TypedResults.Created($"/api/v1/datasets/{page.Dataset.State.Name}", DatasetView.Of(page)));
        }).Produces<DatasetView>(201).WithSummary("Registers a dataset or a model.");

        datasets.MapPut("/{name}", async (HttpContext http, DatasetHandler handler, DatasetQueries queries, People people, string name,
            DatasetBody body, CancellationToken ct) =>
        {
            var details = await body.ToDetailsAsync(people);
            if (details.Refusal is { } why) return why.ToHttp();
            var changed = await handler.HandleAsync(new ChangeDataset(name, new EditDataset(details.Value), body.ExpectedVersion),
                http.Actor(), ct);
            if (changed.Refusal is { } refused) return refused.ToHttp();
            return (await queries.FindAsync(name, http.Actor(), ct)).ToHttp(page => TypedResults.Ok(DatasetView.Of(page)));
        }).Produces<DatasetView>().WithSummary("Replaces all fields of the dataset; those left out become empty.");

        datasets.MapPut("/{name}/upstream/{upstream}", (HttpContext http, LinkDatasetsHandler handler, string name, string upstream,
            CancellationToken ct) =>
            DoneAsync(handler.HandleAsync(new LinkLineage(upstream, name), http.Actor(), ct))).Produces(204)
                .WithSummary("Records that the dataset is derived from another.");
        datasets.MapDelete("/{name}/upstream/{upstream}", (HttpContext http, LinkDatasetsHandler handler, string name, string upstream,
            CancellationToken ct) =>
            DoneAsync(handler.HandleAsync(new LinkLineage(upstream, name, Remove: true), http.Actor(), ct))).Produces(204)
                .WithSummary("Withdraws that link.");
        datasets.MapPut("/{name}/programs/{code}", (HttpContext http, LinkDatasetsHandler handler, string name, string code,
            CancellationToken ct) =>
            DoneAsync(handler.HandleAsync(new LinkFeed(code, name), http.Actor(), ct))).Produces(204)
                .WithSummary("Records that a program feeds the dataset.");
        datasets.MapDelete("/{name}/programs/{code}", (HttpContext http, LinkDatasetsHandler handler, string name, string code,
            CancellationToken ct) =>
            DoneAsync(handler.HandleAsync(new LinkFeed(code, name, Remove: true), http.Actor(), ct))).Produces(204)
                .WithSummary("Withdraws that link.");
    }

    private static async Task<IResult> DoneAsync(Task<Result<Done>> work) => (await work).ToHttp(_ => TypedResults.NoContent());
}

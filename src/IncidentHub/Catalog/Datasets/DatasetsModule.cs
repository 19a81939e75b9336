namespace IncidentHub.Catalog.Datasets;

internal static class DatasetsModule
{
    public static void AddDatasets(this IServiceCollection services)
    {
        services.AddSingleton<DatasetReader>();
        services.AddSingleton<DatasetQueries>();
        services.AddSingleton<DatasetCommands>();
        services.AddSingleton<LinkDatasetsHandler>();
        services.AddSingleton<StateLineageHandler>();
        services.AddSingleton<ImportDatasetsHandler>();
        services.AddSingleton<SaveDatasetHandler>();
    }

    public static void MapDatasets(this WebApplication app)
    {
        app.MapDatasetApi();
        app.MapDatasetImportApi();
    }
}

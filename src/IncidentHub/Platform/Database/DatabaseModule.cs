using IncidentHub.Platform.Clock;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Live;
using Microsoft.Extensions.Options;

namespace IncidentHub.Platform.Database;

internal static class DatabaseModule
{
    public static void AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection("Database"))
            .Configure(o => o.ConnectionString = configuration.GetConnectionString("IncidentHub") ?? o.ConnectionString)
            .ValidateDataAnnotations()
            // The default names a file, which would be taken for the name of a server.
            .Validate(o => o.Provider == Engine.Sqlite || configuration.GetConnectionString("IncidentHub") is { Length: > 0 },
                "On SQL Server, set ConnectionStrings:IncidentHub: Server=…;Database=…;User Id=…;Password=…;Encrypt=True.")
            .ValidateOnStart();
        services.AddSingleton(_ => new HubClock());
        services.AddSingleton<TimeProvider>(s => s.GetRequiredService<HubClock>());
        services.AddSingleton<Connections>();
        services.AddSingleton<DatabaseLock>();
        services.AddSingleton(s => new Statements(s.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider));
        services.AddSingleton<Migrator>();
        services.AddSingleton<StorageState>();
        services.AddSingleton<SqliteWriter>();
        services.AddSingleton<SqlServerWriter>();
        services.AddSingleton<IWriter>(s => s.GetRequiredService<Connections>().Engine == Engine.Sqlite
            ? s.GetRequiredService<SqliteWriter>() : s.GetRequiredService<SqlServerWriter>());
        services.AddSingleton(s => HubNode.Of(s.GetRequiredService<Connections>().Engine));
        services.AddSingleton<NodeChanges>();
        services.AddSingleton<Db>();
        services.AddSingleton<RemovedText>();
        services.AddSingleton<StartCheck>();
        services.AddSingleton<DatabaseClock>();
        services.AddSingleton<ITransactionClock>(s => s.GetRequiredService<DatabaseClock>());
        services.AddHostedService<DatabaseStart>();
        services.AddHostedService(s => s.GetRequiredService<DatabaseClock>());
        services.AddHostedService<RowBaseline>();
        services.AddHostedService<RestoredDatabase>();
    }

    private static void DeleteEmpty(string file)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (new FileInfo(file) is { Exists: true, Length: 0 }) File.Delete(file);
    }

    /// <summary>
    /// Before anything opens the database: locks the SQLite file, waiting for a hub that is stopping, checks it, and migrates. False: it
    /// cannot be used, and one sentence in the log says why.
    /// </summary>
    public static async Task<bool> PrepareDatabaseAsync(this WebApplication app)
    {
        var (connections, file) = (app.Services.GetRequiredService<Connections>(), app.Services.GetRequiredService<DatabaseLock>());
        var name = connections.DatabaseFile ?? "The database";
        var isNew = !File.Exists(connections.DatabaseFile);
        try
        {
            if (!await file.WaitAsync()) return false;
            if (connections.DatabaseFile is { } path && SqliteFile.Fault(path) is { } fault) throw new DatabaseFaultException(fault);
            if (!await app.Services.GetRequiredService<StartCheck>().PassesAsync()) return false;
            await app.Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
            return true;
        }
        catch (Exception e) when (DatabaseFaults.Sentence(name, e) is not null)
        {
            file.LogFault(DatabaseFaults.Sentence(name, e)!);
            // An empty file would be taken for one that was cut off.
            if (isNew && connections.DatabaseFile is { } made) DeleteEmpty(made);
            return false;
        }
    }
}

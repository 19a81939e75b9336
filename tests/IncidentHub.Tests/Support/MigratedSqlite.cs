using System.Data.Common;
using IncidentHub.Platform.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace IncidentHub.Tests.Support;

/// <summary>An empty database with this build's schema, in a temporary file.</summary>
internal sealed class MigratedSqlite : IAsyncDisposable
{
    private static readonly Lazy<Task<byte[]>> Made = new(async () =>
    {
        await using var database = await CreateAsync();
        return await File.ReadAllBytesAsync(database._file);
    });

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"incidenthub-{Guid.CreateVersion7():N}.db");

    private MigratedSqlite() =>
        Connections = new Connections(Options.Create(new DatabaseOptions { ConnectionString = $"Data Source={_file};Pooling=False" }));

    /// <summary>The content of such a database, made once in this process: migrating is half of the start of a hub.</summary>
    public static byte[] Content => Task.Run(() => Made.Value).GetAwaiter().GetResult();

    public Connections Connections { get; }

    public static async Task<MigratedSqlite> CreateAsync()
    {
        var database = new MigratedSqlite();
        await new Migrator(database.Connections, TimeProvider.System, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        return database;
    }

    public Task<DbConnection> OpenAsync() => Connections.OpenAsync(CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(_file)!, Path.GetFileName(_file) + "*")) File.Delete(file);
        return ValueTask.CompletedTask;
    }
}

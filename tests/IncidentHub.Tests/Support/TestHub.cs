using System.Net.Http.Json;
using Dapper;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.Logging;
using IncidentHub.Domain.Access;
using IncidentHub.Switch.Pauses;
using IncidentHub.Platform;
using IncidentHub.Platform.Clock;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Access.Audit;
using IncidentHub.Access.Identity;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Support;

/// <summary>The real hub in this process, with its own database and a clock that the test advances.</summary>
internal sealed class TestHub : WebApplicationFactory<Program>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("incidenthub-test-").FullName;

    private readonly List<Type> _ticks = [];

    private TestServerDatabase? _server;

    public TestHub() => ClientOptions.AllowAutoRedirect = false;

    public TestClock Clock { get; } = new();

    /// <summary>The ticks that the hub would run, were it not a test's.</summary>
    public IReadOnlyList<Type> Ticks => _ticks;

    /// <summary>A production configuration: no sample accounts, no demo, a master key that was created beforehand.</summary>
    public bool Production { get; init; }

    /// <summary>With the sample story.</summary>
    public bool Demo { get; init; }

    /// <summary>Additional configuration.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Records every write transaction: <see cref="RecordedWrites"/>.</summary>
    public bool RecordsWrites { get; init; }

    /// <summary>Whether another process may use its database (<c>OtherNode</c>), as on SQL Server one always may.</summary>
    public bool Shares { get; init; }

    /// <summary>A script of a later version, which has migrated the database already; of SQLite only.</summary>
    public string? LaterScript { get; init; }

    /// <summary>Receives every line of the log.</summary>
    public Microsoft.Extensions.Logging.ILoggerProvider? Log { get; init; }

    public Db Db => Services.GetRequiredService<Db>();

    public string DatabaseFile => Path.Combine(_folder, "hub.db");

    /// <summary>The rows of a table, on either engine.</summary>
    public Task<int> CountAsync(string table) =>
        Db.ReadAsync(sql => ((Sql)sql).Connection.ExecuteScalarAsync<int>($"SELECT COUNT(*) FROM {table}"));

    /// <summary>The rows that a query in portable SQL finds.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(string query) =>
        Db.ReadAsync<IReadOnlyList<T>>(async sql => (await ((Sql)sql).Connection.QueryAsync<T>(query)).AsList());

    /// <summary>A client signed in as a sample account (<see cref="DemoAccounts"/>), or anonymous where null.</summary>
    public async Task<HttpClient> AsAsync(string? account)
    {
        var client = CreateClient();
        if (account is null) return client;
        var answer = await client.PostAsJsonAsync("/api/v1/session", new { account });
        answer.EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>The actor of a sample account, for calling handlers.</summary>
    public static Actor Actor(string account) => DemoAccounts.Find(account).ToActor();

    /// <summary>Returns when the population of every active pause is written, in the transaction that follows that of the pause.</summary>
    public async Task CountedAsync()
    {
        var programs = await Db.ReadAsync(async sql => (await ((Sql)sql).Connection.QueryAsync<Guid>("SELECT Id FROM Program")).AsList());
        await Services.GetRequiredService<StopPopulation>().CountedAsync(programs);
    }

    /// <summary>Writes the audit records of reads of restricted things, which otherwise follow within a second.</summary>
    public Task AuditReadsAsync() => Services.GetRequiredService<RestrictedReads>().WriteAsync();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        if (Production)
            File.WriteAllText(Path.Combine(_folder, "master.key"),
            Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)));
        if (TestEngine.Current == Engine.Sqlite) File.WriteAllBytes(DatabaseFile, MigratedSqlite.Content);
        if (LaterScript is not null) LaterVersion.Migrate(DatabaseFile, LaterScript);
        builder.UseEnvironment(Production ? "Production" : "Development");
        builder.UseSetting("Database:Provider", TestEngine.Current.ToString());
        builder.UseSetting("ConnectionStrings:IncidentHub", TestEngine.Current == Engine.Sqlite ? $"Data Source={DatabaseFile}" : (
            _server ??= TestServerDatabase.Create()).ConnectionString);
        builder.UseSetting("Keys:MasterKeyFile", Path.Combine(_folder, "master.key"));
        builder.UseSetting("Demo:Load", Demo ? "true" : "false");
        builder.UseSetting("Demo:Collectors", "0");
        builder.UseSetting("Logging:LogLevel:Default", "Critical");
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore", "Critical");
        // Tests run jobs and ticks themselves, at the times that they choose.
        builder.UseSetting("Jobs:Run", "false");
        builder.ConfigureTestServices(services =>
        {
            foreach (var service in services.Where(s => IsTick(s.ImplementationType)).ToArray())
            {
                services.Remove(service);
                _ticks.Add(service.ImplementationType!.GetGenericArguments()[0]);
            }
        });
        // Tests create many records in a short time, all from one address.
        foreach (var limit in (string[])["PerAccount", "PerAddress", "ReceiptsPerAddress"]) builder.UseSetting($"Flags:{limit}", "10000");
        // Tests advance the clock by hours and days.
        builder.UseSetting("Identity:SessionIdle", "1.00:00:00");
        builder.UseSetting("Identity:SessionLifetime", "30.00:00:00");
        foreach (var (key, value) in Settings) builder.UseSetting(key, value);
        builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(Clock).AddSingleton<JobStorage>(_ =>
        {
            // Hangfire has one log provider per process, which would belong to a hub that has ended.
            LogProvider.SetCurrentLogProvider(new NoLog());
            return new InMemoryStorage();
        }));
        if (Log is not null) builder.ConfigureServices(services => services.AddSingleton(Log));
        if (TestEngine.Current == Engine.SqlServer)
            builder.ConfigureTestServices(s => s.AddSingleton<ITransactionClock>(p => new TestTransactionClock(p, Clock)));
        if (Shares) builder.ConfigureTestServices(s => s.AddSingleton(new HubNode(Guid.CreateVersion7(), HasOthers: true)));
        if (RecordsWrites) builder.ConfigureTestServices(RecordedWrites.Install);
    }

    private static bool IsTick(Type? service) =>
        service is { IsGenericType: true } && service.GetGenericTypeDefinition() == typeof(TickService<>);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _server?.Drop();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A file is still open: the system cleans its temporary folder.
        }
    }
}

/// <summary>On SQL Server, too, transactions are dated by the test's clock.</summary>
internal sealed class TestTransactionClock(IServiceProvider services, TestClock clock) : ITransactionClock
{
    public async Task<DateTimeOffset> BeginAsync(System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction transaction,
        WriteLane lane)
    {
        await services.GetRequiredService<DatabaseClock>().BeginAsync(connection, transaction, lane);
        return clock.Now;
    }
}

internal sealed class NoLog : ILogProvider, ILog
{
    public ILog GetLogger(string name) => this;

    public bool Log(LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null) => false;
}

/// <summary>A clock that stands still until the test advances it.</summary>
internal sealed class TestClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 6, 18, 13, 50, 0, TimeSpan.Zero).UtcTicks;
    private long _jumped;
    private readonly long _start = new DateTimeOffset(2026, 6, 18, 13, 50, 0, TimeSpan.Zero).UtcTicks;

    public DateTimeOffset Now => GetUtcNow();

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    /// <summary>Sets the wall clock forward without advancing the monotonic clock.</summary>
    public void JumpForward(TimeSpan by) => Interlocked.Add(ref _jumped, by.Ticks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks) + Interlocked.Read(ref _jumped), TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks) - _start;
}

using System.Reflection;
using Hangfire;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace IncidentHub.Platform;

/// <summary>Why the hub does not start, as one sentence that says what to do.</summary>
internal sealed class StartFaultException(string sentence) : InvalidOperationException(sentence);

/// <summary>
/// The start of the hub: what prevents it is said in the log in one sentence, and the exit code is 1. A stack trace says nothing to whoever
/// operates the hub; an exception that is not known here is a fault of the hub, and has one.
/// </summary>
internal static partial class HubStart
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host", Kestrel = "Microsoft.AspNetCore.Server.Kestrel",
        Jobs = "Hangfire.Storage", AddressBinder = "Microsoft.AspNetCore.Server.Kestrel.Core.Internal.AddressBinder";

    private sealed class State
    {
        public volatile bool HasStarted;
    }

    public static void AddStart(this WebApplicationBuilder builder)
    {
        var state = new State();
        builder.Services.AddSingleton(state);
        // They log a failed start with its exception, before it is said here.
        builder.Logging.AddFilter(Host, level => level >= LogLevel.Error && state.HasStarted);
        builder.Logging.AddFilter(Jobs, level => level >= LogLevel.Warning && state.HasStarted);
        builder.Logging.AddFilter(Kestrel, level => level >= LogLevel.Warning && (level < LogLevel.Critical || state.HasStarted));
    }

    /// <summary>Checks what the hub needs, before anything is served. False: the log says why it cannot start.</summary>
    public static async Task<bool> PrepareAsync(this WebApplication app)
    {
        var prepared = await TryAsync(app, async () =>
        {
            app.CheckWebRoot();
            _ = app.Services.GetRequiredService<PublicAddress>();
            if (!await app.PrepareDatabaseAsync()) return false;
            app.Services.GetService<IStartupValidator>()?.Validate();
            // Routes ask for both; the storage is opened with the configuration, which sets where it logs.
            _ = app.Services.GetRequiredService<IGlobalConfiguration>();
            _ = app.Services.GetRequiredService<JobStorage>();
            return true;
        });
        // The log is written to its end.
        if (!prepared) await app.DisposeAsync();
        return prepared;
    }

    /// <summary>Runs the hub until it is stopped; returns the exit code.</summary>
    public static async Task<int> RunUntilStoppedAsync(this WebApplication app)
    {
        await using var _ = app;
        var started = await TryAsync(app, async () =>
        {
            await app.StartAsync();
            return true;
        });
        if (!started) return 1;
        app.Services.GetRequiredService<State>().HasStarted = true;
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task<bool> TryAsync(WebApplication app, Func<Task<bool>> start)
    {
        var file = "The database";
        try
        {
            file = app.Services.GetRequiredService<Connections>().DatabaseFile ?? file;
            return await start();
        }
        // Within another process, a test's, the exception is the answer.
        catch (Exception e) when (Assembly.GetEntryAssembly() == typeof(HubStart).Assembly && Sentence(file, e) is not null)
        {
            LogFault(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HubStart)), Sentence(file, e)!);
            return false;
        }
    }

    /// <summary>The sentence; null where nobody but a developer can do anything about it.</summary>
    /// <param name="file">The SQLite file, as it is named in sentences.</param>
    internal static string? Sentence(string file, Exception e) => e switch
    {
        OptionsValidationException options => string.Join(' ', options.Failures),
        StartFaultException or DatabaseFaultException => e.Message,
        // A setting that is not of its type. No secret is of a type other than text.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => e.Message,
        IOException { InnerException: AddressInUseException } => $"{e.Message.TrimEnd('.')}. Stop what listens there, or choose another "
            + "address (ASPNETCORE_URLS, or --urls).",
        // Of the storage of jobs, which has a client of its own.
        SQLite.SQLiteException jobs => DatabaseFaults.Sentence(
            "jobs.db, beside the database,", new SqliteException(e.Message, (int)jobs.Result)),
        SqliteException or UnauthorizedAccessException or IOException => DatabaseFaults.Sentence(file, e),
        DatabaseAwayException { InnerException: { } why } => Sentence(file, why) ?? ServerFails(why),
        SqlException => ServerFails(e),
        // An address that cannot be read, and https without a certificate.
        _ when e.StackTrace?.Contains(AddressBinder, StringComparison.Ordinal) == true => "An address cannot be listened on: "
            + $"{e.Message.Split('\n')[0].TrimEnd('.', '\r')}. Check ASPNETCORE_URLS, --urls, and Kestrel:Endpoints.",
        _ => e.InnerException is { } inner ? Sentence(file, inner) : null,
    };

    private static string ServerFails(Exception e) =>
        $"The database server cannot be used: {e.Message.TrimEnd('.')}. Check that it runs, and ConnectionStrings:IncidentHub.";

    [LoggerMessage(LogLevel.Critical, "The hub does not start. {Sentence}")]
    private static partial void LogFault(ILogger logger, string sentence);
}

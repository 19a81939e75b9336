using System.Collections.Concurrent;
using System.Net.Http.Json;
using IncidentHub.Tests.Response.Flags;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.Logging;

namespace IncidentHub.Tests.Security;

/// <summary>The log with everything that the hub and its packages write at Information, and the scopes around it.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task The_log_has_no_code_no_query_string_and_nothing_of_an_anonymous_reporter()
    {
        var log = new KeptLog();
        await using var hub = new TestHub
        {
            Log = log,
            Settings = new Dictionary<string, string>
            {
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:Console:LogLevel:Default"] = "None",
                // As it is where nothing is configured.
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                ["Proxies:Trusted"] = "0.0.0.0/0",
            },
        };
        using var owner = await hub.AsAsync("owner");
        await owner.MakeAsync("/api/v1/programs", new
        {
            code = "SECRETIVE",
            name = "A program",
            purpose = "Shown live",
            owner = "owner",
            unit = "Research",
            regions = new[] { "US" },
            categories = new[] { "Clicks" },
        });
        await owner.ReadAsync("/api/v1/programs/SECRETIVE");
        await owner.ReadAsync("/api/v1/incidents?q=searched-for-this");
        (await owner.GetAsync("/programs/SECRETIVE?show=searched-for-this")).EnsureSuccessStatusCode();
        (await owner.GetAsync("/nope/searched-for-this")).Dispose();

        using var employee = await hub.AsAsync("employee");
        employee.DefaultRequestHeaders.Add("User-Agent", "Reporters-Browser/7");
        employee.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.77");
        var receipt = (await employee.MakeAsync("/api/v1/flags", new { text = "Seen by a reporter.", anonymous = true })).Text("receipt");
        await FlagFormTests.SendAsync(employee, "/flags/new", "flag", ("text", "Seen by a reporter."), ("anonymous", "true"));
        await employee.MakeAsync("/api/v1/flags/by-receipt", new { receipt });
        await employee.MakeAsync("/api/v1/flags/by-receipt/files",
            new FormBody("reporters-own-name.txt", "A text of a reporter."u8.ToArray(), ("receipt", receipt)));
        await employee.PostAsync("/api/v1/flags/by-receipt/files", new FormBody("reporters-own-name.jpg", [0], ("receipt", receipt)));
        await employee.MakeAsync("/api/v1/notices/similar", new { text = "Seen by a reporter." });
        using var odd = await employee.PostAsJsonAsync("/api/v1/flags", new { text = "Seen by a reporter.", anonymous = "perhaps" });

        Assert.Contains(log.Lines, l => l.Contains("Application started", StringComparison.Ordinal));
        foreach (var trace in (string[])["SECRETIVE", "searched-for-this", "Reporters-Browser", "203.0.113.77", receipt,
            "Seen by a reporter", "reporters-own-name", "text of a reporter", "/api/v1/flags", "/flags/new", "/programs"])
            Assert.DoesNotContain(log.Lines, l => l.Contains(trace, StringComparison.OrdinalIgnoreCase));
    }

    private sealed class KeptLog : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose() { }

        private sealed class Logger(KeptLog log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log._scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var scopes = new List<string>();
                log._scopes.ForEachScope((scope, all) => all.Add(scope is IEnumerable<KeyValuePair<string, object>> pairs
                    ? string.Join(' ', pairs.Select(p => $"{p.Key}={p.Value}")) : $"{scope}"), scopes);
                log.Lines.Enqueue($"{category} {logLevel} {formatter(state, exception)} {exception} {string.Join(' ', scopes)}");
            }
        }
    }
}

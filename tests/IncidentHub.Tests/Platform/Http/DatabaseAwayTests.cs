using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Http;

public class DatabaseAwayTests
{
    [Fact]
    public async Task While_the_database_is_away_requests_are_503_and_a_broken_commit_is_answered_as_unknown()
    {
        await using var hub = new TestHub();
        FailingWriter? writer = null;
        await using var failing = hub.WithWebHostBuilder(b => b.ConfigureTestServices(services =>
        {
            var own = services.Last(s => s.ServiceType == typeof(IWriter));
            services.AddSingleton<IWriter>(s => writer = new((IWriter)own.ImplementationFactory!(s)));
        }));
        var client = failing.CreateClient();
        (await client.PostAsJsonAsync("/api/v1/session", new { account = "owner" })).EnsureSuccessStatusCode();

        writer!.Failure = new DatabaseAwayException(SqlErrors.Of(10054));
        using var away = await AskAsync(client);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), away.Headers.RetryAfter?.Delta);
        Assert.Equal("database_away", await CodeAsync(away));

        // What reads meet is not enclosed.
        writer.Failure = SqlErrors.Of(40613);
        using var read = await AskAsync(client);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, read.StatusCode);

        // The disk of SQLite.
        foreach (var (failure, code) in new (Exception, string)[]
        {
            (new SqliteException("full", 13), "storage_full"), (new IOException("full", 28), "storage_full"),
            (new InvalidOperationException("enclosed", new SqliteException("read-only", 8)), "storage_failed"),
            (new SqliteException("i/o", 10), "storage_failed"),
        })
        {
            writer.Failure = failure;
            using var refused = await AskAsync(client);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, code), (refused.StatusCode, await CodeAsync(refused)));
            Assert.Equal(TimeSpan.FromSeconds(30), refused.Headers.RetryAfter?.Delta);
        }

        writer.Failure = new CommitUnknownException(SqlErrors.Of(10054));
        using var unknown = await AskAsync(client);
        Assert.Equal(HttpStatusCode.InternalServerError, unknown.StatusCode);
        Assert.Null(unknown.Headers.RetryAfter);
        Assert.Equal("result_unknown", await CodeAsync(unknown));

        writer.Failure = new InvalidOperationException("A fault.");
        using var fault = await AskAsync(client);
        Assert.Equal((HttpStatusCode.InternalServerError, "internal"), (fault.StatusCode, await CodeAsync(fault)));

        writer.Failure = null;
        using var back = await AskAsync(client);
        Assert.Equal(HttpStatusCode.Created, back.StatusCode);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient client) => client.PostAsJsonAsync("/api/v1/datasets",
        new { name = "alpha", owner = "owner", classification = "Internal", promisedAudience = new { scope = "WholeCompany" } });

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString();

    private sealed class FailingWriter(IWriter writer) : IWriter
    {
        public Exception? Failure { get; set; }

        public Task<UnitOfWork?> RunAsync(Func<UnitOfWork, Task<bool>> work, WriteLane lane, CancellationToken ct) =>
            Failure is { } failure ? throw failure : writer.RunAsync(work, lane, ct);
    }
}

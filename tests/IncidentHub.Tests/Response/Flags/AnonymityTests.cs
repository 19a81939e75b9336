using System.Net.Http.Json;
using Dapper;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Response.Flags;

/// <summary>Searches the whole database for data that identifies a reporter, as an attacker would.</summary>
public sealed class AnonymityTests
{
    [Fact]
    public async Task An_anonymous_flag_stores_nothing_that_identifies_its_reporter()
    {
        await using var hub = new TestHub();
        var employee = await hub.AsAsync("employee");
        var before = await WhereAsync(hub, "employee");
        using var request = new HttpRequestMessage(HttpMethod.Post,
            "/api/v1/flags")
        {
            Content = JsonContent.Create(
            new { text = "Something is open.", anonymous = true, token = new string('t', 40) })
        };
        request.Headers.Add("Idempotency-Key", "a key that could be looked up");
        var answer = await (await employee.SendAsync(request)).Content.ReadFromJsonAsync<System.Text.Json.JsonElement>();
        using var message = new HttpRequestMessage(HttpMethod.Post, "/api/v1/flags/by-receipt/messages")
        {
            Content = JsonContent.Create(new { receipt = answer.Text("receipt"), message = "More." }),
        };
        message.Headers.Add("Idempotency-Key", "a key that could be looked up");
        (await employee.SendAsync(message)).EnsureSuccessStatusCode();
        using var keyed = new HttpRequestMessage(HttpMethod.Post, "/api/v1/flags")
        {
            Content = JsonContent.Create(new { text = "Another is open.", anonymous = true }),
        };
        keyed.Headers.Add("Idempotency-Key", "a key that could be looked up");
        (await employee.SendAsync(keyed)).EnsureSuccessStatusCode();

        Assert.Equal(before, await WhereAsync(hub, "employee"));
        Assert.Empty(await PlacesAsync(hub, answer.Text("receipt")));
        Assert.Empty(await PlacesAsync(hub, answer.Text("receipt").Replace("-", "", StringComparison.Ordinal)));
        Assert.Empty(await PlacesAsync(hub, new string('t', 40)));
        Assert.Empty(await PlacesAsync(hub, "a key that could be looked up"));
    }

    [Fact]
    public async Task The_name_of_a_reporter_is_stored_only_with_the_flag_itself()
    {
        await using var hub = new TestHub();
        var employee = await hub.AsAsync("employee");
        await employee.MakeAsync("/api/v1/flags", new { text = "Something is open." });
        await employee.MakeAsync("/api/v1/flags/F-1/messages", new { message = "More." });
        var id = TestHub.Actor("employee").Id.ToString();
        // Besides the sign-in, and the key of the row of the sample account with its digest.
        Assert.Equal(
            [
                "AuditEntry.ActorId", "AuditEntry.Payload", "Flag.RaisedById", "FlagMessage.AuthorId", "Person.Id", "RowDigest.RowsKey",
                "Session.PersonId", "SignInAttempt.PersonId",
            ],
            (await PlacesAsync(hub, id)).Order());
        await using var connection = await hub.Services.GetRequiredService<Connections>().OpenAsync(CancellationToken.None);
        Assert.Equal(["person.demo-accounts"],
            await connection.QueryAsync<string>("SELECT Act FROM AuditEntry WHERE Payload LIKE @like", new { like = $"%{id}%" }));
    }

    private static async Task<string> WhereAsync(TestHub hub, string account)
    {
        var actor = TestHub.Actor(account);
        return string.Join('\n', (await PlacesAsync(hub, actor.Id.ToString())).Concat(await PlacesAsync(hub, actor.Name))
            .Concat(await PlacesAsync(hub, account)));
    }

    // Every text of every row of every table.
    private static async Task<List<string>> PlacesAsync(TestHub hub, string wanted)
    {
        await using var connection = await hub.Services.GetRequiredService<Connections>().OpenAsync(CancellationToken.None);
        var found = new List<string>();
        foreach (var table in await connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table'"))
        {
            foreach (var row in await connection.QueryAsync($"SELECT * FROM \"{table}\""))
            {
                foreach (var (column, value) in (IDictionary<string, object?>)row)
                {
                    if (value is string text && text.Contains(wanted, StringComparison.OrdinalIgnoreCase)) found.Add($"{table}.{column}");
                }
            }
        }
        return found;
    }
}

using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Decisions;

/// <summary>Many people answer the criteria of one decision concurrently.</summary>
public class ConcurrentAnswersTests
{
    private static readonly string[] People = ["responder-2", "privacy", "owner", "deputy"];

    [Fact]
    public async Task Concurrent_answers_of_many_people_are_all_accepted_and_none_is_lost()
    {
        await using var scene = await DecisionScene.PausedAsync();
        await scene.ContainAsync();
        var before = await scene.GetAsync("privacy", "/api/v1/decisions/D-1");
        var kinds = before.GetProperty("criteria").EnumerateArray().Select(c => c.Text("kind")).ToList();
        // Each person answers the whole list, starting at a different position.
        var asks = People.Select((by, i) => (By: by, Kinds: kinds.Skip(2 * i).Concat(kinds.Take(2 * i)).ToList())).ToList();
        var clients = new Dictionary<string, HttpClient>();
        foreach (var account in People) clients[account] = await scene.ClientAsync(account);

        var answers = (await Task.WhenAll(asks.Select(a => Task.Run(async () =>
        {
            var heard = new List<(HttpStatusCode Status, JsonElement Body)>();
            foreach (var kind in a.Kinds)
                heard.Add(await clients[a.By].PostAsync($"/api/v1/decisions/D-1/criteria/{kind}/meet", new { evidence = $"By {a.By}." }));
            return heard;
        })))).SelectMany(a => a).ToList();

        Assert.All(answers, a => Assert.True(a.Status == HttpStatusCode.OK, $"{a.Status} {a.Body}"));
        var after = await scene.GetAsync("privacy", "/api/v1/decisions/D-1");
        Assert.All(after.GetProperty("criteria").EnumerateArray(), c => Assert.Equal("Met", c.Text("status")));
        Assert.Equal(before.GetProperty("version").GetInt32() + answers.Count, after.GetProperty("version").GetInt32());
        var told = after.GetProperty("log").EnumerateArray().Where(l => l.Text("kind") == "criterion-met").ToList();
        Assert.Equal(answers.Count, told.Count);
        // Exactly one of the answers is stored, complete.
        foreach (var criterion in after.GetProperty("criteria").EnumerateArray())
            Assert.Contains(People, by => $"By {by}." == criterion.Text("text"));
        var audited = (await scene.GetAsync("auditor", "/api/v1/audit?act=decision.criterion-met&limit=100")).GetProperty("items");
        Assert.Equal(answers.Count, audited.GetArrayLength());
        Assert.True((await scene.GetAsync("auditor", "/api/v1/audit/verification")).GetProperty("ok").GetBoolean());
    }
}

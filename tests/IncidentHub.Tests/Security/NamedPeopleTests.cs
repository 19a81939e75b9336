using System.Text.Json;
using System.Text.Json.Nodes;
using IncidentHub.Access.Identity;
using IncidentHub.Tests.Access.Audit;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Security;

public sealed class NamedPeopleTests
{
    private static readonly HashSet<string> Accounts = [.. DemoAccounts.All.Select(a => a.Account)];

    [Fact]
    public async Task Who_may_not_do_something_does_not_learn_whether_an_account_exists()
    {
        await using var story = await CommandStory.StartAsync();
        var (faults, compared) = (new List<string>(), new HashSet<string>());
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            // Signing in is about accounts; it has limits and tests of its own.
            if (step.Body(story) is { } body && !step.Route.EndsWith("/session", StringComparison.Ordinal))
            {
                var named = JsonNode.Parse(body as string ?? JsonSerializer.Serialize(body));
                var unknown = named?.DeepClone();
                if (unknown is not null && Rename(unknown))
                {
                    compared.Add(step.Route);
                    foreach (var by in (string[])["employee", "auditor", "executive"])
                    {
                        var answers = new List<string>();
                        foreach (var sent in new[] { named!, unknown })
                        {
                            var (status, answer) = await story.As(by)
                                .SendAsync(step.Method, step.Path(step.At(story)), sent.ToJsonString());
                            answers.Add($"{(int)status} {WithoutTrace(answer)}");
                        }
                        if (answers[0] != answers[1]) faults.Add($"{step.Route} by {by}: {answers[0]} / {answers[1]}");
                    }
                }
            }
            await story.SendAsync(step);
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.True(compared.Count >= 6, string.Join(", ", compared));
    }

    /// <summary>Whether an account was named.</summary>
    private static bool Rename(JsonNode node)
    {
        var renamed = false;
        foreach (var (key, value) in node is JsonObject members ? members.Select(m => ((object)m.Key, m.Value)).ToList()
            : node is JsonArray items ? items.Select((v, i) => ((object)i, v)).ToList() : [])
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var account) && Accounts.Contains(account))
            {
                if (key is int at) node.AsArray()[at] = "nobody-at-all";
                else node.AsObject()[(string)key] = "nobody-at-all";
                renamed = true;
            }
            else if (value is not null) renamed |= Rename(value);
        }
        return renamed;
    }

    private static string WithoutTrace(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object) return answer.ToString();
        var problem = JsonObject.Create(answer)!;
        problem.Remove("traceId");
        return problem.ToJsonString();
    }
}

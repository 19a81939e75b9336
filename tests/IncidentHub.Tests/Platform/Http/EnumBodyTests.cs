using System.Net;
using IncidentHub.Tests.Access.Audit;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>Members of enumerations in bodies: every command of the API in one story.</summary>
public class EnumBodyTests
{
    [Fact]
    public async Task Two_names_with_a_comma_are_refused_at_the_member_with_the_names_that_there_are()
    {
        await using var story = await CommandStory.StartAsync();
        var bodies = RequestBodies.Of(story.Hub).ToLookup(b => b.Route, b => b.Body);
        var (faults, tried) = (new List<string>(), 0);
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            var sample = RequestBodies.Sample(story, step);
            foreach (var (_, path, type) in bodies[step.Route].SelectMany(b => RequestBodies.Members(b)).Where(m => m.Type.IsEnum))
            {
                var names = Enum.GetNames(type);
                foreach (var value in (string[])[$"{names[0]},{names[^1]}", $"{names[^1]}, {names[^1]}", names[0] + ",", "1"])
                {
                    var body = sample.DeepClone();
                    if (!RequestBodies.Set(body, path, value)) continue;
                    tried++;
                    var (status, answer) = await story.As(step.By).SendAsync(step.Method, step.Path(step.At(story)), body.ToJsonString());
                    var said = status == HttpStatusCode.BadRequest && answer.TryGetProperty("errors", out var errors)
                        ? string.Join(" ", errors.EnumerateObject().Where(e => e.Name.StartsWith(path, StringComparison.Ordinal))
                            .Select(e => e.Value[0].GetString())) : "";
                    if (!said.Contains($"One of {string.Join(", ", names)}.", StringComparison.Ordinal))
                        faults.Add($"{step.Route}, {path} «{value}»: {status} {answer}");
                }
            }
            await story.SendAsync(step);
        }
        Assert.InRange(tried, 60, 1000);
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Take(30)));
    }
}

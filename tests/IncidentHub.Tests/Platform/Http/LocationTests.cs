using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Access.Audit;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>What a command made has an address where it can be read, or none is given.</summary>
public sealed class LocationTests
{
    // Read with what they belong to, or in a list.
    private static readonly string[] WithoutAddress =
    [
        "POST /api/v1/programs/{code}/safeguards", "POST /api/v1/keys", "POST /api/v1/incidents/{code}/legal-holds",
        "POST /api/v1/incidents/{code}/privileged-notes", "POST /api/v1/incidents/{code}/obligations",
        "POST /api/v1/calendar-feed", "POST /api/v1/notices/{code}/questions", "POST /api/v1/signing-keys/rotate",
    ];

    [Fact]
    public async Task The_location_of_what_was_made_answers_it()
    {
        await using var story = await CommandStory.StartAsync();
        var (faults, without, made) = (new List<string>(), new List<string>(), 0);
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            if (step.Send is not null)
            {
                await story.SendAsync(step);
                continue;
            }
            using var request = new HttpRequestMessage(step.Method, step.Path(step.At(story)));
            request.Content = ApiCalls.ContentOf(step.Body(story));
            using var answer = await story.As(step.By).SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            var view = text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
            if (answer.StatusCode == HttpStatusCode.Created && answer.Headers.Location is { } location)
            {
                made++;
                using var read = await story.As(step.By).GetAsync(location);
                var shown = await read.Content.ReadAsStringAsync();
                if (!read.IsSuccessStatusCode || !NamesOf(view).Any(n => shown.Contains(n, StringComparison.Ordinal)
                    && location.ToString().EndsWith('/' + n, StringComparison.Ordinal)))
                    faults.Add($"{step.Route}: {location} is {(int)read.StatusCode}");
            }
            else if (answer.StatusCode == HttpStatusCode.Created) without.Add(step.Route);
            if (step.After is not null) await step.After(story, view);
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.Equal(WithoutAddress, without);
        Assert.InRange(made, 7, 50);
    }

    // What may stand at the end of its address.
    private static IEnumerable<string> NamesOf(JsonElement made)
    {
        var view = made.TryGetProperty("pause", out var pause) ? pause : made;
        return ((string[])["code", "account", "name", "id", "number"]).Where(n => view.TryGetProperty(n, out _))
            .Select(n => view.GetProperty(n).ToString());
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using IncidentHub.Platform.Http;
using IncidentHub.Response.AccessReviews;
using IncidentHub.Tests.Response.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>Limits and cursors of every list of the API, found in the route table.</summary>
public sealed partial class ListTests(SharedIncidentScene shared) : IClassFixture<SharedIncidentScene>
{
    private readonly IncidentScene _scene = shared.Scene;

    [Fact]
    public async Task A_limit_that_is_not_between_1_and_250_is_refused()
    {
        var faults = new List<string>();
        var (clients, paths) = (await ClientsAsync(), await PathsAsync("limit"));
        Assert.InRange(paths.Count, 12, 60);
        foreach (var path in paths)
        {
            foreach (var limit in (string[])["-1", "0", "251", "99999"])
            {
                var (status, body) = await ReadAsync(clients, $"{path}limit={limit}");
                if (status != HttpStatusCode.BadRequest || !Names(body, "limit")) faults.Add($"{path}limit={limit}: {status} {body}");
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task A_list_takes_its_own_cursors_and_refuses_those_of_every_other_list()
    {
        var faults = new List<string>();
        var (clients, paths, lists) = (await ClientsAsync(), await PathsAsync("cursor"), ListNames());
        Assert.InRange(paths.Count, 11, 60);
        Assert.InRange(lists.Count, paths.Count, 60);
        var taken = new Dictionary<string, string>();
        object[][] keys = [[DateTimeOffset.UnixEpoch, Guid.Empty], ["a"], [7], ["7"]];
        foreach (var path in paths)
        {
            var own = new HashSet<string>();
            foreach (var (list, cursor) in lists.SelectMany(list => keys.Select(key => (list, Cursor.Encode(list, key)))))
            {
                var (status, body) = await ReadAsync(clients, $"{path}cursor={cursor}");
                if (status == HttpStatusCode.OK) own.Add(list);
                else if (status != HttpStatusCode.BadRequest || !Names(body, "cursor")) faults.Add($"{path} {list}: {status} {body}");
            }
            if (own.Count != 1) faults.Add($"{path} takes the cursors of: {string.Join(", ", own)}");
            else if (!taken.TryAdd(own.Single(), path)) faults.Add($"{path} takes those of {taken[own.Single()]}");
            foreach (var foreign in (string[])["7", "WyJhIl0", "Wzdd", "e30", "%25"])
            {
                var (status, body) = await ReadAsync(clients, $"{path}cursor={foreign}");
                if (status != HttpStatusCode.BadRequest || !Names(body, "cursor")) faults.Add($"{path}cursor={foreign}: {status}");
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    private static bool Names(JsonElement problem, string field) =>
        problem.TryGetProperty("errors", out var errors) && errors.TryGetProperty(field, out _);

    /// <summary>The names of all lists, as they are decoded in the sources.</summary>
    private static HashSet<string> ListNames() =>
        [.. SourceTree.Files("src/IncidentHub", "*.cs").SelectMany(f => Decoded().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups[1].Value)];

    private async Task<IReadOnlyList<string>> PathsAsync(string parameter)
    {
        var incident = await _scene.DeclareAsync();
        var evidence = (await _scene.ActAsync(incident, "evidence",
            new FormBody("a.csv", Encoding.UTF8.GetBytes($"time,account\n{_scene.Hub.Clock.Now:O},ben\n"), ("takenFrom", "The bucket"),
                ("takenAt", _scene.Hub.Clock.Now.ToString("O"))))).Text("code");
        await _scene.ActAsync(incident, "exposures", new { dataset = "transcriptions", from = _scene.Hub.Clock.Now.AddDays(-1) });
        var review = (await _scene.ActAsync(incident, "access-reviews",
            new { dataset = "transcriptions", evidence, preset = "Plain", audience = "ann" })).Text("code");
        await ActivatorUtilities.GetServiceOrCreateInstance<AccessReviewJob>(_scene.Hub.Services).RunAsync(default);
        var decision = (await _scene.Responder.ReadAsync("/api/v1/decisions?program=MCI")).GetProperty("items")[0].Text("code");
        var opinion = (await (await _scene.Hub.AsAsync("works-council")).MakeAsync($"/api/v1/decisions/{decision}/opinions",
            new FormBody("a.pdf", [1], ("role", "WorksCouncil"), ("position", "NoPosition"), ("text", "Seen."),
                ("givenAt", _scene.Hub.Clock.Now.ToString("O"))))).GetProperty("number");
        return [.. from endpoint in _scene.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                   where endpoint.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true
                   let parameters = endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().Select(p => p.Name).ToList()
                   where parameters.Contains(parameter)
                   let path = endpoint.RoutePattern.RawText!.TrimEnd('/').Replace("/incidents/{code}", $"/incidents/{incident}")
                       .Replace("/programs/{code}", "/programs/MCI").Replace("/evidence/{code}", $"/evidence/{evidence}")
                       .Replace("/access-reviews/{code}/accounts/{number:int}", $"/access-reviews/{review}/accounts/0")
                       .Replace("/access-reviews/{code}", $"/access-reviews/{review}")
                       .Replace("/decisions/{code}/opinions/{number:int}", $"/decisions/{decision}/opinions/{opinion}")
                   select path + (path.EndsWith("/collectors", StringComparison.Ordinal) ? "?program=MCI&" : "?")];
    }

    // Somebody of them may read each list.
    private async Task<IReadOnlyList<HttpClient>> ClientsAsync()
    {
        var administrator = await _scene.Hub.AsAsync("administrator");
        var key = await administrator.MakeAsync("/api/v1/keys", new { name = "Ingestion", scopes = new[] { "gate" } });
        var machine = _scene.Hub.CreateClient();
        machine.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text("key"));
        return [_scene.Responder, await _scene.Hub.AsAsync("owner"), administrator, await _scene.Hub.AsAsync("auditor"), machine];
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> ReadAsync(IReadOnlyList<HttpClient> clients, string path)
    {
        var answer = (Status: HttpStatusCode.Forbidden, Body: default(JsonElement));
        foreach (var client in clients)
        {
            answer = await client.SendAsync(HttpMethod.Get, path);
            if (answer.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)) break;
        }
        return answer;
    }

    [GeneratedRegex("""Cursor\.Decode\w+\("([a-z-]+)",""")]
    private static partial Regex Decoded();
}

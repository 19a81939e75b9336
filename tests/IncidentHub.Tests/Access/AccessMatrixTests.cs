using System.Net;
using System.Text.RegularExpressions;
using IncidentHub.Tests.Access.Audit;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access;

/// <summary>
/// Every route of the API for every account, compared with a table that is written here from what the product promises, not from the code.
/// Commands are sent where a story of all commands stands; those who may not are refused before they change anything, and those who may
/// are stopped later, by a stale version or an invalid field.
/// </summary>
public sealed partial class AccessMatrixTests
{
    [Fact]
    public async Task Every_route_answers_exactly_the_accounts_that_may_use_it()
    {
        await using var story = await CommandStory.StartAsync();
        var (faults, asked) = (new List<string>(), 0);
        var commands = Table(Commands);
        Assert.Equal(
            CommandSteps.All.Where(s => Accounts.ContainsValue(s.By)).Select(s => s.Route).Distinct().Order(), commands.Keys.Order());
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            if (commands.TryGetValue(step.Route, out var may)) asked += await AskAllAsync(story, step, may, faults);
            // What everybody may read is read before the incident is restricted, by the last of its commands.
            if (step.Route.EndsWith("/confidentiality", StringComparison.Ordinal)) asked += await ReadAllAsync(story, faults);
            await story.SendAsync(step);
        }
        Assert.True(faults.Count == 0, $"{faults.Count} of {asked}:\n{string.Join('\n', faults)}");
        Assert.True(asked > 1_000, $"{asked}");
    }

    [Fact]
    public async Task Every_page_opens_for_exactly_the_accounts_that_may_use_it()
    {
        using var hub = new TestHub();
        var pages = Table(Pages);
        var faults = new List<string>();
        foreach (var (letter, account) in Accounts)
        {
            var client = await hub.AsAsync(account);
            foreach (var (path, may) in pages)
            {
                using var answer = await client.GetAsync(path);
                var opened = answer.StatusCode is HttpStatusCode.OK || path == "/not-found";
                var denied = answer.Headers.Location?.OriginalString.Contains("/denied", StringComparison.Ordinal) == true;
                if (opened != may.Contains(letter) || denied == opened) faults.Add($"{path} by {account}: {answer.StatusCode}");
            }
        }
        var nobody = await hub.AsAsync(null);
        foreach (var path in pages.Keys)
        {
            using var answer = await nobody.GetAsync(path);
            if (answer.Headers.Location?.OriginalString.Contains("/sign-in", StringComparison.Ordinal) != true)
                faults.Add($"{path} by nobody");
        }
        Assert.Empty(faults);
        var mapped = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => "/" + e.RoutePattern.RawText!.Trim('/')).Distinct();
        Assert.DoesNotContain(mapped, route => !pages.Keys.Any(path => Matches(route, path)));
    }

    [Fact]
    public void Every_route_that_is_read_is_in_the_table()
    {
        using var hub = new TestHub();
        var mapped = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)
                && e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(e => $"GET {e.RoutePattern.RawText!.TrimEnd('/')}").ToHashSet();
        var told = Table(Reads).Keys.Select(p => p.Split('?')[0]).ToList();
        Assert.DoesNotContain(mapped.Except(Others), route => !told.Any(path => Matches(route[4..], path)));
    }

    private static async Task<int> AskAllAsync(CommandStory story, CommandStep step, IReadOnlySet<string> may, List<string> faults)
    {
        var (path, body, asked) = (step.Path(step.At(story)), step.Body(story), 0);
        foreach (var (letter, account) in Accounts.Where(a => a.Value != step.By))
        {
            var allowed = may.Contains(letter);
            if (allowed && Stopped(step) is null) continue;
            var (status, answer) = await story.As(account).SendAsync(step.Method, path, allowed ? Stopped(step) : body);
            asked++;
            var denied = status is HttpStatusCode.Forbidden || (status is HttpStatusCode.NotFound && !allowed);
            if (denied == allowed || (!allowed && (int)status < 400))
                faults.Add($"{step.Route} by {account}: {(int)status}, but {(allowed ? "may" : "may not")}: {answer}");
        }
        if (!may.Contains(Letter(step.By))) faults.Add($"{step.Route} is sent by {step.By} in the story, who may not");
        return asked;
    }

    /// <summary>A body that is refused once the permission was asked: with a stale version, or an invalid field.</summary>
    private static object? Stopped(CommandStep step) => step.Refused.OrderByDescending(r => r.Status == 409).Select(r => r.Body)
        .FirstOrDefault();

    private static async Task<int> ReadAllAsync(CommandStory story, List<string> faults)
    {
        var asked = 0;
        foreach (var (path, may) in Table(Reads))
        {
            var at = Word().Replace(path, m => story[m.Value].ToString()!);
            foreach (var (letter, account) in Accounts)
            {
                using var answer = await story.As(account).GetAsync(at);
                asked++;
                var expected = may.Contains(letter);
                // There is a record of a decision only once it is made.
                var answered = answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict;
                if (answered != expected || (!expected && (int)answer.StatusCode is not (403 or 404)))
                    faults.Add($"GET {path} by {account}: {(int)answer.StatusCode}, but {(expected ? "may" : "may not")}");
            }
            using var nobody = await story.As("nobody").GetAsync(at);
            if (nobody.StatusCode != HttpStatusCode.Unauthorized) faults.Add($"GET {path} by nobody: {(int)nobody.StatusCode}");
        }
        return asked;
    }

    private static string Letter(string account) => Accounts.Single(a => a.Value == account).Key;

    private static Dictionary<string, HashSet<string>> Table(string text) => text.Split('\n').Select(l => l.Trim().Split("  ", 2))
        .ToDictionary(l => l[0], l => l[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet());

    private static bool Matches(string route, string path) =>
        Regex.IsMatch(path, $"^{Regex.Replace(route, @"\{[^}]+\}", "[^/]+")}$");

    [GeneratedRegex(@"(?<=/)(pause|note|review)(?=/|$)")]
    private static partial Regex Word();
}

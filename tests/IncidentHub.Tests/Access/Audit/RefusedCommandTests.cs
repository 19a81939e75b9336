using System.Net;
using IncidentHub.Access.Audit;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Audit;

/// <summary>Refused commands change nothing: each command is first sent in ways that are refused, then correctly.</summary>
public sealed class RefusedCommandTests
{
    /// <summary>Commands that need no sign-in, or that every signed-in person may send.</summary>
    private static readonly string[] WithoutOutsiders =
    [
        "POST /api/v1/session", "POST /sign-in", "POST /sign-out", "POST /reset", "POST /api/v1/flags/by-receipt",
        "POST /api/v1/flags/by-receipt/messages", "POST /api/v1/flags/by-receipt/files",
        "POST /sign-in/oidc/{provider}/start", "POST /sign-in/oidc/{provider}/link",
        "POST /sign-in/passkey/options", "POST /sign-in/passkey", "POST /account/passkeys/options", "POST /account/passkeys",
    ];

    [Fact]
    public async Task A_refused_command_leaves_no_record_and_changes_nothing()
    {
        await using var story = await CommandStory.StartAsync();
        var (faults, tried) = (new List<string>(), 0);
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            await story.Hub.CountedAsync();
            var before = await story.DigestsAsync();
            foreach (var (how, by, path, body, expected) in Ways(story, step))
            {
                var (status, answer) = await story.As(by).SendAsync(step.Method, path, body);
                tried++;
                if (!expected(status)) faults.Add($"{step.Route}, {how}: {status} {answer}");
                var after = await story.DigestsAsync();
                var changed = after.Keys.Where(t => after[t] != before[t]).ToList();
                if (changed.Count > 0) faults.Add($"{step.Route}, {how}: refused with {status}, and changed {string.Join(", ", changed)}");
                before = after;
            }
            await story.SendAsync(step);
            // A checkpoint follows a redaction: now, not during a refused command.
            await story.Hub.Services.GetRequiredService<Checkpointing>().RunAsync(CancellationToken.None);
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.True(tried > 2 * CommandSteps.All.Count, $"{tried} of {CommandSteps.All.Count} commands");
    }

    private static IEnumerable<(string How, string By, string Path, object? Body, Func<HttpStatusCode, bool> Expected)> Ways(
        CommandStory story, CommandStep step)
    {
        var (at, body) = (step.At(story), step.Body(story));
        if (!WithoutOutsiders.Contains(step.Route))
        {
            // For machines, an unreadable body is refused before the key is checked.
            yield return ("by nobody", "nobody", step.Path(at), body, s => s is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest);
            if (!step.ForEveryone) yield return ("by an employee", "employee", step.Path(at), body, s => (int)s is >= 400 and <= 404);
        }
        // A wrong code of break-glass is recorded: somebody is guessing.
        if (at.Length > 0 && !step.Route.EndsWith("/break-glass", StringComparison.Ordinal) && !MakesWhatIsMissing.Contains(step.Route))
            yield return ("on what does not exist", step.By, step.Path([.. at.Select(Unknown)]), body, s => (int)s is >= 400 and <= 404);
        foreach (var (status, refused) in step.Refused)
            yield return ($"with {refused}", step.By, step.Path(at), refused, s => (int)s == status);
    }

    private static readonly HashSet<string> MakesWhatIsMissing =
        ["PUT /api/v1/regimes/{code}", "PUT /api/v1/holiday-calendars/{calendar}/{year:int}"];

    private static object Unknown(object value) => value switch
    {
        Guid => new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        int => 99,
        _ => "NONE-9",
    };
}

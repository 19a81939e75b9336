using System.Text.Json;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Journal;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Decisions;

/// <summary>
/// A decision about two incidents, one of which is restricted later: its text is for those who may see both, and its pauses have a decision
/// of their own from then on.
/// </summary>
public sealed class SeveralIncidentsTests : IAsyncLifetime
{
    private const string D1 = "/api/v1/decisions/D-1";
    private DecisionScene _scene = null!;
    private string _other = "";

    public async ValueTask InitializeAsync()
    {
        _scene = await DecisionScene.PausedAsync();
        _other = Text(await _scene.OkAsync("privacy", "/api/v1/incidents", new
        {
            title = "Names people",
            sev = 2,
            programs = new[] { new { program = "MCI", kind = "Downstream" } },
            confidentiality = "Restricted",
        }), "code");
        await OpenAsync();
        // It pauses the program while it is open: the decision of the program covers both pauses.
        var linked = await (await _scene.ClientAsync("privacy")).SendAsync(
            HttpMethod.Patch, $"/api/v1/incidents/{_other}/programs/MCI", new { kind = "Source", reason = "It is one of its sources." });
        Assert.True(linked.Status == System.Net.HttpStatusCode.OK, $"{linked.Body}");
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Evidence_is_on_both_timelines_for_those_who_may_currently_see_the_other_incident()
    {
        await _scene.OkAsync("responder", D1 + "/criteria/RootCauseKnown/meet", new { evidence = "Grants of three named people" });
        foreach (var incident in new[] { "INC-1", _other })
            Assert.Contains("Grants of three named people", await TimelineAsync("executive", incident));

        await RestrictAsync();
        var told = await TimelineAsync("executive", "INC-1");
        Assert.Contains("D-1, MCI: Met: Root cause identified", told);
        Assert.DoesNotContain("Grants of three named people", told);
        Assert.Contains("Grants of three named people", await TimelineAsync("privacy", "INC-1"));

        // The decision does not cover the pause any more: what was answered about both is open, and withheld.
        var decision = await _scene.GetAsync("executive", D1);
        Assert.Equal("INC-1", Text(Assert.Single(decision.GetProperty("pauses").EnumerateArray()), "incident"));
        Assert.All(decision.GetProperty("criteria").EnumerateArray(), c =>
            Assert.Equal(("Open", "This is about a restricted incident."), (Text(c, "status"), Text(c, "text"))));
        Assert.DoesNotContain("three named", decision.ToString());
        Assert.Contains("three named", (await _scene.GetAsync("privacy", D1)).ToString());
        var own = (await _scene.GetAsync("privacy", "/api/v1/decisions?shelf=open")).GetProperty("items").EnumerateArray()
            .Single(d => Text(d, "incident") == _other);
        Assert.Equal("Preparing", Text(await _scene.GetAsync("owner", $"/api/v1/decisions/{Text(own, "code")}"), "status"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await (await _scene.ClientAsync("executive"))
            .SendAsync(HttpMethod.Get, $"/api/v1/decisions/{Text(own, "code")}")).Status);

        await OpenAsync();
        Assert.Contains("Grants of three named people", await TimelineAsync("executive", "INC-1"));
    }

    [Fact]
    public async Task A_reopened_incident_and_its_reason_are_shown_on_the_decision_to_those_who_may_currently_see_it()
    {
        await _scene.OkAsync("responder", D1 + "/criteria/RootCauseKnown/meet", new { evidence = "A grant" });
        await _scene.OkAsync("responder", $"/api/v1/incidents/{_other}/contain", new { note = "Closed." });
        await _scene.OkAsync("responder", $"/api/v1/incidents/{_other}/reopen", new { reason = "A named person has it still" });
        var full = $"{_other} was reopened: A named person has it still";
        foreach (var account in new[] { "executive", "privacy" }) Assert.Equal((full, full), await ReasonsAsync(account));
        Assert.Contains(full, await TimelineAsync("executive", _other));

        await RestrictAsync();
        const string withheld = "This is about a restricted incident.";
        Assert.Equal((withheld, withheld), await ReasonsAsync("executive"));
        Assert.Equal(($"Pauses of {_other} have a decision of their own now.", full), await ReasonsAsync("privacy"));
        var decision = (await _scene.GetAsync("executive", D1)).ToString();
        foreach (var said in new[] { decision, await TimelineAsync("executive", "INC-1") })
        {
            Assert.DoesNotContain(_other, said);
            Assert.DoesNotContain("A named person has it still", said);
            Assert.DoesNotContain("{ref:", said);
        }
        Assert.Contains(full, await TimelineAsync("privacy", "INC-1"));
    }

    [Fact]
    public async Task A_condition_is_a_task_of_both_incidents_whose_text_is_shown_to_its_owner_and_those_who_may_see_both()
    {
        await ResumeAsync();
        var (told, listed) = (await TaskAsync("executive"), await ListedAsync("executive", "INC-1"));
        Assert.Equal(("Ask the three named people", "D-1"), (Text(told, "what"), Text(told, "decision")));
        Assert.Equal(told.ToString(), Assert.Single(listed).ToString());
        Assert.Single(await ListedAsync("executive", _other));

        await RestrictAsync();
        var hidden = await TaskAsync("executive");
        Assert.Equal(("T-1", "A restricted incident", "Open", "INC-1"),
            (Text(hidden, "code"), Text(hidden, "what"), Text(hidden, "status"), Text(hidden, "incident")));
        Assert.Equal(told.GetProperty("dueAt").GetDateTimeOffset(), hidden.GetProperty("dueAt").GetDateTimeOffset());
        foreach (var field in new[] { "owner", "program", "decision", "doneNote", "closedNote" })
            Assert.Equal(JsonValueKind.Null, hidden.GetProperty(field).ValueKind);
        Assert.Equal(hidden.ToString(), Assert.Single(await ListedAsync("executive", "INC-1")).ToString());
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await (await _scene.Hub.AsAsync("executive"))
            .SendAsync(HttpMethod.Get, $"/api/v1/tasks?incident={_other}")).Status);
        Assert.Equal("Ask the three named people", Text(await TaskAsync("privacy"), "what"));

        // A person who may not read the text may not act on the task; its owner may.
        Assert.Equal("not_found", await _scene.RefusedAsync("responder", "/api/v1/tasks/T-1/complete", new { note = "Done." }));
        Assert.Equal("Ask the three named people", Text(await TaskAsync("responder-2"), "what"));
        await _scene.OkAsync("responder-2", "/api/v1/tasks/T-1/complete", new { note = "All three answered." });
        var timeline = await TimelineAsync("executive", "INC-1");
        Assert.Contains("T-1 opened", timeline);
        Assert.Contains("T-1 closed", timeline);
        Assert.DoesNotContain("three", timeline);
        Assert.Contains("All three answered.", await TimelineAsync("privacy", "INC-1"));
        Assert.DoesNotContain("three", (await TaskAsync("executive")).ToString());
    }

    [Fact]
    public async Task A_decision_to_terminate_writes_its_rationale_to_no_timeline_that_every_account_can_read()
    {
        await _scene.OkAsync("responder", D1 + "/propose", new { outcome = "Terminate", rationale = "Three named people were watched." });
        foreach (var account in new[] { "owner", "privacy", "executive" })
        {
            if (Text(await _scene.GetAsync("privacy", D1), "status") != "Decided")
                await _scene.PostAsync(account, D1 + "/approve", new { });
        }
        Assert.Equal("Terminated", Text(await _scene.GetAsync("owner", "/api/v1/programs/MCI"), "lifecycle"));
        await RestrictAsync();
        var activity = await ActivityAsync("executive");
        Assert.Contains("MCI terminated permanently", activity);
        foreach (var said in new[] { activity, await TimelineAsync("executive", "INC-1") }) Assert.DoesNotContain("Three named", said);
    }

    private async Task ResumeAsync()
    {
        await _scene.OkAsync("responder", $"/api/v1/incidents/{_other}/contain", new { note = "Closed." });
        await _scene.AllAnsweredAsync();
        await _scene.OkAsync("responder", D1 + "/propose", new
        {
            outcome = "ResumeWithConditions",
            rationale = "The grants are gone.",
            conditions = new[]
            {
                new { what = "Ask the three named people", owner = "responder-2", dueAt = _scene.Hub.Clock.Now.AddDays(7) },
            },
        });
        await _scene.OkAsync("owner", D1 + "/approve", new { });
        await _scene.OkAsync("privacy", D1 + "/approve", new { });
    }

    private Task<JsonElement> OpenAsync() => _scene.OkAsync(
        "privacy", $"/api/v1/incidents/{_other}/confidentiality", new { confidentiality = "Open", reason = "It names nobody." });

    private Task<JsonElement> RestrictAsync() => _scene.OkAsync(
        "privacy", $"/api/v1/incidents/{_other}/confidentiality", new { confidentiality = "Restricted", reason = "It names people." });

    private async Task<string> TimelineAsync(string account, string incident) =>
        (await _scene.GetAsync(account, $"/api/v1/incidents/{incident}/timeline?limit=250")).ToString();

    private async Task<string> ActivityAsync(string account)
    {
        var services = _scene.Hub.Services;
        var page = await _scene.Hub.Db.ReadAsync(async sql =>
        {
            var program = await services.GetRequiredService<ProgramReader>().FindByCodeAsync(sql, "MCI");
            return await services.GetRequiredService<TimelineReader>()
                .OfProgramAsync(sql, program!.Id, new([], Limit: 250), TestHub.Actor(account));
        });
        return string.Join("\n", page.Value.Items.Select(e => $"{e.Title} {e.Body} {e.Data}"));
    }

    private Task<JsonElement> TaskAsync(string account) => _scene.GetAsync(account, "/api/v1/tasks/T-1");

    private async Task<IReadOnlyList<JsonElement>> ListedAsync(string account, string incident) =>
        [.. (await _scene.GetAsync(account, $"/api/v1/tasks?incident={incident}")).GetProperty("items").EnumerateArray()];

    /// <summary>The reasons why the criteria are open again, in the list of criteria and in the log.</summary>
    private async Task<(string? Criterion, string? Log)> ReasonsAsync(string account)
    {
        var decision = await _scene.GetAsync(account, D1);
        return (Text(decision.GetProperty("criteria")[0], "text"),
            Text(decision.GetProperty("log").EnumerateArray().Single(l => Text(l, "kind") == "criteria-reopened"), "body"));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}

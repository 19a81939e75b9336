using System.Text.Json;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Story;

/// <summary>The acts of the main story: from the first flag to the resume.</summary>
internal static class StoryScript
{
    private const string D1 = "/api/v1/decisions/D-1";

    private static readonly (string Kind, string By)[] Criteria =
    [
        ("RootCauseKnown", "responder"), ("ExposureClosed", "responder-2"), ("AccessLimited", "responder"), ("EncryptionChecked", "owner"),
            ("AccessReviewComplete", "privacy"),
        ("SafeguardsVerified", "owner"), ("ClocksAnswered", "privacy"), ("PeopleInformed", "privacy"), ("QuarantinedDataDisposed", "owner"),
    ];

    public static async Task PlayAsync(StoryWorld world)
    {
        await PrepareAsync(world);
        await FlagAndDeclareAsync(world);
        await StopAsync(world);
        await ContainReopenResolveAsync(world);
        await DecideAsync(world);
        await CollectAgainAsync(world);
    }

    private static async Task PrepareAsync(StoryWorld world)
    {
        await world.ActAsync("owner", "/api/v1/programs", new
        {
            code = "MCI",
            name = "Model Capability Initiative",
            purpose = "Teach models how work is done.",
            owner = "owner",
            deputies = new[] { "deputy" },
            unit = "Research",
            regions = new[] { "US" },
            categories = new[] { "keystrokes", "clicks", "mouse-movements" },
            lawfulBasis = "Legitimate interest",
            participation = "Mandatory",
            ttlSeconds = 5,
            gracePeriodSeconds = 1,
            renewalSeconds = 1,
        });
        await world.ActAsync("owner", "/api/v1/programs/MCI/launch");
        await world.ActAsync("owner", "/api/v1/programs/MCI/safeguards", new { text = "Access locked down", source = "Launch memo" });
        foreach (var name in (string[])["private-conversations", "transcriptions"])
        {
            await world.ActAsync("owner", "/api/v1/datasets", new
            {
                name,
                owner = "owner",
                encryptionAtRest = "No",
                promisedAudience = new { scope = "NamedGroup", name = "research group" },
                actualAudience = new { scope = "WholeCompany" },
            });
            (await (await world.AsAsync("owner")).PutAsync($"/api/v1/datasets/{name}/programs/MCI", null)).EnsureSuccessStatusCode();
        }
        JsonElement key = default;
        // A key is shown once: if the hub was killed before the response, another key is created.
        while (key.ValueKind != JsonValueKind.Object)
            key = await world.ActAsync("owner", "/api/v1/keys",
                new { name = "Workstations", scopes = new[] { "enrol" }, programs = new[] { "MCI" }, region = "US" });
        world.StartAgent(key.Text("key"));
        await world.Agent.PrintsAsync("MCI COLLECTING");
    }

    private static async Task FlagAndDeclareAsync(StoryWorld world)
    {
        await world.ActAsync("employee", "/api/v1/flags", new
        {
            text = "I could open transcriptions of other people's chats.",
            about = "MCI",
            data = "NotSure",
            audience = "NotSure",
            stillOpen = "NotSure",
        });
        await world.RefusedAsync("employee", "/api/v1/flags/F-1/acknowledge", new { }, "forbidden");
        await world.ActAsync("responder", "/api/v1/flags/F-1/acknowledge");
        await world.ActAsync("responder", "/api/v1/incidents", new
        {
            title = "Employee data readable by the whole company",
            sev = 2,
            flag = "F-1",
            programs = new[] { new { program = "MCI", kind = "Source" } },
            exposures = new[] { new { dataset = "private-conversations", records = 12_400_000 },
                new { dataset = "transcriptions", records = 640_000 } },
        });
    }

    private static async Task StopAsync(StoryWorld world)
    {
        var incident = await world.ReadAsync("responder", "/api/v1/incidents/INC-1");
        var pause = (await world.ReadAsync("owner", "/api/v1/programs/MCI/pauses")).GetProperty("items")[0];
        Assert.Equal("Active", pause.Text("status"));
        // In the transaction of the declaration: exactly the same timestamp.
        Assert.Equal(incident.GetProperty("timestamps").GetProperty("declared").GetDateTimeOffset(), pause.GetProperty("activated")
            .GetProperty("at").GetDateTimeOffset());

        await world.Agent.PrintsAsync("MCI STOPPED");
        if (!world.IsRough) await world.Agent.PrintsAsync("is confirmed");
        JsonElement report = default;
        await StoryWorld.UntilAsync(
            async () =>
            {
                report = await world.ReadAsync("owner", $"/api/v1/pauses/{pause.Text("id")}");
                return report.GetProperty("pending").GetInt64() == 0 && report.GetProperty("fullStopAt").ValueKind == JsonValueKind.String;
            },
            "every collector is proven stopped");
        Assert.Equal(report.GetProperty("population").GetInt64(), report.GetProperty("confirmed")
            .GetInt64() + report.GetProperty("assured").GetInt64());
        if (!world.IsRough) Assert.Equal(1, report.GetProperty("confirmed").GetInt64());
    }

    private static async Task ContainReopenResolveAsync(StoryWorld world)
    {
        const string inc = "/api/v1/incidents/INC-1";
        await world.ActAsync(
            "responder", inc + "/notes", new { kind = "Note", body = "The nightly grant job gives every employee the reader role." });
        await world.ActAsync("responder", "/api/v1/tasks", new
        {
            what = "Remove the grant job",
            kind = "Fix",
            incident = "INC-1",
            owner = "responder"
        });
        await world.ActAsync("responder", "/api/v1/tasks/T-1/complete", new { note = "Job deleted." });
        await world.RefusedAsync("responder", "/api/v1/tasks/T-1/check", new { holds = true, note = "Fine." }, "doer_cannot_check");
        await world.ActAsync("responder", inc + "/contain", new { note = "Grants revoked." });
        await world.ActAsync("responder-2", inc + "/reopen", new { reason = "The fix did not stick: two tables were readable again." });
        await world.ActAsync("responder-2", "/api/v1/tasks/T-1/check",
            new { holds = false, note = "The job came back with the deployment." });
        await world.ActAsync("responder", "/api/v1/tasks/T-1/complete", new { note = "Removed from the deployment, too." });
        await world.ActAsync("responder-2", "/api/v1/tasks/T-1/check", new { holds = true, note = "Probed after the deployment." });
        await world.ActAsync("responder", inc + "/contain", new { note = "Removed from the deployment." });
        await world.ActAsync("responder", inc + "/resolve", new { note = "No path is left." });
    }

    private static async Task DecideAsync(StoryWorld world)
    {
        await world.RefusedAsync("responder", D1 + "/propose", new { outcome = "Resume", rationale = "All is well." }, "criteria_open");
        await world.ActAsync("responder", D1 + "/propose", new
        {
            outcome = "StayPausedUntil",
            rationale = "The review takes a month.",
            until = TimeProvider.System.GetUtcNow().AddDays(30)
        });
        await world.ActAsync("privacy", D1 + "/reject", new { reason = "Answer the criteria instead." });
        await world.RefusedAsync("responder", D1 + "/criteria/ExposureClosed/meet", new { evidence = "I closed it." },
            "closer_cannot_check");
        foreach (var (kind, by) in Criteria)
            await world.ActAsync(by, $"{D1}/criteria/{kind}/meet", new { evidence = $"Looked at it: {kind}." });
        await world.ActAsync("deputy", D1 + "/propose", new
        {
            outcome = "ResumeWithConditions",
            rationale = "The cause is gone, probed twice.",
            conditions =
                new[] { new { what = "Probe the grants weekly", owner = "responder-2", dueAt = TimeProvider.System.GetUtcNow()
                .AddDays(7) } },
        });
        await world.RefusedAsync("deputy", D1 + "/approve", new { }, "proposer_cannot_approve");
        await world.ActAsync("owner", D1 + "/approve");
        Assert.Equal("Active", (await world.ReadAsync("owner", "/api/v1/programs/MCI/pauses")).GetProperty("items")[0].Text("status"));
        await world.ActAsync("privacy", D1 + "/approve", new { comment = "Reviewed with the log." });
    }

    private static async Task CollectAgainAsync(StoryWorld world)
    {
        var written = world.Agent.WrittenAt().Count;
        Assert.Equal("Decided", (await world.ReadAsync("owner", D1)).Text("status"));
        Assert.Equal("Lifted", (await world.ReadAsync("owner", "/api/v1/programs/MCI/pauses")).GetProperty("items")[0].Text("status"));
        await StoryWorld.UntilAsync(() => Task.FromResult(world.Agent.WrittenAt().Count > written), "the agent collects again");
    }
}

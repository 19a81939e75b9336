using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Confidentiality;

/// <summary>
/// A restricted incident with everything that can belong to one. Its words, "zirconium" and the like, occur nowhere in the open story.
/// </summary>
internal static class Secret
{
    /// <summary>Words of its texts.</summary>
    public static readonly string[] Words = ["zirconium", "beryllium", "palladium", "ruthenium", "tellurium", "Zirconium"];

    /// <summary>Programs that it pauses.</summary>
    public static readonly string[] Programs = ["MCI", "TWO", "OTHER"];

    private const string Incident = "secret incident", Task = "secret task", Note = "secret note",
        Obligation = "secret obligation";

    public static IReadOnlyList<(int After, Func<World, Task> Step)> Steps { get; } =
    [
        (TwoWorldsStory.Paused, async w =>
        {
            var made = await w.MakeAsync("responder", "incidents", new
            {
                title = "The zirconium ledger names people",
                summary = "A beryllium copy was taken.",
                sev = 2,
                confidentiality = "Restricted",
                programs = new object[]
                {
                    new { program = "MCI", brokenSafeguards = new[] { 1 } },
                    new { program = "TWO" },
                    new { program = "OTHER", kind = "Downstream" },
                },
                exposures = new[] { new { dataset = "transcriptions" }, new { dataset = "summaries" } },
            });
            w.Kept[Incident] = made.Text("code");
        }),
        (TwoWorldsStory.Paused, async w =>
        {
            w.Kept[Task] = (await w.MakeAsync("responder", "tasks",
                new { what = "Find the palladium copy", kind = "Fix", incident = w.Kept[Incident], owner = "privacy" })).Text("code");
            await w.MakeAsync("responder", "tasks",
                new { what = "Ask about the ruthenium", incident = w.Kept[Incident], owner = "responder" });
            w.Kept[Note] = (await w.MakeAsync("responder", $"incidents/{w.Kept[Incident]}/updates",
                new { condition = "The zirconium copy is on a stick.", needs = "The zirconium reader." })).Text("id");
            await (await w.AsAsync("responder")).SendAsync(HttpMethod.Put, $"/api/v1/incidents/{w.Kept[Incident]}/updates/{w.Kept[Note]}",
                new { condition = "The zirconium copy was on a stick." });
            await w.MakeAsync("responder", $"incidents/{w.Kept[Incident]}/roles", new { role = "Named", account = "owner-2" });
            w.Kept[Obligation] = (await w.MakeAsync("responder", $"incidents/{w.Kept[Incident]}/obligations", new { regime = "GDPR" }))
                .GetProperty("codes")[0].GetString()!;
            await w.MakeAsync("privacy", $"obligations/{w.Kept[Obligation]}/trigger", new { at = w.Now, note = "The zirconium is certain." });
            w.Kept["secret statement"] = (await w.MakeAsync("responder", $"incidents/{w.Kept[Incident]}/statements",
                new { audience = "External", title = "The zirconium ledger", body = "A beryllium copy was taken." })).Text("code");
            await w.MakeAsync("privacy", $"statements/{w.Kept["secret statement"]}/publish", new { });
            await (await w.AsAsync("responder")).SendAsync(HttpMethod.Put, $"/api/v1/incidents/{w.Kept[Incident]}/reviews",
                new { causes = new[] { "01926e50-0000-7000-8000-000000000001" }, lessons = "Keep zirconium apart." });
            w.Kept["secret evidence"] = (await w.MakeAsync("responder", $"incidents/{w.Kept[Incident]}/evidence",
                TwoWorldsStory.Evidence(w, "palladium.csv"))).Text("code");
            w.Kept["secret review"] = (await w.MakeAsync("responder", $"incidents/{w.Kept[Incident]}/access-reviews", new
            {
                dataset = "transcriptions",
                evidence = w.Kept["secret evidence"],
                preset = "Plain",
                audience = "ruthenium@example.com",
                from = w.Now.AddDays(-1),
            })).Text("code");
        }),
        (TwoWorldsStory.Paused + 1, async w =>
        {
            await w.MakeAsync("counsel", $"incidents/{w.Kept[Incident]}/legal-holds", new { reason = "Matter tellurium: keep all." });
            await w.MakeAsync("responder", $"incidents/{w.Kept[Incident]}/assessment",
                new { identifiability = "Limited", reason = "A beryllium list." });
        }),
        (TwoWorldsStory.Paused + 2, async w =>
        {
            await w.MakeAsync("responder", $"incidents/{w.Kept[Incident]}/contain", new { note = "Zirconium wiped." });
            await w.MakeAsync("responder", $"incidents/{w.Kept[Incident]}/reopen", new { reason = "Ruthenium is back." });
        }),
        (TwoWorldsStory.Paused + 3, async w =>
        {
            var decision = w.Kept["secret decision"] = await TwoWorldsStory.DecisionOfAsync(w, "MCI", w.Kept[Incident]);
            await w.MakeAsync("privacy", $"decisions/{decision}/opinions/request", new { role = "WorksCouncil" });
            await w.MakeAsync("works-council", $"decisions/{decision}/opinions",
                TwoWorldsStory.Opinion(w, "WorksCouncil", "Objection", "The zirconium copy first."));
            await w.MakeAsync("responder", $"decisions/{decision}/criteria/RootCauseKnown/meet", new { evidence = "The palladium grant." });
            await w.MakeAsync("responder", $"decisions/{decision}/propose",
                new { outcome = "StayPausedUntil", rationale = "Until the tellurium is found.", until = w.Now.AddDays(30) });
        }),
        (TwoWorldsStory.Paused + 4, async w =>
        {
            await w.MakeAsync("privacy", $"decisions/{w.Kept["secret decision"]}/approve", new { comment = "As the zirconium note says." });
            await w.MakeAsync("privacy", $"tasks/{w.Kept[Task]}/complete", new { note = "Palladium found." });
        }),
    ];

    /// <summary>Privileged notes on an open incident.</summary>
    public static IReadOnlyList<(int After, Func<World, Task> Step)> Privileged { get; } =
    [
        (TwoWorldsStory.Paused + 1, async w =>
        {
            w.Kept[Note] = (await w.MakeAsync("counsel", "incidents/INC-3/privileged-notes",
                new { body = "Advice: the zirconium copy is discoverable." })).Text("id");
            await (await w.AsAsync("counsel")).SendAsync(HttpMethod.Put, $"/api/v1/incidents/INC-3/privileged-notes/{w.Kept[Note]}",
                new { body = "Advice: the beryllium copy is discoverable." });
        }),
        // The same words as in what privacy redacts.
        (TwoWorldsStory.Open.Count + 1, async w =>
        {
            foreach (var body in (string[])[TwoWorldsStory.RedactedTask, $"Advice: {TwoWorldsStory.RedactedNote}"])
                await w.MakeAsync("counsel", "incidents/INC-3/privileged-notes", new { body });
            var revised = (await w.MakeAsync("counsel", "incidents/INC-3/privileged-notes",
                new { body = TwoWorldsStory.RedactedPart })).Text("id");
            await (await w.AsAsync("counsel")).SendAsync(HttpMethod.Put, $"/api/v1/incidents/INC-3/privileged-notes/{revised}",
                new { body = $"{TwoWorldsStory.RedactedPart} Twice." });
        }),
        (TwoWorldsStory.Paused + 3, async w =>
        {
            await w.MakeAsync("counsel", "incidents/INC-3/privileged-readers", new { account = "privacy" });
            await (await w.AsAsync("counsel")).SendAsync(HttpMethod.Delete, "/api/v1/incidents/INC-3/privileged-readers/privacy", new { });
        }),
    ];

    /// <summary>The codes and ids of the secret, which nobody can guess.</summary>
    public static IReadOnlyList<string> CodesOf(World world) =>
        [.. world.Kept.Where(k => k.Key.StartsWith("secret", StringComparison.Ordinal)).Select(k => k.Value)];
}

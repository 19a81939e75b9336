using System.Security.Cryptography;
using System.Text;
using IncidentHub.Tests.Catalog.Programs;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Confidentiality;

/// <summary>What happens in both worlds: programs, a collector, flags, an incident with its pause, decision and quarantined data.</summary>
internal static class TwoWorldsStory
{
    /// <summary>The open step after which the program MCI is paused because of INC-1.</summary>
    public const int Paused = 6;

    public static IReadOnlyList<Func<World, Task>> Open { get; } =
    [
        async w =>
        {
            foreach (var (code, owner) in ((string, string)[])[("MCI", "owner"), ("TWO", "owner"), ("OTHER", "owner-2")])
            {
                await w.MakeAsync(owner, "programs", ProgramApiTests.Program(code, owner));
                await w.MakeAsync(owner, $"programs/{code}/launch", new { });
                foreach (var text in (string[])["Only the research group reads it", "Encrypted at rest"])
                    await w.MakeAsync(owner, $"programs/{code}/safeguards", new { text, source = "Staff notice 12" });
            }
        },
        async w =>
        {
            foreach (var name in (string[])["transcriptions", "summaries"])
            {
                await w.MakeAsync("owner", "datasets", new
                {
                    name,
                    owner = "owner",
                    classification = "Confidential",
                    categories = new[] { "transcriptions" },
                    promisedAudience = new { scope = "NamedGroup", name = "research group" },
                    records = 1000,
                });
                await (await w.AsAsync("owner")).SendAsync(HttpMethod.Put, $"/api/v1/datasets/{name}/programs/MCI");
            }
            await (await w.AsAsync("owner")).SendAsync(HttpMethod.Put, "/api/v1/datasets/summaries/upstream/transcriptions");
        },
        async w =>
        {
            foreach (var scope in (string[])["enrol", "gate"])
            {
                var key = await w.MakeAsync("owner", "keys", new { name = scope, scopes = new[] { scope }, programs = new[] { "MCI" } });
                w.Machine(scope, key.Text("key"));
                w.Kept[scope] = key.Text("key");
            }
            await w.Collector.RegisterAsync(w.Kept["enrol"]);
            w.Kept["permit"] = (await w.Collector.AskAsync()).Token!;
        },
        async w =>
        {
            await w.MakeAsync("employee", "flags", new { text = "Transcriptions of other people are readable.", about = "MCI" });
            await w.MakeAsync("owner-2", "flags", new { text = "A list of names is on the wiki.", anonymous = true });
            await w.MakeAsync("responder", "flags/F-1/acknowledge", new { });
        },
        w => w.MakeAsync("responder", "incidents",
            new { title = "A grant is too wide", summary = "To be looked at.", sev = 4, programs = new[] { new { program = "TWO" } } }),
        w => w.MakeAsync("responder", "incidents",
            new { title = "The same grant", sev = 4, programs = new[] { new { program = "OTHER" } } }),
        w => w.MakeAsync("responder", "incidents", new
        {
            title = "Transcriptions readable by the whole company",
            summary = "Found by an employee.",
            sev = 2,
            programs = new[] { new { program = "MCI", brokenSafeguards = new[] { 2 } } },
            exposures = new[] { new { dataset = "transcriptions" } },
        }),
        async w =>
        {
            await w.MakeAsync("responder", "incidents/INC-3/updates", new { condition = "The grant is being removed." });
            await w.MakeAsync("responder", "tasks", new { what = "Remove the grant", kind = "Fix", incident = "INC-3", owner = "owner" });
            await w.MakeAsync("responder", "tasks", new { what = "Tell the owner", program = "MCI", owner = "responder-2" });
            await w.MakeAsync("responder", "incidents/INC-3/obligations", new { regime = "SEC-8K" });
            await w.MakeAsync("responder", "obligations/O-1/trigger", new { at = w.Now, note = "Determined." });
            await w.MakeAsync("responder", "incidents/INC-3/statements",
                new { audience = "Employees", title = "A grant was too wide", body = "It is being removed." });
            await w.MakeAsync("privacy", "statements/S-1/publish", new { });
            await w.MakeAsync("employee", "notices/INC-3/questions", new { text = "Since when?" });
            await w.MakeAsync("responder", "incidents/INC-3/evidence", Evidence(w, "grants.csv"));
            await w.MakeAsync("responder", "incidents/INC-2/merge", new { into = "INC-1", reason = "The same grant." });
            await w.MakeAsync("responder", "flags/F-1/merge", new { incident = "INC-3" });
        },
        async w =>
        {
            // Collected before the pause, uploaded after it.
            var (_, held) = await (await w.AsAsync("gate")).PostAsync("/api/v1/gate/batches:check", Batch(w.Kept["permit"], 0));
            var batch = held.GetProperty("batchId").GetGuid();
            // The entries of one transaction are ticks apart: of two at the same moment the order would depend on how many there are.
            w.Hub.Clock.Advance(TimeSpan.FromSeconds(1));
            await w.MakeAsync("owner", "programs/MCI/quarantined-batches/dispose",
                new { disposition = "Seal", reason = "Until it is clear.", ids = new[] { batch } });
        },
        async w =>
        {
            await w.MakeAsync("owner", "tasks/T-1/complete", new { note = "Removed." });
            await w.MakeAsync("responder-2", "tasks/T-1/check", new { holds = true, note = "Probed." });
            await w.MakeAsync("responder", "incidents/INC-3/contain", new { note = "Closed." });
        },
        async w =>
        {
            var code = w.Kept["D"] = await DecisionOfAsync(w, "MCI", "INC-3");
            foreach (var criterion in (await w.ReadAsync("privacy", $"decisions/{code}")).GetProperty("criteria").EnumerateArray())
            {
                // Waived: the safeguard is still broken.
                await w.MakeAsync("responder-2", $"decisions/{code}/criteria/{criterion.Text("kind")}/waive",
                    new { reason = "Looked at." });
            }
        },
        w => w.MakeAsync("responder", $"decisions/{w.Kept["D"]}/propose", new
        {
            outcome = "ResumeWithConditions",
            rationale = "The grant is gone.",
            conditions = new[] { new { what = "Read the grants again", owner = "responder-2", dueAt = w.Now.AddDays(7) } },
        }),
        async w =>
        {
            await w.MakeAsync("privacy", $"decisions/{w.Kept["D"]}/opinions/request", new { role = "WorksCouncil" });
            await w.MakeAsync("privacy", $"decisions/{w.Kept["D"]}/opinions/requests/1/withdraw", new { });
            await w.MakeAsync("data-protection", $"decisions/{w.Kept["D"]}/opinions",
                Opinion(w, "DataProtectionOfficer", "NoObjection", "Seen."));
            await w.MakeAsync("owner", $"decisions/{w.Kept["D"]}/approve", new { });
        },
        w => w.MakeAsync("privacy", $"decisions/{w.Kept["D"]}/approve", new { }),
        w => w.MakeAsync("responder", "tasks", new { what = "Write it up", incident = "INC-3", owner = "responder" }),
        w => w.MakeAsync("responder", "incidents", new { title = "A question", sev = 5, programs = new[] { new { program = "OTHER" } } }),
    ];

    /// <summary>Privacy redacts what others wrote; in the second world counsel's privileged notes have the same words.</summary>
    public static IReadOnlyList<Func<World, Task>> Redactions { get; } =
    [
        w => w.MakeAsync("responder", "tasks", new { what = RedactedTask, incident = "INC-3", owner = "owner" }),
        async w =>
        {
            w.Kept["note"] = (await w.MakeAsync("responder", "incidents/INC-3/notes", new { body = RedactedNote })).Text("id");
            await w.MakeAsync("responder", "incidents/INC-3/notes", new { body = RedactedPart });
        },
        async w =>
        {
            var task = (await w.ReadAsync("privacy", "tasks?incident=INC-3&limit=100")).GetProperty("items").EnumerateArray()
                .Single(t => t.Text("what") == RedactedTask).Text("code");
            var (first, second) = (await w.MakeAsync("privacy", $"tasks/{task}/redact", new { reason = "A name." }),
                await w.MakeAsync("privacy", $"incidents/INC-3/timeline/{w.Kept["note"]}/redact", new { reason = "A name." }));
            var texts = (await w.ReadAsync("privacy", "incidents/INC-3/texts?q=mirrored")).GetProperty("texts").EnumerateArray()
                .Select(t => t.GetProperty("id").GetGuid()).ToList();
            var third = await w.MakeAsync("privacy", "incidents/INC-3/redact", new { reason = "A name.", texts });
            w.Kept["redacted"] = $"{texts.Count}\n{first}\n{second}\n{third}";
        },
    ];

    public const string RedactedTask = "Ask the person whose list was copied to a stick.", RedactedNote = "The list was mirrored by night.",
        RedactedPart = "The stick was mirrored again by day.";

    public static FormBody Opinion(World w, string role, string position, string text) => new("opinion.pdf", [1, 2],
        ("role", role), ("position", position), ("text", text), ("givenAt", w.Now.ToString("O")));

    /// <summary>The open decision about the program whose pause belongs to that incident.</summary>
    public static async Task<string> DecisionOfAsync(World world, string program, string incident)
    {
        var open = await world.ReadAsync("privacy", $"decisions?program={program}&shelf=open");
        foreach (var line in open.GetProperty("items").EnumerateArray())
        {
            var decision = await world.ReadAsync("privacy", $"decisions/{line.Text("code")}");
            if (decision.GetProperty("pauses").EnumerateArray().Any(p => p.GetProperty("incident").GetString() == incident))
                return line.Text("code");
        }
        throw new InvalidOperationException($"No open decision of {program} is about {incident}.");
    }

    public static FormBody Evidence(World w, string file) =>
        new(file, Encoding.UTF8.GetBytes($"content of {file}"), ("takenFrom", "The grants"), ("takenAt", w.Now.ToString("O")));

    private static object Batch(string permit, int first) => new
    {
        program = "MCI",
        permits = new[] { new { permit, startOffsetMs = 500, endOffsetMs = 5_000 } },
        categories = new[] { "keystrokes" },
        firstSequence = first,
        lastSequence = first + 9,
        digest = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(first))),
        items = 10,
    };
}

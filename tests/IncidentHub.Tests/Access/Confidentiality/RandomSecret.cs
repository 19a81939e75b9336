using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Confidentiality;

/// <summary>A restricted incident that is declared at some time, and to which anything happens; the same for the same seed.</summary>
internal static class RandomSecret
{
    private const string Incident = "secret incident";

    public static IReadOnlyList<(int After, Func<World, Task> Step)> Steps(int seed)
    {
        var random = new Random(seed);
        // After the programs, datasets and collectors, and not last.
        var at = random.Next(3, TwoWorldsStory.Open.Count - 2);
        var steps = new List<(int, Func<World, Task>)> { (at, Declare(random)) };
        var acts = random.Next(4, 16);
        for (var n = 0; n < acts; n++) steps.Add((at = random.Next(at, TwoWorldsStory.Open.Count), Act(random)));
        return steps;
    }

    private static Func<World, Task> Declare(Random random)
    {
        var programs = Subset(random, "MCI", "TWO", "OTHER").Select(program => new
        {
            program,
            kind = Pick(random, "Source", "Suspected", "Downstream"),
            brokenSafeguards = program == "MCI" && random.Next(2) == 0 ? new[] { 1 } : null,
        }).ToList();
        var body = new
        {
            title = $"The {Word(random)} ledger",
            summary = $"A {Word(random)} copy.",
            sev = random.Next(6),
            confidentiality = "Restricted",
            programs,
            exposures = Subset(random, "transcriptions", "summaries").Select(dataset => new { dataset }),
        };
        return async w =>
        {
            w.Log.Add(System.Text.Json.JsonSerializer.Serialize(body));
            w.Kept[Incident] = (await w.MakeAsync(Pick(new Random(random.Next()), "responder", "privacy"), "incidents", body)).Text("code");
        };
    }

    private static Func<World, Task> Act(Random random)
    {
        var (by, word, number) = (Pick(random, "responder", "privacy", "counsel"), Word(random), random.Next(1000));
        return random.Next(14) switch
        {
            0 => OnIncident(by, "updates", new { condition = $"The {word} copy.", needs = word }),
            1 => OnIncident(by, "sev", new { sev = random.Next(6), reason = $"The {word} copy." }),
            2 => OnIncident(by, "contain", new { note = $"{word} wiped." }),
            3 => OnIncident(by, "reopen", new { reason = $"{word} is back." }),
            4 => OnIncident(by, "resolve", new { note = word }),
            5 => OnIncident(by, "legal-holds", new { reason = $"Matter {word}." }),
            6 => OnIncident(by, "assessment", new { identifiability = "Limited", reason = word }),
            7 => OnIncident(by, "exposures", new { dataset = Pick(random, "transcriptions", "summaries"), note = word }),
            8 => OnIncident(by, "programs", new { program = Pick(random, "MCI", "TWO", "OTHER"), kind = "Source", note = word }),
            9 => OnIncident(by, "roles", new { role = Pick(random, "Named", "Scribe"), account = Pick(random, "counsel", "owner-2") }),
            10 => async w =>
            {
                var made = await w.TryAsync(by, HttpMethod.Post, "tasks",
                    new { what = $"Find the {word}", incident = w.Kept[Incident], owner = Pick(new Random(number), "privacy", "counsel") });
                if (made is { } task) w.Kept[$"secret task {w.Kept.Count}"] = task.Text("code");
            }
            ,
            11 => w => w.TryAsync(by, HttpMethod.Post, $"programs/{(number % 2 == 0 ? "MCI" : "TWO")}/pauses",
                new { reason = $"Because of {word}.", incidentCode = w.Kept[Incident] }),
            12 => w => w.TryAsync("counsel", HttpMethod.Post,
                $"incidents/{(number % 2 == 0 ? w.Kept[Incident] : "INC-3")}/privileged-notes", new { body = $"Advice on {word}." }),
            _ => w => DecideAsync(w, by, word, number),
        };
    }

    private static async Task DecideAsync(World w, string by, string word, int number)
    {
        var decisions = (await w.ReadAsync("privacy", "decisions?shelf=open")).GetProperty("items").EnumerateArray()
            .Where(d => d.GetProperty("incident").GetString() == w.Kept[Incident]).Select(d => d.Text("code")).ToList();
        if (decisions.Count == 0) return;
        var code = w.Kept[$"secret decision {w.Kept.Count}"] = decisions[number % decisions.Count];
        await w.TryAsync(by, HttpMethod.Post, $"decisions/{code}/criteria/RootCauseKnown/meet", new { evidence = $"The {word} grant." });
        await w.TryAsync(by, HttpMethod.Post, $"decisions/{code}/propose", number % 3 == 0
            ? new { outcome = "Terminate", rationale = $"Because of {word}.", until = (DateTimeOffset?)null }
            : new { outcome = "StayPausedUntil", rationale = $"Until {word} is found.", until = (DateTimeOffset?)w.Now.AddDays(30) });
        foreach (var approver in (string[])["privacy", "executive"])
            if (number % 2 == 0) await w.TryAsync(approver, HttpMethod.Post, $"decisions/{code}/approve", new { comment = word });
    }

    private static Func<World, Task> OnIncident(string by, string act, object body) =>
        w => w.TryAsync(by, HttpMethod.Post, $"incidents/{w.Kept[Incident]}/{act}", body);

    private static string Word(Random random) => Pick(random, Secret.Words[..5]);

    private static T Pick<T>(Random random, params T[] of) => of[random.Next(of.Length)];

    private static IEnumerable<string> Subset(Random random, params string[] of)
    {
        var some = of.Where(_ => random.Next(2) == 0).ToList();
        return some.Count == 0 ? [of[random.Next(of.Length)]] : some;
    }
}

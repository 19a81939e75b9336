using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests.BadDay;

/// <summary>
/// A hub with one incident that has the data of a bad day: 60 exposures, 40 tasks, 2,000 notes, 25 obligations, a lineage of 200, and a
/// decision with 20 opinions. It is made by the API: everything that people would do is done.
/// </summary>
public sealed class BadDayHub : IAsyncLifetime
{
    public const int Exposures = 60, Tasks = 40, Notes = 2_000, Obligations = 25, Lineage = 200, Opinions = 20;
    private const string Root = "private-conversations", Program = "TRAINING";

    public Chromium Chromium { get; } = new();

    public HubProcess Hub { get; private set; } = null!;

    /// <summary>The code of the incident.</summary>
    public string Code { get; private set; } = "";

    /// <summary>The code of the decision about the program that the incident paused.</summary>
    public string Decision { get; private set; } = "";

    public Task<Visitor> AsAsync(string account, int width = 1440, bool dark = false) =>
        Visitor.VisitAsync(Chromium, Hub.Url, account, width, dark);

    public async ValueTask InitializeAsync()
    {
        Hub = await HubProcess.StartAsync();
        await Chromium.InitializeAsync();
        using var responder = await CallAsync("responder");
        using var administrator = await CallAsync("administrator");
        await MakeDatasetsAsync(responder);
        await MakeProgramAsync();
        Code = (await responder.MakeAsync("/api/v1/incidents", new
        {
            title = "Conversations, performance data and transcriptions readable by the whole company",
            sev = 2,
            summary = "Found in the weekly review of grants. Every table of the training lake was granted to a company-wide group.",
            exposures = Enumerable.Range(0, Exposures).Select(n => new { dataset = n == 0 ? Root : $"exposed-{n:00}" }).ToArray(),
            programs = new[] { new { program = Program } },
        })).Text("code");
        await MakeDecisionAsync();
        await MakeObligationsAsync(administrator, responder);
        for (var n = 0; n < Tasks; n++)
        {
            await responder.MakeAsync("/api/v1/tasks", new
            {
                what = $"Remove the company-wide grant from table {n:00} of the training lake and read who used it",
                incident = Code,
                owner = n % 3 == 0 ? "responder-2" : "responder",
                dueAt = TimeProvider.System.GetUtcNow().AddHours(n + 1),
            });
        }
        await Parallel.ForEachAsync(Enumerable.Range(0, Notes), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (n, ct) =>
            await responder.MakeAsync($"/api/v1/incidents/{Code}/{(n % 50 == 0 ? "updates" : "notes")}", n % 50 == 0
                ? new { condition = $"Table {n / 50} is closed.", actions = "The next one is being read.", needs = "" }
                : new { body = $"Note {n}: read the grants of table {n % 97}, {n % 13} of them were too wide; told its owner." }));
    }

    private static async Task MakeDatasetsAsync(HttpClient responder)
    {
        var exposed = "name;owner;promisedAudience;promisedGroup;actualAudience;classification;categories;records;subjects;regions\n"
            + string.Concat(Enumerable.Range(0, Exposures).Select(n =>
                $"{(n == 0 ? Root : $"exposed-{n:00}")};owner;NamedGroup;research group;WholeCompany;Restricted;transcriptions;"
                    + $"{(n + 1) * 1_000};{(n + 1) * 100};US\n"));
        await responder.MakeAsync("/api/v1/datasets/import", new { csv = exposed });
        await responder.MakeAsync("/api/v1/datasets/import", new { csv = LineageTable.Csv(Root, Lineage) });
    }

    private async Task MakeProgramAsync()
    {
        using var owner = await CallAsync("owner");
        await owner.MakeAsync("/api/v1/programs", new
        {
            code = Program,
            name = "Conversations and performance data for the training of assistants",
            purpose = "Teach models how work is done.",
            owner = "owner",
            unit = "Research",
            regions = new[] { "US" },
            categories = new[] { "transcriptions", "keystrokes" },
            lawfulBasis = "Legitimate interest",
        });
        await owner.MakeAsync($"/api/v1/programs/{Program}/launch");
    }

    // The officer and the council give theirs again and again, each in place of the one before.
    private async Task MakeDecisionAsync()
    {
        using var privacy = await CallAsync("privacy");
        Decision = (await privacy.ReadAsync($"/api/v1/decisions?program={Program}")).GetProperty("items")[0].Text("code");
        for (var n = 0; n < Opinions; n++)
        {
            using var form = new MultipartFormDataContent();
            foreach (var (name, value) in new[]
            {
                ("role", n % 2 == 0 ? "DataProtectionOfficer" : "WorksCouncil"), ("givenAt", $"2026-01-{n + 1:00}T09:00:00Z"),
                ("position", n % 3 == 0 ? "NoObjectionWithConditions" : "Objection"),
                ("text", string.Concat(Enumerable.Repeat($"Reading {n}: the purpose is wider than what employees were told. ", 12))),
            }) form.Add(new StringContent(value), name);
            using var answer = await privacy.PostAsync($"/api/v1/decisions/{Decision}/opinions", form);
            answer.EnsureSuccessStatusCode();
        }
        foreach (var role in new[] { "DataProtectionOfficer", "WorksCouncil" })
        {
            await privacy.MakeAsync($"/api/v1/decisions/{Decision}/opinions/request",
                new { role, dueAt = TimeProvider.System.GetUtcNow().AddDays(3) });
        }
    }

    private async Task MakeObligationsAsync(HttpClient administrator, HttpClient responder)
    {
        for (var n = 0; n < Obligations / 5; n++)
        {
            await administrator.SendAsync(HttpMethod.Put, $"/api/v1/regimes/PARTNER-{n}", new
            {
                name = $"Contract with partner {n}",
                effectiveFrom = "2020-01-01",
                source = "Master agreement",
                checkedOn = "2026-01-02",
                reason = "Signed.",
                duties = Enumerable.Range(0, 5).Select(d => new
                {
                    key = $"duty-{d}",
                    name = $"Notify contact {d} of the partner",
                    trigger = "Contract",
                    due = $"{24 * (d + 1)} h",
                    says = "What happened, whose data it is, what is done.",
                }).ToArray(),
            });
            await responder.MakeAsync($"/api/v1/incidents/{Code}/obligations", new { regime = $"PARTNER-{n}" });
        }
    }

    private async Task<HttpClient> CallAsync(string account)
    {
        var client = new HttpClient { BaseAddress = new Uri(Hub.Url) };
        await client.MakeAsync("/api/v1/session", new { account });
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await Chromium.DisposeAsync();
        await Hub.DisposeAsync();
    }
}

using System.Net.Http.Json;

namespace IncidentHub.Benchmarks.Support;

/// <summary>The data of a benchmark's new hub: a live program that feeds two datasets.</summary>
internal static class Setup
{
    public static string NewFolder(string name) => Directory.CreateTempSubdirectory($"incidenthub-bench-{name}-").FullName;

    public static async Task CatalogueAsync(HubUnderTest hub)
    {
        var (owner, _) = await hub.AsAsync("owner");
        using (owner)
        {
            foreach (var name in new[] { "conversations", "transcriptions" })
            {
                await PostAsync(
                    owner, "/api/v1/datasets", new
                    {
                        name,
                        owner = "owner",
                        categories = new[] { "keystrokes" },
                        promisedAudience = new { scope = "NamedGroup", name = "research group" },
                        records = 1_000_000
                    });
            }
            await PostAsync(owner, "/api/v1/programs", new
            {
                code = "BENCH",
                name = "Measured program",
                purpose = "To be measured.",
                owner = "owner",
                unit = "Research",
                regions = new[] { "US" },
                participation = "Mandatory",
                categories = new[] { "keystrokes", "clicks" },
                lawfulBasis = "Consent",
                notice = "Notice 1",
                impactAssessment = "DPIA-1",
                launchDate = "2026-04-20",
            });
            await PostAsync(owner, "/api/v1/programs/BENCH/launch", new { });
        }
    }

    /// <summary>
    /// An incident with three links: a program and two datasets. SEV 5 requires no pause, so that all incidents are alike.
    /// </summary>
    public static object Declaration(int n) => new
    {
        title = $"Measured incident {n}: transcripts readable by too many",
        sev = 5,
        summary = "Found while looking at the grants of the training workspace.",
        programs = new[] { new { program = "BENCH" } },
        exposures = new[] { new { dataset = "conversations" }, new { dataset = "transcriptions" } },
    };

    public static async Task PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}

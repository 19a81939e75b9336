using System.Net;
using IncidentHub.Tests.Response.Incidents;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.Statements;

public class SimilarNoticeTests
{
    private const string Path = "/api/v1/notices/similar";

    [Fact]
    public async Task What_somebody_is_about_to_flag_is_compared_with_what_was_published_for_employees_and_nothing_else()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var code = await scene.DeclareAsync(title: "Secret kitchen recipes readable");
        var (employee, privacy) = (await scene.Hub.AsAsync("employee"), await scene.Hub.AsAsync("privacy"));
        await scene.ActAsync(code, "statements",
            new { audience = "Employees", title = "Payroll documents were readable", body = "The shared folder is closed." });
        await scene.ActAsync(code, "statements",
            new { audience = "External", title = "Customer invoices were readable", body = "We write to customers." });
        Assert.Empty(await FoundAsync(employee, "payroll documents in a folder"));

        foreach (var statement in (string[])["S-1", "S-2"])
            await privacy.MakeAsync($"/api/v1/statements/{statement}/publish", new { });
        var found = Assert.Single(await FoundAsync(employee, "I can open PAYROLL documents"));
        Assert.Equal($"{code} Payroll documents were readable", found);
        Assert.Empty(await FoundAsync(employee, "customer invoices are readable"));
        Assert.Empty(await FoundAsync(employee, "secret kitchen recipes"));
        // A draft of another version is not published.
        await scene.Responder.SendAsync(HttpMethod.Put, "/api/v1/statements/S-1", new { title = "Bonus letters", body = "Bonus letters." });
        Assert.Empty(await FoundAsync(employee, "bonus letters"));

        await privacy.MakeAsync($"/api/v1/incidents/{code}/confidentiality", new { confidentiality = "Restricted", reason = "Names." });
        Assert.Empty(await FoundAsync(employee, "payroll documents in a folder"));
        Assert.Empty(await FoundAsync(privacy, "payroll documents in a folder"));
    }

    [Fact]
    public async Task Nobody_asks_without_a_sign_in()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var nobody = await scene.Hub.AsAsync(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.PostAsync(Path, new { text = "payroll documents" })).Status);
    }

    private static async Task<IEnumerable<string>> FoundAsync(HttpClient client, string text) =>
        (await client.MakeAsync(Path, new { text })).GetProperty("items").EnumerateArray()
            .Select(i => $"{i.Text("code")} {i.Text("title")}");
}

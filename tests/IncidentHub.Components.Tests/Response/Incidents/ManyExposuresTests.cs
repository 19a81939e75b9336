using IncidentHub.Tests.Support;

namespace IncidentHub.Components.Tests.Response.Incidents;

/// <summary>An incident with many exposures shows the first ones, and all of them when asked.</summary>
public sealed class ManyExposuresTests : IncidentComponentTest
{
    [Fact]
    public async Task The_first_eight_are_shown_until_all_are_asked_for()
    {
        await PrepareAsync();
        var code = await DeclareAsync();
        for (var n = 1; n < 10; n++)
        {
            await Responder.MakeAsync("/api/v1/datasets", new
            {
                name = $"copy-{(char)('a' + n)}",
                owner = "owner",
                classification = "Confidential",
                categories = new[] { "transcriptions" },
                encryptionAtRest = "No",
                promisedAudience = new { scope = "NamedGroup", name = "research group" },
                actualAudience = new { scope = "WholeCompany" },
            });
            await Responder.MakeAsync($"/api/v1/incidents/{code}/exposures", new { dataset = $"copy-{(char)('a' + n)}" });
        }
        var page = OpenPage("responder", code);
        Assert.Equal(8, Shown());
        Press(page, "Show all 10");
        page.WaitForAssertion(() => Assert.Equal(10, Shown()), Patience);
        Press(page, "Show the first 8");
        page.WaitForAssertion(() => Assert.Equal(8, Shown()), Patience);

        int Shown() => page.FindAll("button[aria-label^='Edit exposure of']").Count;
    }
}

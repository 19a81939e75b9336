using System.Net;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.Incidents.People;

/// <summary>On a restricted incident, what gives it other readers is for its commander, privacy and counsel.</summary>
public class RestrictedRolesTests
{
    private static async Task<(IncidentScene Scene, string Incident, HttpClient Named)> RestrictedAsync()
    {
        var scene = await IncidentScene.CreateAsync();
        var incident = await scene.DeclareAsync();
        await scene.ActAsync(incident, "confidentiality", new { confidentiality = "Restricted", reason = "People are named." });
        await scene.ActAsync(incident, "roles", new { role = "Named", account = "responder-2" });
        return (scene, incident, await scene.Hub.AsAsync("responder-2"));
    }

    [Theory]
    [InlineData("Scribe", "owner")]
    [InlineData("Communications", "executive")]
    [InlineData("Commander", "responder-2")]
    [InlineData("Named", "owner")]
    public async Task A_person_who_is_merely_named_gives_nobody_a_role(string role, string account)
    {
        var (scene, incident, named) = await RestrictedAsync();
        await using var _ = scene;
        Assert.Equal(HttpStatusCode.Forbidden,
            (await named.PostAsync($"/api/v1/incidents/{incident}/roles", new { role, account })).Status);
        Assert.Equal(HttpStatusCode.OK,
            (await named.PostAsync($"/api/v1/incidents/{incident}/contain", new { note = "Grant revoked." })).Status);
        await scene.ActAsync(incident, "roles", new { role, account });
    }

    [Fact]
    public async Task A_person_who_is_merely_named_takes_nobody_a_role_and_does_not_open_it()
    {
        var (scene, incident, named) = await RestrictedAsync();
        await using var _ = scene;
        await scene.ActAsync(incident, "roles", new { role = "Scribe", account = "privacy" });
        Assert.Equal(HttpStatusCode.Forbidden,
            (await named.SendAsync(HttpMethod.Delete, $"/api/v1/incidents/{incident}/roles/Scribe/privacy")).Status);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await named.PostAsync($"/api/v1/incidents/{incident}/confidentiality",
                new { confidentiality = "Open", reason = "Why not." })).Status);
    }

    [Fact]
    public async Task A_person_who_is_merely_named_does_not_merge_it_into_an_incident_with_other_readers()
    {
        var (scene, incident, named) = await RestrictedAsync();
        await using var _ = scene;
        var other = (await named.MakeAsync("/api/v1/incidents",
            new { title = "Mine", sev = 4, confidentiality = "Restricted", programs = new[] { new { program = "TYP" } } })).Text("code");
        var merge = new { into = other, reason = "The same." };
        Assert.Equal(HttpStatusCode.Forbidden, (await named.PostAsync($"/api/v1/incidents/{incident}/merge", merge)).Status);
        await named.MakeAsync($"/api/v1/incidents/{other}/roles", new { role = "Named", account = "responder" });
        await scene.ActAsync(incident, "merge", merge);
    }

    [Fact]
    public async Task On_an_open_incident_every_responder_gives_roles()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var incident = await scene.DeclareAsync();
        var second = await scene.Hub.AsAsync("responder-2");
        await second.MakeAsync($"/api/v1/incidents/{incident}/roles", new { role = "Scribe", account = "responder-2" });
    }
}

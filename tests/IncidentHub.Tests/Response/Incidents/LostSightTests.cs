using System.Net;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>Changes after which their author may no longer see what they changed: they are accepted, and the answer says so.</summary>
public class LostSightTests
{
    private static async Task<(IncidentScene Scene, string Incident)> RestrictedAsync()
    {
        var scene = await IncidentScene.CreateAsync();
        var incident = await scene.DeclareAsync();
        await scene.ActAsync(incident, "confidentiality", new { confidentiality = "Restricted", reason = "People are named." });
        return (scene, incident);
    }

    [Fact]
    public async Task A_task_of_a_restricted_incident_is_handed_on_by_its_owner()
    {
        var (scene, incident) = await RestrictedAsync();
        await using var _ = scene;
        var task = (await scene.Responder.MakeAsync("/api/v1/tasks",
            new { what = "Find the readers", incident, owner = "responder-2" })).Text("code");
        var second = await scene.Hub.AsAsync("responder-2");
        Assert.Equal(HttpStatusCode.NotFound, (await second.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{incident}")).Status);

        var handed = await second.SendAsync(HttpMethod.Put, $"/api/v1/tasks/{task}", new { what = "Find the readers", owner = "privacy" });

        Assert.Equal((HttpStatusCode.OK, "Privacy"), (handed.Status, handed.Body.Text("owner")));
        Assert.Equal(HttpStatusCode.NotFound, (await second.SendAsync(HttpMethod.Get, $"/api/v1/tasks/{task}")).Status);
    }

    [Fact]
    public async Task The_commander_of_a_restricted_incident_hands_over_or_leaves()
    {
        foreach (var leave in new[] { true, false })
        {
            var (scene, incident) = await RestrictedAsync();
            await using var _ = scene;
            var left = leave
                ? await scene.Responder.SendAsync(HttpMethod.Delete, $"/api/v1/incidents/{incident}/roles/Commander/responder")
                : await scene.Responder.PostAsync($"/api/v1/incidents/{incident}/roles",
                    new { role = "Commander", account = "responder-2" });

            Assert.True(left.Status == HttpStatusCode.OK, $"{left.Status} {left.Body}");
            Assert.Equal(HttpStatusCode.NotFound,
                (await scene.Responder.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{incident}")).Status);
        }
    }
}

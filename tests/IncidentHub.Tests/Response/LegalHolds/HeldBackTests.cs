using System.Net;
using System.Text.Json;
using IncidentHub.Switch.Gate;
using IncidentHub.Switch.Pauses;
using IncidentHub.Domain;
using IncidentHub.Tests.Decisions;
using IncidentHub.Tests.Switch.Gate;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Response.LegalHolds;

/// <summary>What a hold protects from destruction, and the refusals that it causes.</summary>
public sealed class HeldBackTests
{
    [Fact]
    public async Task During_a_legal_hold_a_purge_is_refused_and_other_dispositions_are_allowed()
    {
        await using var scene = await HoldScene.StartAsync();
        var (first, second, third) = (await scene.LateAsync(), await scene.LateAsync(), await scene.LateAsync());
        var hold = await scene.PlacedAsync();
        foreach (var account in new[] { "owner", "deputy", "privacy" })
        {
            Assert.Contains(scene.Incident, HoldScene.AssertHeldBack(
                await scene.Gate.DisposeAsync(
                    account, new { disposition = "Purge", reason = "All of it.", ids = new[] { first, second } })));
            Assert.Contains("Nothing was purged", HoldScene.AssertHeldBack(
                await scene.Gate.DisposeAsync(account, new { disposition = "Purge", reason = "All of it.", @class = "A" })));
        }
        Assert.Equal(3, (await scene.Gate.QuarantineAsync()).GetProperty("undecided").GetProperty("A").GetInt32());
        Assert.Empty((await scene.Gate.DispositionsAsync()).GetProperty("items").EnumerateArray());
        Assert.Equal(0, await scene.Gate.AuditedAsync("quarantined-data.purged"));

        Assert.Equal(HttpStatusCode.OK, (await scene.DisposeOfAsync("Admit", first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await scene.DisposeOfAsync("Seal", second)).Status);
        HoldScene.AssertHeldBack(await scene.DisposeOfAsync("Purge", second));
        Assert.Equal(HttpStatusCode.NoContent, (await scene.ReleaseAsync(hold)).Status);
        Assert.Equal(HttpStatusCode.OK, (await scene.DisposeOfAsync("Purge", second)).Status);
        Assert.Equal(HttpStatusCode.OK, (await scene.DisposeOfAsync("Purge", third)).Status);
    }

    [Fact]
    public async Task A_disposition_is_on_the_incidents_timeline_and_its_reason_only_with_the_batches()
    {
        await using var scene = await HoldScene.StartAsync(restricted: true);
        for (var i = 0; i < DisposeQuarantinedHandler.MaxIds; i++) await scene.LateAsync();
        var (status, body) = await scene.Gate.DisposeAsync("owner",
            new { disposition = "Seal", reason = "Counsel asked for it.", @class = "A" });
        Assert.True(status == HttpStatusCode.OK && body.GetProperty("batches").GetInt32() == DisposeQuarantinedHandler.MaxIds, $"{status} {body}");
        Assert.Null(Assert.Single(await scene.Gate.StoryAsync("quarantine-decided")).Body);
        Assert.Null(Assert.Single(await scene.Gate.StoryAsync("quarantine-decided", "privacy")).Body);
        var told =
            (await (await scene.AsAsync("privacy")).ReadAsync($"/api/v1/incidents/{scene.Incident}/timeline?kind=quarantine-decided"))
            .GetProperty("items");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, Assert.Single(told.EnumerateArray()).GetProperty("body").ValueKind);
        Assert.Equal("Counsel asked for it.",
            (await scene.Gate.QuarantineAsync("privacy", undecided: false)).GetProperty("items")[0].Text("reason"));
    }

    [Fact]
    public async Task Any_one_of_several_holds_prevents_a_purge()
    {
        await using var scene = await HoldScene.StartAsync();
        var batch = await scene.LateAsync();
        var (first, second) = (await scene.PlacedAsync(), await scene.PlacedAsync("privacy"));
        Assert.Equal(HttpStatusCode.NoContent, (await scene.ReleaseAsync(first)).Status);
        HoldScene.AssertHeldBack(await scene.DisposeOfAsync("Purge", batch));
        Assert.Equal(HttpStatusCode.NoContent, (await scene.ReleaseAsync(second)).Status);
        Assert.Equal(HttpStatusCode.OK, (await scene.DisposeOfAsync("Purge", batch)).Status);
    }

    [Fact]
    public async Task A_refusal_because_of_a_hold_does_not_name_an_incident_that_the_actor_may_not_see()
    {
        await using var scene = await HoldScene.StartAsync(restricted: true);
        var batch = await scene.LateAsync();
        await scene.PlacedAsync();
        Assert.Contains(scene.Incident, HoldScene.AssertHeldBack(await scene.DisposeOfAsync("Purge", batch, "privacy")));
        var refused = await scene.DisposeOfAsync("Purge", batch);
        Assert.StartsWith("Data of this program is under legal hold. Nothing was purged", HoldScene.AssertHeldBack(refused));
        var seen = await scene.Gate.QuarantineAsync();
        Assert.Empty(seen.GetProperty("legalHold").GetProperty("incidents").EnumerateArray());
        foreach (var text in new[] { refused.Body.ToString(), seen.ToString() })
        {
            Assert.DoesNotContain(scene.Incident, text);
            Assert.DoesNotContain("Matter", text);
            Assert.DoesNotContain("Counsel", text);
        }
        Assert.Equal(scene.Incident, Assert.Single((await scene.Gate.QuarantineAsync("privacy")).GetProperty("legalHold")
            .GetProperty("incidents").EnumerateArray()).GetString());
        // If the actor may see one of the incidents, the others are still not named.
        var open = await scene.DeclareAsync(false, "MCI");
        await scene.PlacedAsync(incident: open);
        Assert.Equal(open, Assert.Single((await scene.Gate.QuarantineAsync()).GetProperty("legalHold").GetProperty("incidents")
            .EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_hold_stays_active_after_the_link_is_withdrawn_and_the_incident_is_closed()
    {
        await using var scene = await HoldScene.StartAsync();
        var batch = await scene.LateAsync();
        await scene.PlacedAsync();
        var responder = await scene.AsAsync("responder");
        await responder.MakeAsync($"/api/v1/incidents/{scene.Incident}/programs/MCI/withdraw", new { reason = "Not this one." });
        HoldScene.AssertHeldBack(await scene.DisposeOfAsync("Purge", batch));
        foreach (var step in new[] { "contain", "resolve", "close" })
            await responder.MakeAsync($"/api/v1/incidents/{scene.Incident}/{step}", new { note = "Done." });
        HoldScene.AssertHeldBack(await scene.DisposeOfAsync("Purge", batch));
    }

    [Fact]
    public async Task Programs_without_a_link_to_the_incident_are_not_held()
    {
        await using var scene = await HoldScene.StartAsync();
        var batch = await scene.LateAsync();
        await scene.Gate.World.AddProgramAsync("OTHER");
        await scene.PlacedAsync(incident: await scene.DeclareAsync(false, "OTHER"));
        Assert.Equal(JsonValueKind.Null, (await scene.Gate.QuarantineAsync()).GetProperty("legalHold").ValueKind);
        Assert.Equal(HttpStatusCode.OK, (await scene.DisposeOfAsync("Purge", batch)).Status);
    }

    [Fact]
    public async Task Rows_of_stop_reports_do_not_expire_during_a_legal_hold()
    {
        await using var scene = await GateScene.StartAsync();
        var world = scene.World;
        await scene.PermitAsync();
        var drill = (await world.PauseAsync(drillSeconds: 60)).GetProperty("pause").GetProperty("id").GetGuid();
        scene.At(100);
        await world.TickAsync();
        var (incident, hold) = await HeldAsync(scene);
        await ExpireAsync(200);
        Assert.Equal(JsonValueKind.Null, await RowsExpiredAtAsync());
        await ReleaseAsync(scene, incident, hold);
        await ExpireAsync(1);
        Assert.Equal(JsonValueKind.String, await RowsExpiredAtAsync());

        Task ExpireAsync(int days)
        {
            world.Hub.Clock.Advance(TimeSpan.FromDays(days));
            return world.Hub.Services.GetRequiredService<StopRowsExpiry>().RunAsync(default);
        }

        async Task<JsonValueKind> RowsExpiredAtAsync() => (await (await world.Hub.AsAsync("owner")).ReadAsync($"/api/v1/pauses/{drill}"))
            .GetProperty("rowsExpiredAt").ValueKind;
    }

    [Fact]
    public async Task Rows_of_admitted_batches_are_kept_during_a_legal_hold()
    {
        await using var scene = await GateScene.StartAsync();
        var permit = await scene.PermitAsync();
        scene.At(20);
        var batch = scene.Batch(permit, 500, 5_000);
        var admitted = await scene.AdmittedAsync(batch);
        var (incident, hold) = await HeldAsync(scene);
        scene.World.Hub.Clock.Advance(TimeSpan.FromDays(20));
        await scene.World.Hub.Services.GetRequiredService<GateRangeUpkeep>().RunAsync(default);
        Assert.Equal(admitted.GetRawText(), (await scene.AdmittedAsync(batch)).GetRawText());
        await ReleaseAsync(scene, incident, hold);
        await scene.World.Hub.Services.GetRequiredService<GateRangeUpkeep>().RunAsync(default);
        await scene.RefusedAsync(batch, "sequence_reused");
    }

    [Fact]
    public async Task No_dataset_is_marked_disposed_during_a_legal_hold()
    {
        await using var scene = await DecisionScene.PausedAsync(Sev.Critical);
        await scene.OkAsync(
            "owner", "/api/v1/datasets", new
            {
                name = "keystrokes-raw",
                owner = "owner",
                promisedAudience = new { scope = "NamedGroup", name = "research" }
            });
        await (await scene.ClientAsync("privacy")).SendAsync(HttpMethod.Put, "/api/v1/datasets/keystrokes-raw/programs/MCI");
        await scene.OkAsync("responder", "/api/v1/decisions/D-1/propose", new { outcome = "Terminate", rationale = "Not worth the risk." });
        await scene.OkAsync("owner", "/api/v1/decisions/D-1/approve", new { });
        await scene.OkAsync("executive", "/api/v1/decisions/D-1/approve", new { });
        var counsel = await scene.Hub.AsAsync("counsel");
        var hold = (await counsel.MakeAsync("/api/v1/incidents/INC-1/legal-holds", new { reason = "Keep." })).GetProperty("id").GetGuid();
        HoldScene.AssertHeldBack(await (await scene.ClientAsync("owner"))
            .PostAsync("/api/v1/tasks/T-1/complete", new { note = "Deleted." }));
        await counsel.MakeAsync($"/api/v1/incidents/INC-1/legal-holds/{hold}/release", new { reason = "Enough." });
        await scene.OkAsync("owner", "/api/v1/tasks/T-1/complete", new { note = "Needed by the authority.", kept = true });
    }

    private static async Task<(string Incident, Guid Hold)> HeldAsync(GateScene scene)
    {
        var incident = (await (await scene.World.Hub.AsAsync("privacy"))
            .MakeAsync(
            "/api/v1/incidents", new { title = "Later", sev = 4, programs = new[] { new { program = "MCI", kind = "Suspected" } } }))
            .Text("code");
        return (incident, (await (await scene.World.Hub.AsAsync("counsel"))
            .MakeAsync($"/api/v1/incidents/{incident}/legal-holds", new { reason = "Keep." })).GetProperty("id").GetGuid());
    }

    // Sessions expire within weeks, so a new sign-in is needed.
    private static async Task ReleaseAsync(GateScene scene, string incident, Guid hold) =>
        await (await scene.World.Hub.AsAsync("counsel")).MakeAsync(
            $"/api/v1/incidents/{incident}/legal-holds/{hold}/release", new { reason = "Enough." });
}

using System.Net;
using System.Text.Json;
using IncidentHub.Insight.Home;
using IncidentHub.Switch.Pauses;
using IncidentHub.Platform.Live;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Switch.Gate;

/// <summary>An alert about collection after a stop stays open until a person takes ownership or its batches are disposed of.</summary>
public sealed class ViolationAlertTests : IAsyncLifetime
{
    private static readonly string[] Concerned = ["owner", "deputy", "responder", "privacy"],
        Others = ["owner-2", "executive", "counsel", "administrator", "auditor", "employee"];
    private GateScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await GateScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_batch_of_class_C_is_in_the_inbox_of_owner_deputy_responders_and_privacy_only()
    {
        await WaitsForAsync();
        await ViolatedAsync();
        await WaitsForAsync(Concerned);
        var view = Assert.Single((await _scene.World.Responder.ReadAsync("/api/v1/violations")).GetProperty("items").EnumerateArray());
        Assert.Equal(
            ("MCI", 1, false, true), (view.Text("program"), view.GetProperty("batches").GetInt32(), view.GetProperty("selfReported")
            .GetBoolean(), view.GetProperty("mine").GetBoolean()));
        Assert.False(Assert.Single((await (await _scene.World.Hub.AsAsync("auditor")).ReadAsync("/api/v1/violations"))
            .GetProperty("items").EnumerateArray())
            .GetProperty("mine").GetBoolean());
        AssertProblem(await Read(await _scene.World.Hub.AsAsync("employee")), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Open_pages_are_notified_when_an_alert_is_raised_and_when_it_ends()
    {
        var touched = 0;
        using var open = _scene.World.Hub.Services.GetRequiredService<LiveFeed>().Subscribe([ViolationAlerts.Topic], () => touched++);
        await ViolatedAsync();
        Assert.Equal(1, touched);
        await AcknowledgeViolationAsync("responder");
        Assert.Equal(2, touched);
    }

    [Fact]
    public async Task An_alert_ends_with_the_last_disposition_of_class_C_and_new_evidence_raises_it_again()
    {
        var (permit, first) = await ViolatedAsync();
        var second = await ViolatedAgainAsync(permit);
        await DisposeAsync(first);
        await WaitsForAsync(Concerned);
        await DisposeAsync(second);
        await WaitsForAsync();
        await ViolatedAgainAsync(permit);
        await WaitsForAsync(Concerned);
    }

    [Fact]
    public async Task Taking_ownership_of_a_violation_removes_it_from_every_page_until_another_collector_violates()
    {
        var other = await _scene.World.CollectorAsync();
        var permit = await _scene.PermitAsync(other);
        var (mine, _) = await ViolatedAsync();
        await AcknowledgeViolationAsync("responder");
        await WaitsForAsync();
        Assert.Equal(1, await _scene.AuditedAsync("violation.acknowledged"));
        Assert.Single(await _scene.StoryAsync("violation-acknowledged"));

        // The same collector continues: its owner knows it already.
        await ViolatedAgainAsync(mine);
        await WaitsForAsync();
        await _scene.HeldAsync(_scene.Batch(permit, 1_000, 250_000, change: b => b["collector"] = other.Id), "C", "collected_after_stop");
        await WaitsForAsync(Concerned);
    }

    [Fact]
    public async Task A_self_reported_violation_raises_an_alert_that_dispositions_do_not_end()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(10);
        await _scene.World.PauseAsync();
        _scene.At(200);
        await _scene.Collector.AskAsync();
        var epoch = await _scene.World.Hub.Db.ReadAsync(sql => ProgramSwitch.EpochAsync(sql, _scene.World.ProgramId));
        await _scene.Collector.StopAsync(_scene.Collector.Ack(permit, epoch, change: a =>
            (a["stoppedAtOffsetMs"], a["lastCollectedOffsetMs"]) = (100_000, 90_000)));
        await WaitsForAsync(Concerned);
        var batch = await _scene.HeldAsync(_scene.Batch(permit, 1_000, 150_000), "C", "collected_after_stop");
        await DisposeAsync(batch);
        await WaitsForAsync(Concerned);
        await AcknowledgeViolationAsync("owner");
        await WaitsForAsync();
    }

    [Fact]
    public async Task Taking_ownership_of_a_violation_needs_a_note_a_permission_and_an_open_alert()
    {
        const string path = "/api/v1/programs/MCI/violation/acknowledge";
        AssertProblem(await _scene.World.Responder.PostAsync(path, new { note = "Called the site." }), HttpStatusCode.Conflict);
        await ViolatedAsync();
        foreach (var account in Others)
            AssertProblem(await (await _scene.World.Hub.AsAsync(account)).PostAsync(path, new { note = "Called." }),
            HttpStatusCode.Forbidden);
        AssertProblem(await _scene.World.Responder.PostAsync(path, new { note = " " }), HttpStatusCode.BadRequest, "note");
        AssertProblem(await _scene.World.Responder.PostAsync(path, new { note = new string('x', 2_001) }),
            HttpStatusCode.BadRequest, "note");
        AssertProblem(await _scene.World.Responder.PostAsync("/api/v1/programs/NONE/violation/acknowledge", new { note = "Called." }),
            HttpStatusCode.NotFound);
        await AcknowledgeViolationAsync("responder");
        var (status, second) = await _scene.World.Owner.PostAsync(path, new { note = "Called, too." });
        Assert.Equal((HttpStatusCode.Conflict, "no_violation_waits"), (status, second.Text("code")));
        Assert.Contains("Responder", second.Text("detail"));
    }

    [Fact]
    public async Task The_note_is_not_shown_to_every_reader_of_the_program()
    {
        await ViolatedAsync();
        await AcknowledgeViolationAsync("privacy", "INC-1 is behind it.");
        Assert.DoesNotContain("INC-1", Assert.Single(await _scene.StoryAsync("violation-acknowledged")).ToString());
    }

    [Fact]
    public async Task A_violation_without_any_pause_raises_an_alert_too()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(10);
        var (status, body) = await _scene.World.Owner.SendAsync(HttpMethod.Put, "/api/v1/programs/MCI", new
        {
            name = "Program MCI",
            purpose = "Teach models how work is done.",
            owner = "owner",
            deputies = new[] { "deputy" },
            unit = "Research",
            regions = new[] { "US", "DE" },
            categories = new[] { "clicks" },
            lawfulBasis = "Legitimate interest",
            ttlSeconds = 60,
            gracePeriodSeconds = 2,
            renewalSeconds = 20,
        });
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        _scene.At(300);
        await _scene.HeldAsync(_scene.Batch(permit, 1_000, 250_000), "C", "collected_after_stop");
        await WaitsForAsync(Concerned);
    }

    // Paused at 10 s; the permit ended at 60 s; now it is 300 s.
    private async Task<(string Permit, Guid Batch)> ViolatedAsync()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(10);
        await _scene.World.PauseAsync();
        _scene.At(300);
        return (permit, await ViolatedAgainAsync(permit));
    }

    private Task<Guid> ViolatedAgainAsync(string permit) =>
        _scene.HeldAsync(_scene.Batch(permit, 1_000, 250_000), "C", "collected_after_stop");

    private async Task DisposeAsync(Guid batch)
    {
        var (status, body) = await _scene.DisposeAsync("owner", new { ids = new[] { batch }, disposition = "Seal", reason = "Evidence." });
        Assert.True(status == HttpStatusCode.OK, body.ToString());
    }

    private async Task AcknowledgeViolationAsync(string account, string note = "Called the site; the machine is switched off.")
    {
        var (status, body) = await (await _scene.World.Hub.AsAsync(account))
            .PostAsync("/api/v1/programs/MCI/violation/acknowledge", new { note });
        Assert.True(status == HttpStatusCode.NoContent, body.ToString());
    }

    private async Task WaitsForAsync(params string[] accounts)
    {
        var home = _scene.World.Hub.Services.GetRequiredService<HomeQueries>();
        foreach (var account in Concerned.Concat(Others))
        {
            var needs = (await home.LoadAsync(TestHub.Actor(account))).Inbox.Items.Count(n => n.Kind == "Violation");
            Assert.Equal((account, accounts.Contains(account) ? 1 : 0), (account, needs));
            Assert.True((await home.CountsAsync(TestHub.Actor(account))).Needs >= needs);
        }
    }

    private static Task<(HttpStatusCode, JsonElement)> Read(HttpClient client) => client.SendAsync(HttpMethod.Get, "/api/v1/violations");
}

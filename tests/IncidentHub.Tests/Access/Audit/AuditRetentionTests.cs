using Dapper;
using IncidentHub.Access.Audit;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Response.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IncidentHub.Tests.Access.Audit;

/// <summary>Old payloads of the audit log are removed; the chain verifies, and a legal hold keeps what is about its incident.</summary>
public sealed class AuditRetentionTests
{
    private static readonly Dictionary<string, string> Kept30Days = new() { ["Audit:RetainDays"] = "30" };

    [Fact]
    public async Task Payloads_older_than_the_limit_are_removed_up_to_a_checkpoint_and_the_log_and_its_export_verify()
    {
        await using var hub = new TestHub { Settings = Kept30Days };
        await SignedLog.FillAsync(hub, 5);
        await SignedLog.SignAsync(hub);
        hub.Clock.Advance(TimeSpan.FromDays(20));
        await SignedLog.FillAsync(hub, 5);
        await RunAsync(hub);
        Assert.Equal(11, await PayloadsAsync(hub));
        hub.Clock.Advance(TimeSpan.FromDays(11));
        await RunAsync(hub);
        // The five later ones, and the record of the removal.
        Assert.Equal(6, await PayloadsAsync(hub));
        await AssertVerifiesAsync(hub, redacted: 6);
        await RunAsync(hub);
        Assert.Equal(1, await CountAsync(hub, "Act = 'audit.expired'"));
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_removed()
    {
        await using var hub = new TestHub();
        await SignedLog.FillAsync(hub, 5);
        await SignedLog.SignAsync(hub);
        hub.Clock.Advance(TimeSpan.FromDays(10_000));
        await RunAsync(hub);
        Assert.Equal(0, await CountAsync(hub, "Act = 'audit.expired'"));
    }

    [Fact]
    public async Task A_legal_hold_keeps_what_is_about_its_incident_and_what_is_about_none()
    {
        await using var scene = await IncidentScene.CreateAsync(Kept30Days);
        var (held, other) = (await scene.DeclareAsync(), await scene.DeclareAsync());
        await (await scene.Hub.AsAsync("counsel")).MakeAsync($"/api/v1/incidents/{held}/legal-holds", new { reason = "Matter 12." });
        await SignedLog.SignAsync(scene.Hub);
        scene.Hub.Clock.Advance(TimeSpan.FromDays(31));
        await RunAsync(scene.Hub);
        var old = $"Payload IS NULL AND PayloadDigest IS NOT NULL AND Subject = 'incident ";
        Assert.Equal(0, await CountAsync(scene.Hub, $"{old}{held}'"));
        Assert.NotEqual(0, await CountAsync(scene.Hub, $"{old}{other}'"));
        Assert.Equal(0, await CountAsync(scene.Hub, "Payload IS NULL AND PayloadDigest IS NOT NULL AND About IS NULL"));
        await AssertVerifiesAsync(scene.Hub, null);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("29")]
    [InlineData("36501")]
    public async Task An_invalid_limit_stops_the_start(string days)
    {
        await using var hub = new TestHub { Settings = new Dictionary<string, string> { ["Audit:RetainDays"] = days } };
        var error = Assert.Throws<OptionsValidationException>(() => hub.Services);
        Assert.Contains("Audit:RetainDays", error.Message, StringComparison.Ordinal);
    }

    private static Task RunAsync(TestHub hub) => hub.Services.GetRequiredService<AuditRetention>().RunAsync(CancellationToken.None);

    private static async Task AssertVerifiesAsync(TestHub hub, int? redacted)
    {
        await hub.Services.GetRequiredService<Checkpointing>().RunAsync(CancellationToken.None);
        var auditor = await hub.AsAsync("auditor");
        var verdict = await auditor.ReadAsync("/api/v1/audit/verification");
        Assert.True(verdict.GetProperty("ok").GetBoolean(), verdict.ToString());
        if (redacted is not null) Assert.Equal(redacted, verdict.GetProperty("redacted").GetInt32());
        var export = await auditor.GetStringAsync("/api/v1/audit/export");
        using var keys = AuditKeys.FromJwks(await (await hub.AsAsync(null)).GetStringAsync("/.well-known/jwks.json"));
        var (result, _) = AuditExport.Verify(export.TrimEnd('\n').Split('\n'), keys);
        Assert.True(result.IsOk, result.Fault?.Message);
    }

    private static Task<long> PayloadsAsync(TestHub hub) => CountAsync(hub, "Payload IS NOT NULL");

    private static Task<long> CountAsync(TestHub hub, string where) => hub.Db.ReadAsync(sql =>
        ((Sql)sql).Connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM AuditEntry WHERE {where}"));
}

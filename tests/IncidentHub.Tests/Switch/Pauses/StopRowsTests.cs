using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentHub.Switch.Pauses;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Switch.Pauses;

/// <summary>The export of a stop report, and what is kept after its rows about people at work have expired.</summary>
public sealed class StopRowsTests : IAsyncLifetime
{
    private SwitchWorld _world = null!;
    private Guid _pause;

    public async ValueTask InitializeAsync()
    {
        _world = await SwitchWorld.StartAsync();
        var confirmed = await _world.CollectorAsync();
        var assured = await _world.CollectorAsync();
        _ = await _world.CollectorAsync();
        var (permit, _, _) = await confirmed.AskAsync();
        await assured.AskAsync();
        var pause = (await _world.PauseAsync(drillSeconds: 600)).GetProperty("pause");
        _pause = pause.GetProperty("id").GetGuid();
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await confirmed.StopAsync(confirmed.Ack(permit!, pause.GetProperty("epoch").GetInt64()))).Status);
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(100));
        await _world.TickAsync();
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_export_has_the_report_and_the_signed_proof_of_each_collector()
    {
        var lines = await LinesAsync(_world.Owner);
        Assert.Equal((2, 1, 1, 1), (lines[0].GetProperty("population").GetInt32(), lines[0].GetProperty("confirmed")
            .GetInt32(), lines[0].GetProperty("assured").GetInt32(), lines[0].GetProperty("idle").GetInt32()));
        var byProof = lines.Skip(1).ToDictionary(l => l.Text("proof"));
        Assert.Equal(["Assured", "Confirmed"], byProof.Keys.Order());
        var confirmed = byProof["Confirmed"];
        Assert.Equal(2.0, confirmed.GetProperty("provenAfterSeconds").GetDouble(), 1);
        Assert.Equal(confirmed.Text("ackSha256"), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(confirmed.Text("ack")))));
        Assert.Equal(confirmed.Text("ackSha256"), _world.Verify(confirmed.Text("receipt"), "ih-receipt+jwt")!.Value.Text("ackSha256"));
        Assert.DoesNotContain("ws-1", lines[1].ToString() + lines[2]);
        Assert.Contains("pause.exported", await _world.AuditActsAsync());
    }

    [Fact]
    public async Task The_CSV_has_a_row_for_each_collector_and_no_cell_that_a_spreadsheet_would_run()
    {
        var answer = await _world.Owner.GetAsync($"/api/v1/pauses/{_pause}/proofs.csv");
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var rows = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, rows.Length);
        Assert.StartsWith("collector,host,proof,permit,permitExpiresAt", rows[0]);
        Assert.All(rows.Skip(1), r => Assert.Equal(10, r.Split(',').Length));
    }

    [Fact]
    public async Task A_person_who_may_not_see_collectors_gets_no_export()
    {
        foreach (var account in new[] { "executive", "auditor", "administrator", "counsel" })
            AssertProblem(await (await _world.Hub.AsAsync(account)).SendAsync(HttpMethod.Get, $"/api/v1/pauses/{_pause}/proofs.csv"),
                HttpStatusCode.Forbidden);
        AssertProblem(await (await _world.Hub.AsAsync("employee")).SendAsync(HttpMethod.Get, $"/api/v1/pauses/{_pause}/proofs.ndjson"),
            HttpStatusCode.Forbidden);
        AssertProblem(await _world.Owner.SendAsync(HttpMethod.Get, $"/api/v1/pauses/{Guid.Empty}/proofs.csv"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task When_the_rows_expire_counts_and_curve_are_kept_and_the_digest_matches_an_earlier_export()
    {
        var owner = _world.Owner;
        var (report, lines) = (await owner.ReadAsync($"/api/v1/pauses/{_pause}"), await LinesAsync(owner));
        _world.Hub.Clock.Advance(TimeSpan.FromMinutes(10));
        await _world.TickAsync();
        await ExpireAsync(TimeSpan.FromDays(89));
        Assert.Equal(3, (await LinesAsync(await _world.Hub.AsAsync("owner"))).Count);
        await ExpireAsync(TimeSpan.FromDays(1));
        owner = await _world.Hub.AsAsync("owner");
        var after = await owner.ReadAsync($"/api/v1/pauses/{_pause}");
        foreach (var kept in new[] { "population", "confirmed", "assured", "pending", "violating", "idle", "revoked", "curve",
            "timeToFullStopSeconds" })
            Assert.Equal(report.GetProperty(kept).ToString(), after.GetProperty(kept).ToString());
        Assert.NotEqual(JsonValueKind.Null, after.GetProperty("rowsExpiredAt").ValueKind);
        Assert.Single(await LinesAsync(owner));
        // An empty table would suggest an empty population.
        var (status, refused) = await owner.SendAsync(HttpMethod.Get, $"/api/v1/pauses/{_pause}/proofs.csv");
        Assert.Equal((HttpStatusCode.Conflict, "rows_expired"), (status, refused.Text("code")));
        var listed = (await owner.ReadAsync("/api/v1/programs/MCI/pauses")).GetProperty("items").EnumerateArray()
            .Single(p => p.GetProperty("id").GetGuid() == _pause);
        Assert.Equal(after.Text("rowsExpiredAt"), listed.Text("rowsExpiredAt"));

        var text = string.Concat(lines.Skip(1).OrderBy(l => l.Text("permitJti"), StringComparer.Ordinal)
            .Select(l =>
            $"{l.Text("permitJti")} {l.GetProperty("ackSha256").GetString() ?? "-"} "
                + $"{l.GetProperty("provenAfterSeconds").GetDouble() * 1000:0}\n"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), after.Text("proofsSha256"));
        Assert.Contains("pause.rows-expired", await _world.AuditActsAsync());
        await ExpireAsync(TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Rows_of_an_active_pause_do_not_expire()
    {
        var standing = (await _world.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid();
        await ExpireAsync(TimeSpan.FromDays(400));
        Assert.Equal(JsonValueKind.Null, (await (await _world.Hub.AsAsync("owner")).ReadAsync($"/api/v1/pauses/{standing}"))
            .GetProperty("rowsExpiredAt").ValueKind);
    }

    private Task ExpireAsync(TimeSpan after)
    {
        _world.Hub.Clock.Advance(after);
        return _world.Hub.Services.GetRequiredService<StopRowsExpiry>().RunAsync(default);
    }

    private async Task<IReadOnlyList<JsonElement>> LinesAsync(HttpClient client)
    {
        var answer = await client.GetAsync($"/api/v1/pauses/{_pause}/proofs.ndjson");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return [.. (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonElement.Parse(l))];
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using IncidentHub.Collector;
using IncidentHub.Switch.Gate;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Switch.Gate;

/// <summary>Class D, invalid input, and the permission to use the gate.</summary>
public sealed class RefusedBatchTests : IAsyncLifetime
{
    private GateScene _scene = null!;
    private string _permit = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await GateScene.StartAsync();
        _permit = await _scene.PermitAsync();
        _scene.At(20);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public Task A_batch_without_a_permit_is_refused() => _scene.RefusedAsync(_scene.Batch(null, 0, 0), "permit_missing");

    [Fact]
    public async Task A_permit_that_the_hub_did_not_sign_is_refused()
    {
        await _scene.RefusedAsync(_scene.Batch("no.such.token", 0, 10), "permit_invalid");
        await _scene.RefusedAsync(_scene.Batch(_permit[..^4] + "AAAA", 0, 10), "permit_invalid");
        var claims = _scene.World.Verify(_permit, "ih-permit+jwt")!.Value;
        await _scene.RefusedAsync(
            _scene.Batch(Jws.Sign("ih-permit+jwt", JsonNode.Parse(claims.GetRawText())!.AsObject(), _scene.Collector.Key), 0, 10),
            "permit_invalid");
    }

    [Fact]
    public async Task Another_token_signed_by_the_hub_is_not_accepted_as_a_permit()
    {
        var (_, body) = await _scene.CheckAsync(_scene.Batch(_permit, 500, 10_000));
        await _scene.RefusedAsync(_scene.Batch(body.Text("admission"), 0, 10), "permit_invalid");
    }

    [Fact]
    public async Task A_permit_of_another_collector_or_program_is_refused()
    {
        var other = await _scene.World.CollectorAsync();
        var foreign = await _scene.PermitAsync(other);
        await _scene.RefusedAsync(_scene.Batch(foreign, 0, 10, change: b => b["collector"] = _scene.Collector.Id), "permit_foreign");
        await _scene.RefusedAsync(_scene.Batch(null, 0, 0, change: b =>
            b["permits"] = new[] { new { permit = _permit, startOffsetMs = 1, endOffsetMs = 2 },
            new { permit = foreign, startOffsetMs = 1, endOffsetMs = 2 } }), "permit_foreign");

        await _scene.World.AddProgramAsync("OTHER");
        var (status, answer) = await _scene.CheckAsync(_scene.Batch(_permit, 0, 10, change: b => b["program"] = "OTHER"),
            await _scene.IngestionAsync("MCI", "OTHER"));
        Assert.Equal((HttpStatusCode.Locked, "permit_foreign"), (status, answer.Text("code")));
    }

    [Fact]
    public async Task A_batch_outside_the_scope_of_its_permit_is_refused()
    {
        await _scene.RefusedAsync(_scene.Batch(_permit, 500, 10_000, ["audio"]), "category_not_permitted");
        await _scene.RefusedAsync(_scene.Batch(_permit, 500, 50_000), "in_the_future");
        _scene.At(100);
        await _scene.RefusedAsync(_scene.Batch(_permit, 500, 61_000), "outside_permit");
    }

    [Theory]
    [InlineData(0, 9)]
    [InlineData(5, 14)]
    [InlineData(3, 4)]
    [InlineData(0, 100)]
    public async Task A_sequence_number_is_used_once(long first, long last)
    {
        await _scene.AdmittedAsync(_scene.Batch(_permit, 500, 5_000));
        await _scene.RefusedAsync(_scene.Batch(_permit, 500, 6_000, change: b =>
            (b["firstSequence"], b["lastSequence"], b["items"]) = (first, last, 1)), "sequence_reused");
        // The numbers directly after it are free.
        await _scene.AdmittedAsync(_scene.Batch(_permit, 500, 6_000, change: b =>
            (b["firstSequence"], b["lastSequence"], b["items"]) = (10, 12, 1)));
    }

    [Fact]
    public async Task Sequences_are_counted_per_collector()
    {
        await _scene.AdmittedAsync(_scene.Batch(_permit, 500, 5_000));
        var other = await _scene.PermitAsync(await _scene.World.CollectorAsync());
        _scene.At(40);
        await _scene.AdmittedAsync(_scene.Batch(other, 500, 5_000, change: b => (b["firstSequence"], b["lastSequence"]) = (0, 9)));
    }

    [Fact]
    public async Task Refusals_are_audited_and_a_flood_of_them_writes_a_few_records()
    {
        for (var i = 0; i < 3; i++)
            await _scene.CheckAsync(new { batches = Enumerable.Range(0, 40).Select(_ => _scene.Batch(null, 0, 0)).ToArray() });
        // The first, the tenth, the hundredth.
        Assert.Equal(3, await _scene.AuditedAsync("gate.refused"));
        await _scene.RefusedAsync(_scene.Batch(_permit, 0, 10, ["audio"]), "category_not_permitted");
        Assert.Equal(4, await _scene.AuditedAsync("gate.refused"));
        Assert.Empty((await _scene.QuarantineAsync(undecided: false)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Counts_of_past_hours_are_deleted_and_the_audit_log_keeps_them()
    {
        for (var i = 0; i < 3; i++)
            await _scene.CheckAsync(new { batches = Enumerable.Range(0, 40).Select(n => _scene.Batch(null, 0, 0)).ToArray() });
        _scene.World.Hub.Clock.Advance(TimeSpan.FromHours(2));
        await _scene.RefusedAsync(_scene.Batch(null, 0, 0), "permit_missing");
        Assert.Equal(2, await CountsAsync());
        _scene.World.Hub.Clock.Advance(TimeSpan.FromHours(23));
        await _scene.World.Hub.Services.GetRequiredService<GateRangeUpkeep>().RunAsync(default);
        Assert.Equal(1, await CountsAsync());
        Assert.Equal(4, await _scene.AuditedAsync("gate.refused"));

        async Task<int> CountsAsync() =>
            (await _scene.World.Hub.Db.ReadAsync(sql =>
            sql.QueryAsync<Window>("GateRefusal_Old", new { Before = DateTimeOffset.MaxValue.AddDays(-1), Limit = 100 }))).Count;
    }

    private sealed record Window
    {
        public required DateTimeOffset WindowStart { get; init; }
    }

    [Fact]
    public async Task Only_a_key_with_the_scope_gate_for_that_program_may_check_batches()
    {
        var batch = _scene.Batch(_permit, 500, 10_000);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _scene.CheckAsync(batch, _scene.World.Hub.CreateClient())).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _scene.CheckAsync(batch, _scene.World.Owner)).Status);
        var enrol = _scene.World.Hub.CreateClient();
        enrol.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _scene.World.EnrolmentKeyAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await _scene.CheckAsync(batch, enrol)).Status);
        await _scene.World.AddProgramAsync("OTHER");
        Assert.Equal(HttpStatusCode.NotFound, (await _scene.CheckAsync(batch, await _scene.IngestionAsync("OTHER"))).Status);
        await _scene.AdmittedAsync(batch);
    }
}

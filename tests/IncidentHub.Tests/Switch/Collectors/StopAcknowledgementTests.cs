using System.Net;
using System.Text.Json;
using Dapper;
using IncidentHub.Domain;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Switch.Collectors;

public sealed class StopAcknowledgementTests : IAsyncLifetime
{
    private SwitchWorld _world = null!;
    private TestCollector _collector = null!;
    private string _permit = null!;
    private long _epoch;
    private Guid _pause;

    public async ValueTask InitializeAsync()
    {
        _world = await SwitchWorld.StartAsync();
        _collector = await _world.CollectorAsync("US");
        _permit = (await _collector.AskAsync()).Token!;
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(5));
        var pause = (await _world.PauseAsync()).GetProperty("pause");
        (_pause, _epoch) = (pause.GetProperty("id").GetGuid(), pause.GetProperty("epoch").GetInt64());
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_signed_acknowledgement_confirms_the_stop_and_gets_a_signed_receipt()
    {
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(2));
        var (status, body) = await _collector.StopAsync(_collector.Ack(_permit, _epoch));
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        var receipt = _world.Verify(body.Text("receipt"), "ih-receipt+jwt")!.Value;
        Assert.Equal([_pause.ToString()], receipt.GetProperty("pauseIds").EnumerateArray().Select(p => p.GetString()!));
        var report = await _world.ReportAsync(_pause);
        Assert.Equal((1, 1, 0), (report.GetProperty("population").GetInt32(), report.GetProperty("confirmed")
            .GetInt32(), report.GetProperty("pending").GetInt32()));
        Assert.Equal(2.0, report.GetProperty("timeToFullStopSeconds").GetDouble());
    }

    [Fact]
    public async Task A_report_that_read_its_pause_before_the_last_proof_has_the_full_stop()
    {
        await _collector.StopAsync(_collector.Ack(_permit, _epoch));
        var proven = await _world.ReportAsync(_pause);
        // As it was read, one statement before the counts.
        await _world.Hub.Db.WriteAsync<Done>(async tx =>
        {
            await tx.Connection.ExecuteAsync("UPDATE Pause SET FullyStoppedAt = NULL", transaction: tx.Transaction);
            return default(Done);
        });
        var report = await _world.ReportAsync(_pause);
        Assert.Equal((1, proven.Text("fullStopAt")), (report.GetProperty("confirmed").GetInt32(), report.Text("fullStopAt")));
    }

    [Fact]
    public async Task The_same_bytes_give_the_same_receipt_and_count_once()
    {
        var ack = _collector.Ack(_permit, _epoch);
        var first = (await _collector.StopAsync(ack)).Body.Text("receipt");
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(first, (await _collector.StopAsync(ack)).Body.Text("receipt"));
        Assert.Equal(1, (await _world.ReportAsync(_pause)).GetProperty("confirmed").GetInt32());
    }

    [Fact]
    public async Task Other_bytes_for_the_same_epoch_are_refused_and_the_first_count()
    {
        await _collector.StopAsync(_collector.Ack(_permit, _epoch));
        var (status, body) = await _collector.StopAsync(_collector.Ack(_permit, _epoch, change: c => c["stoppedAtOffsetMs"] = 9_000));
        Assert.Equal((HttpStatusCode.Conflict, "already_taken"), (status, body.Text("code")));
    }

    [Fact]
    public async Task Forged_foreign_and_misdirected_acknowledgements_are_refused_and_audited()
    {
        await _world.AddProgramAsync("OTHER");
        var other = await _world.CollectorAsync("US");
        var othersPermit = (await _world.CollectorAsync("US", null, "OTHER")).AskAsync("OTHER");
        var attempts = new (string Why, string Ack)[]
        {
            ("another key", _collector.Ack(_permit, _epoch, key: other.Key)),
            ("another collector", other.Ack(_permit, _epoch)),
            ("another collector's name", _collector.Ack(_permit, _epoch, change: c => c["sub"] = other.Id.ToString())),
            ("a later epoch", _collector.Ack(_permit, _epoch + 1)),
            ("the permit's own epoch", _collector.Ack(_permit, _epoch - 1)),
            ("another program", _collector.Ack(_permit, _epoch, "OTHER")),
            ("another type", _collector.Ack(_permit, _epoch, type: "ih-enrol+jwt")),
            ("no permit", _collector.Ack(_permit, _epoch, change: c => c.Remove("permit"))),
            ("another permit", _collector.Ack(_permit, _epoch, change: c => c["permit"] = othersPermit.GetAwaiter().GetResult().Token)),
            ("another jti", _collector.Ack(_permit, _epoch, change: c => c["jti"] = "0")),
            ("a stop before its last item", _collector.Ack(_permit, _epoch, change: c => c["stoppedAtOffsetMs"] = 3)),
            ("negative", _collector.Ack(_permit, _epoch, change: c => c["itemsBuffered"] = -1)),
            ("words for numbers", _collector.Ack(_permit, _epoch, change: c => c["stoppedAtOffsetMs"] = "soon")),
            ("a bad digest", _collector.Ack(_permit, _epoch, change: c => c["bufferDigest"] = "abc")),
            ("no token", "hello"),
            ("an unsigned token", _collector.Ack(_permit, _epoch).Split('.')[0] + ".e30."),
        };
        foreach (var (why, ack) in attempts)
        {
            var (status, body) = await _collector.StopAsync(ack);
            Assert.True((int)status is 400 or 409, $"{why}: {status} {body}");
        }
        Assert.Equal(0, (await _world.ReportAsync(_pause)).GetProperty("confirmed").GetInt32());
        Assert.Equal(attempts.Length, (await _world.AuditActsAsync()).Count(a => a == "stop.refused"));
    }

    [Fact]
    public async Task A_replayed_acknowledgement_proves_nothing_for_a_later_pause()
    {
        var ack = _collector.Ack(_permit, _epoch);
        await _collector.StopAsync(ack);
        // Later than the first: the list is sorted by time.
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(1));
        await _world.PauseAsync();
        var second = (await _world.Owner.ReadAsync("/api/v1/programs/MCI/pauses")).GetProperty("items")[0].GetProperty("id").GetGuid();
        await _collector.StopAsync(ack);
        Assert.Equal(0, (await _world.ReportAsync(second)).GetProperty("confirmed").GetInt32());
        await _collector.StopAsync(_collector.Ack(_permit, _epoch + 1));
        Assert.Equal(1, (await _world.ReportAsync(second)).GetProperty("confirmed").GetInt32());
    }

    [Fact]
    public async Task One_acknowledgement_confirms_every_pause_up_to_its_epoch()
    {
        await _world.PauseAsync(["clicks"]);
        await _collector.StopAsync(_collector.Ack(_permit, _epoch + 1));
        foreach (var item in (await _world.Owner.ReadAsync("/api/v1/programs/MCI/pauses")).GetProperty("items").EnumerateArray())
            Assert.Equal(1, (await _world.ReportAsync(item.GetProperty("id").GetGuid())).GetProperty("confirmed").GetInt32());
    }

    [Fact]
    public async Task An_acknowledgement_of_collection_after_its_permit_makes_the_collector_violating()
    {
        var (status, _) = await _collector.StopAsync(_collector.Ack(_permit, _epoch, change: c =>
            (c["lastCollectedOffsetMs"], c["stoppedAtOffsetMs"]) = (64_000, 64_000)));
        Assert.Equal(HttpStatusCode.OK, status);
        var report = await _world.ReportAsync(_pause);
        Assert.Equal((0, 1), (report.GetProperty("confirmed").GetInt32(), report.GetProperty("violating").GetInt32()));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("fullStopAt").ValueKind);
    }

    [Fact]
    public async Task An_acknowledgement_of_collection_within_the_grace_period_after_the_permit_confirms_the_stop()
    {
        await _collector.StopAsync(_collector.Ack(_permit, _epoch, change: c =>
            (c["lastCollectedOffsetMs"], c["stoppedAtOffsetMs"]) = (62_500, 62_900)));
        Assert.Equal(1, (await _world.ReportAsync(_pause)).GetProperty("confirmed").GetInt32());
    }
}

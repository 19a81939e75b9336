using System.Net;
using System.Text.Json;
using Dapper;
using IncidentHub.Switch.Pauses;
using IncidentHub.Platform.Journal;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using IncidentHub.Domain;

namespace IncidentHub.Tests.Switch.Pauses;

/// <summary>
/// The population of a pause is written after the pause itself: whatever happens in between, it contains the collectors that held a permit
/// when the pause became active.
/// </summary>
public sealed class StopPopulationTests : IAsyncLifetime
{
    private SwitchWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await SwitchWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Placing_a_pause_does_not_wait_for_the_counts()
    {
        await (await _world.CollectorAsync()).AskAsync();
        var answer = await _world.PauseAsync();
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("population").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, answer.GetProperty("guaranteedAt").ValueKind);
        Assert.Equal(1, (await _world.ReportAsync(Id(answer))).GetProperty("population").GetInt32());
    }

    [Fact]
    public async Task A_hub_that_died_before_writing_the_population_writes_the_same_one_later()
    {
        await (await _world.CollectorAsync("US")).AskAsync();
        await (await _world.CollectorAsync("DE")).AskAsync();
        var pause = await UncountedAsync();
        _world.Hub.Clock.Advance(TimeSpan.FromMinutes(10));
        await _world.TickAsync();
        var report = await _world.ReportAsync(pause);
        Assert.Equal((2, 2), (report.GetProperty("population").GetInt32(), report.GetProperty("assured").GetInt32()));
    }

    [Fact]
    public async Task Reading_the_report_writes_the_population_first()
    {
        await (await _world.CollectorAsync()).AskAsync();
        Assert.Equal(1, (await _world.ReportAsync(await UncountedAsync())).GetProperty("population").GetInt32());
    }

    [Fact]
    public async Task A_permit_issued_after_a_partial_pause_removes_no_collector_from_its_population()
    {
        var collector = await _world.CollectorAsync("US");
        await collector.AskAsync();
        var pause = await UncountedAsync(["clicks"]);
        var (_, permit, stop) = await collector.AskAsync();
        Assert.NotNull(stop);
        Assert.DoesNotContain("clicks", permit!.Value.GetProperty("categories").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal(1, (await _world.ReportAsync(pause)).GetProperty("population").GetInt32());
    }

    [Fact]
    public async Task An_acknowledgement_that_arrives_before_the_population_is_written_confirms_the_stop()
    {
        var collector = await _world.CollectorAsync();
        var (permit, _, _) = await collector.AskAsync();
        var pause = await UncountedAsync();
        var (_, _, stop) = await collector.AskAsync();
        var (status, body) = await collector.StopAsync(collector.Ack(permit!, stop!.Value.GetProperty("epoch").GetInt64()));
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        var report = await _world.ReportAsync(pause);
        Assert.Equal((1, 1), (report.GetProperty("population").GetInt32(), report.GetProperty("confirmed").GetInt32()));
    }

    [Fact]
    public async Task Collectors_revoked_or_enrolled_again_for_another_region_in_between_are_counted_in_their_state_at_the_pause()
    {
        var (revoked, moved) = (await _world.CollectorAsync("US"), await _world.CollectorAsync("US"));
        await revoked.AskAsync();
        await moved.AskAsync();
        var pause = await UncountedAsync(null, ["US"]);
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(1));
        await _world.Owner.MakeAsync($"/api/v1/collectors/{revoked.Id}/revoke");
        await moved.RegisterAsync(await _world.EnrolmentKeyAsync("DE"));
        Assert.Equal(2, (await _world.ReportAsync(pause)).GetProperty("population").GetInt32());
    }

    [Fact]
    public async Task A_drill_that_ends_before_the_population_was_written_still_has_one()
    {
        await (await _world.CollectorAsync()).AskAsync();
        var pause = Id(await _world.PauseAsync(drillSeconds: 60));
        await UncountAsync(pause);
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(61));
        await _world.TickAsync();
        var report = await _world.ReportAsync(pause);
        Assert.Equal(("Lifted", 1), (report.GetProperty("pause").Text("status"), report.GetProperty("population").GetInt32()));
    }

    [Fact]
    public async Task A_stop_that_needed_no_proof_is_recorded_after_the_pause()
    {
        await UncountedAsync();
        _world.Hub.Clock.Advance(TimeSpan.FromMilliseconds(5));
        await _world.Hub.CountedAsync();
        var told =
            (await _world.Hub.Db.ReadAsync(sql =>
            _world.Hub.Services.GetRequiredService<TimelineReader>()
                .OfProgramAsync(sql, _world.ProgramId, TimelineQuery.All, TestHub.Actor("owner")))).Value.Items.Select(e => e.Title)
                    .ToList();
        // Newest first; the first entry, from before the database was reset, stays too.
        Assert.Equal("MCI: collection stopped, proven", told[0]);
        Assert.True(told.FindIndex(t => t.StartsWith("MCI paused", StringComparison.Ordinal)) > 0);
    }

    [Fact]
    public async Task The_population_is_written_once()
    {
        await (await _world.CollectorAsync()).AskAsync();
        var pause = await UncountedAsync();
        var population = _world.Hub.Services.GetRequiredService<StopPopulation>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => population.CountedAsync([_world.ProgramId])));
        Assert.Equal(1, (await _world.ReportAsync(pause)).GetProperty("population").GetInt32());
    }

    private async Task<Guid> UncountedAsync(string[]? categories = null, string[]? regions = null)
    {
        var pause = Id(await _world.PauseAsync(categories, regions));
        await UncountAsync(pause);
        return pause;
    }

    /// <summary>The state of the database between the two commits.</summary>
    private async Task UncountAsync(Guid pauseId)
    {
        await _world.ReportAsync(pauseId);
        await _world.Hub.Db.WriteAsync<Done>(async tx =>
        {
            await tx.Connection.ExecuteAsync(
                "DELETE FROM PauseStop WHERE PauseId = @pauseId; UPDATE Pause SET PopulationAt = NULL, FullyStoppedAt = NULL WHERE Id = "
                    + "@pauseId", new { pauseId }, tx.Transaction);
            return default(Done);
        });
    }

    private static Guid Id(JsonElement answer) => answer.GetProperty("pause").GetProperty("id").GetGuid();
}

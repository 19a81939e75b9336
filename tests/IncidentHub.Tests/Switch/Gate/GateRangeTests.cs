using System.Net;
using IncidentHub.Switch.Gate;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Switch.Gate;

/// <summary>The rows that are kept of batches that were admitted long ago.</summary>
public sealed class GateRangeTests : IAsyncLifetime
{
    private GateScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await GateScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_batch_gets_the_same_result_for_the_configured_days_and_is_refused_as_reused_after_them()
    {
        var permit = await PermitAsync();
        var batch = _scene.Batch(permit, 500, 5_000);
        var first = await _scene.AdmittedAsync(batch);
        await DaysAsync(7);
        Assert.Equal(first.GetRawText(), (await _scene.AdmittedAsync(batch)).GetRawText());
        await DaysAsync(1);
        await _scene.RefusedAsync(batch, "sequence_reused");
        await _scene.AdmittedAsync(_scene.Batch(await PermitAsync(), 500, 5_000));
    }

    [Fact]
    public async Task A_collector_without_gaps_in_its_numbers_keeps_one_row_permanently()
    {
        for (var day = 0; day < 12; day++)
        {
            var permit = await PermitAsync();
            await _scene.CheckAsync(new { batches = Enumerable.Range(0, 40).Select(_ => _scene.Batch(permit, 500, 5_000)).ToArray() });
            await DaysAsync(1);
        }
        await DaysAsync(8);
        Assert.Equal([(0L, 4_799L)], await RangesAsync());
    }

    [Fact]
    public async Task A_chunk_that_ends_within_a_run_is_continued_by_the_next()
    {
        var permit = await PermitAsync();
        for (var i = 0; i < 3; i++)
            await _scene.CheckAsync(
            new { batches = Enumerable.Range(0, GateRangeUpkeep.BatchSize / 2).Select(_ => _scene.Batch(permit, 500, 5_000)).ToArray() });
        await DaysAsync(9);
        Assert.Equal([(0L, GateRangeUpkeep.BatchSize * 15 - 1L)], await RangesAsync());
    }

    [Fact]
    public async Task Quarantined_batches_keep_their_rows_and_results()
    {
        var permit = await PermitAsync();
        await _scene.AdmittedAsync(_scene.Batch(permit, 500, 5_000));
        await _scene.World.PauseAsync(drillSeconds: 60);
        var residue = _scene.Batch(permit, 500, 19_900);
        var held = await _scene.HeldAsync(residue, "B", "collected_after_pause");
        await _scene.AdmittedAsync(_scene.Batch(permit, 500, 6_000));
        await DaysAsync(20);
        Assert.Equal([(0L, 9L), (10L, 19L), (20L, 29L)], await RangesAsync());
        Assert.Equal(held, await _scene.HeldAsync(residue, "B", "collected_after_pause"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task In_every_order_of_batches_and_merges_exactly_the_used_numbers_are_refused(int seed)
    {
        var random = new Random(seed);
        var used = new HashSet<int>();
        for (var step = 0; step < 50; step++)
        {
            if (random.Next(4) == 0) await DaysAsync(random.Next(1, 3));
            var permit = await PermitAsync();
            var (first, count) = (random.Next(80), random.Next(1, 6));
            var batch = _scene.Batch(permit, 500, 5_000, change: b =>
                (b["firstSequence"], b["lastSequence"], b["items"]) = (first, first + count - 1, count));
            var (status, body) = await _scene.CheckAsync(batch);
            var isReused = Enumerable.Range(first, count).Any(used.Contains);
            Assert.True(status == (isReused ? HttpStatusCode.Locked : HttpStatusCode.OK), $"seed {seed}, step {step}: {body}");
            if (!isReused) used.UnionWith(Enumerable.Range(first, count));
        }
        await DaysAsync(9);
        var ranges = await RangesAsync();
        Assert.Equal(used.Order().Select(n => (long)n), ranges.SelectMany(r => Enumerable.Range((int)r.First, (int)(r.Last - r.First + 1))
            .Select(n => (long)n)));
        Assert.Equal(used.Count(n => !used.Contains(n - 1)), ranges.Count);
    }

    private async Task<string> PermitAsync()
    {
        var permit = await _scene.PermitAsync();
        _scene.World.Hub.Clock.Advance(TimeSpan.FromSeconds(20));
        return permit;
    }

    private Task DaysAsync(int days)
    {
        _scene.World.Hub.Clock.Advance(TimeSpan.FromDays(days));
        return _scene.World.Hub.Services.GetRequiredService<GateRangeUpkeep>().RunAsync(default);
    }

    private async Task<IReadOnlyList<(long First, long Last)>> RangesAsync() =>
        [.. (await _scene.World.Hub.Db.ReadAsync(sql => sql.QueryAsync<Range>(
        "GateRange_From", new { _scene.World.ProgramId, CollectorId = _scene.Collector.Id, FirstSequence = 0L, Limit = 1_000 })))
            .Select(r => (r.FirstSequence, r.LastSequence))];

    private sealed record Range
    {
        public required long FirstSequence { get; init; }
        public required long LastSequence { get; init; }
    }
}

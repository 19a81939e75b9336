using IncidentHub.Platform.Concurrency;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Platform.Concurrency;

public class ReadCacheTests
{
    private readonly TestClock _clock = new();
    private readonly ReadCache<string, string> _cache;
    private int _reads;

    public ReadCacheTests() => _cache = new(_clock, TimeSpan.FromSeconds(10));

    private ValueTask<string?> GetAsync(string key = "a") => _cache.GetAsync(key, (k, _) => Task.FromResult<string?>($"{k}{++_reads}"));

    [Fact]
    public async Task A_value_is_cached_for_its_time()
    {
        Assert.Equal("a1", await GetAsync());
        Assert.Equal("a1", await GetAsync());
        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("a2", await GetAsync());
        Assert.Equal("a2", await GetAsync());
    }

    [Fact]
    public async Task A_value_above_its_greatest_age_is_returned_to_nobody_also_not_while_it_is_read()
    {
        var cache = new ReadCache<string, string>(_clock, TimeSpan.FromSeconds(4), atMost: TimeSpan.FromSeconds(5));
        await cache.GetAsync("a", (_, _) => Task.FromResult<string?>("old"));
        _clock.Advance(TimeSpan.FromSeconds(6));
        var slow = new TaskCompletionSource<string?>();
        var first = cache.GetAsync("a", (_, _) => slow.Task);
        var second = cache.GetAsync("a", (_, _) => slow.Task);
        Assert.False(first.IsCompleted || second.IsCompleted);
        slow.SetResult("new");
        Assert.Equal(("new", "new"), (await first, await second));
    }

    [Fact]
    public async Task When_a_value_expires_one_reader_reloads_it_and_the_others_use_the_cached_one()
    {
        await GetAsync();
        _clock.Advance(TimeSpan.FromSeconds(11));
        var slow = new TaskCompletionSource<string?>();
        var reading = _cache.GetAsync("a", (_, _) => slow.Task);
        Assert.Equal("a1", await GetAsync());
        slow.SetResult("new");
        Assert.Equal("new", await reading);
        Assert.Equal("new", await GetAsync());
        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task A_value_read_during_an_invalidation_is_used_once_and_not_cached()
    {
        var slow = new TaskCompletionSource<string?>();
        var reading = _cache.GetAsync("a", (_, _) => slow.Task);
        _cache.Forget("b");
        slow.SetResult("of before");
        Assert.Equal("of before", await reading);
        Assert.False(_cache.Has("a"));
        Assert.Equal("a1", await GetAsync());
    }

    [Fact]
    public async Task A_missing_value_is_not_cached_and_one_that_disappears_is_removed()
    {
        Assert.Null(await _cache.GetAsync("a", (_, _) => Task.FromResult<string?>(null)));
        Assert.False(_cache.Has("a"));
        await GetAsync();
        await GetAsync("b");
        _cache.Forget(value => value.StartsWith('a'));
        Assert.False(_cache.Has("a"));
        Assert.True(_cache.Has("b"));
        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(await _cache.GetAsync("b", (_, _) => Task.FromResult<string?>(null)));
        Assert.False(_cache.Has("b"));
    }
}

using IncidentHub.Switch.Pauses;

namespace IncidentHub.Tests.Switch.Gate;

/// <summary>The stored history of what was allowed at which time.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private GateScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await GateScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task The_history_begins_before_the_first_permit()
    {
        var permit = _scene.World.Verify(await _scene.PermitAsync(), "ih-permit+jwt")!.Value;
        var history = await HistoryAsync(permit.GetProperty("epoch").GetInt64());
        Assert.NotNull(history);
        Assert.True(history.Current.Allows("keystrokes", "US", 0));
        Assert.True(history.Current.At <= DateTimeOffset.FromUnixTimeSeconds(permit.GetProperty("iat").GetInt64()));
    }

    [Fact]
    public async Task Each_epoch_stores_its_rule_with_scope_and_share()
    {
        var epoch = await EpochAsync();
        _scene.At(10);
        await _scene.World.PauseAsync(["clicks"], ["DE"]);
        _scene.At(20);
        await _scene.World.PauseAsync(drillSeconds: 60);
        _scene.At(90);
        await _scene.World.TickAsync();
        var history = (await HistoryAsync(epoch))!;
        Assert.Equal([0, 1, 2, 1], history.Epochs.Select(e => e.Pauses.Count));
        Assert.Equal([true, false, false, false], history.Epochs.Select(e => e.Allows("clicks", "DE", 9_999)));
        Assert.Equal([true, true, false, true], history.Epochs.Select(e => e.Allows("clicks", "US", 9_999)));
        Assert.Equal([true, true, false, true], history.Epochs.Select(e => e.Allows("keystrokes", "DE", 9_999)));
        Assert.Equal([false, true], history.Epochs[2].Pauses.Select(p => p.IsDrill).Order());
    }

    [Fact]
    public async Task An_epoch_that_is_not_stored_is_unknown()
    {
        var epoch = await EpochAsync();
        Assert.Null(await HistoryAsync(epoch + 1));
        Assert.Null(await HistoryAsync(0));
    }

    private Task<IncidentHub.Domain.Pauses.AllowanceHistory?> HistoryAsync(long epoch) =>
        _scene.World.Hub.Db.ReadAsync(sql => EpochHistory.FromAsync(sql, _scene.World.ProgramId, epoch));

    private Task<long> EpochAsync() => _scene.World.Hub.Db.ReadAsync(sql => ProgramSwitch.EpochAsync(sql, _scene.World.ProgramId));
}

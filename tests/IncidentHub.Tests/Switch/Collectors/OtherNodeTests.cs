using IncidentHub.Platform.Live;
using IncidentHub.Switch.Collectors;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Switch.Collectors;

/// <summary>What another node knows of collectors.</summary>
public class OtherNodeTests
{
    [Fact]
    public async Task A_collector_that_was_registered_again_or_revoked_on_one_node_is_forgotten_on_the_other()
    {
        await using var world = await SwitchWorld.StartAsync(new TestHub { Shares = true });
        using var other = new OtherNode(world.Hub);
        var collector = await world.CollectorAsync("US");
        await other.LookAsync();
        var secret = collector.Secret;
        Assert.Equal("US", Assert.Single((await other.Collectors.FindAsync(secret, default))!.Programs.Values).Region);

        await collector.RegisterAsync(await world.EnrolmentKeyAsync("DE"));
        Assert.True(other.Collectors.Knows(secret));
        await other.LookAsync();
        Assert.Null(await other.Collectors.FindAsync(secret, default));
        Assert.Equal("DE", Assert.Single((await other.Collectors.FindAsync(collector.Secret, default))!.Programs.Values).Region);

        // Revoked there, it loses its stream and its place here.
        using var events = await EventReader.OpenAsync(world.Hub.CreateClient(), collector.Secret);
        await events.NextAsync();
        var authentication = world.Hub.Services.GetRequiredService<CollectorAuthentication>();
        Assert.True(authentication.Knows(collector.Secret));
        var commands = ActivatorUtilities.CreateInstance<CollectorCommands>(world.Hub.Services, other.Db, other.Collectors);
        Assert.True((await commands.RevokeAsync(collector.Id, TestHub.Actor("owner"))).IsOk);
        // The hub may have looked by itself already.
        await world.Hub.Services.GetRequiredService<NodeWatch>().LookAsync(default);
        Assert.Null(await events.NextAsync());
        Assert.False(authentication.Knows(collector.Secret));
    }
}

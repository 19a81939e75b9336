using IncidentHub.Domain;
using IncidentHub.Platform;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Outbox;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IncidentHub.Tests.Platform.Outbox;

public class OutboxTests
{
    private sealed record Rang(int Times) : IOutboxMessage
    {
        public static string Topic => "test.rang";
    }

    private sealed class Bell : IOutboxConsumer<Rang>
    {
        public int Failures { get; set; }
        public List<int> Heard { get; } = [];

        public Task ConsumeAsync(Rang message, UnitOfWork tx, CancellationToken ct)
        {
            if (Failures-- > 0) throw new InvalidOperationException("The bell is stuck.");
            Heard.Add(message.Times);
            return Task.CompletedTask;
        }
    }

    // The hub's own dispatcher would deliver by itself: here the test says when.
    private static (WebApplicationFactory<Program> Hub, TestHub Base) Hub()
    {
        var hub = new TestHub();
        return (hub.WithWebHostBuilder(b => b.ConfigureTestServices(s =>
        {
            s.AddOutboxConsumer<Rang, Bell>();
            s.Remove(s.Single(d => d.ServiceType == typeof(IHostedService) && d.ImplementationFactory?.Method.DeclaringType?.DeclaringType == typeof(OutboxModule)));
        })), hub);
    }

    private static Task<Result<Done>> SendAsync(Db db, int times, Refusal? refusal = null) => db.WriteAsync<Done>(async tx =>
    {
        await tx.SendAsync(new Rang(times));
        return refusal is null ? default(Done) : refusal;
    });

    [Fact]
    public async Task A_message_is_delivered_once_after_the_commit_and_never_after_a_refusal()
    {
        var (hub, owner) = Hub();
        await using var _ = owner;
        var (db, dispatcher, bell) = (hub.Services.GetRequiredService<Db>(), hub.Services.GetRequiredService<OutboxDispatcher>(), hub.Services.GetRequiredService<Bell>());
        await SendAsync(db, 1);
        await SendAsync(db, 2, Refusal.Stale("No."));
        Assert.Equal(1, await dispatcher.DeliverWaitingAsync(CancellationToken.None));
        Assert.Equal(0, await dispatcher.DeliverWaitingAsync(CancellationToken.None));
        Assert.Equal([1], bell.Heard);
    }

    [Fact]
    public async Task What_fails_is_tried_again_later_and_parked_after_ten_times()
    {
        var (hub, owner) = Hub();
        await using var _ = owner;
        var (db, dispatcher, bell) = (hub.Services.GetRequiredService<Db>(), hub.Services.GetRequiredService<OutboxDispatcher>(), hub.Services.GetRequiredService<Bell>());
        bell.Failures = 1;
        await SendAsync(db, 1);
        await dispatcher.DeliverWaitingAsync(CancellationToken.None);
        Assert.Equal(0, await dispatcher.DeliverWaitingAsync(CancellationToken.None));
        owner.Clock.Advance(TimeSpan.FromSeconds(3));
        await dispatcher.DeliverWaitingAsync(CancellationToken.None);
        Assert.Equal([1], bell.Heard);

        bell.Failures = int.MaxValue;
        await SendAsync(db, 2);
        for (var n = 0; n < 10; n++)
        {
            Assert.Equal(1, await dispatcher.DeliverWaitingAsync(CancellationToken.None));
            owner.Clock.Advance(TimeSpan.FromHours(1));
        }
        Assert.Equal(0, await dispatcher.DeliverWaitingAsync(CancellationToken.None));
        Assert.Equal(1, await db.ReadAsync(sql => sql.ScalarAsync<int>("Outbox_CountParked")));
        Assert.Equal("Degraded", await hub.CreateClient().GetStringAsync("/readyz"));
    }

    [Fact]
    public async Task A_claim_that_its_holder_never_finished_is_taken_over()
    {
        var (hub, owner) = Hub();
        await using var _ = owner;
        var (db, dispatcher, bell) = (hub.Services.GetRequiredService<Db>(), hub.Services.GetRequiredService<OutboxDispatcher>(), hub.Services.GetRequiredService<Bell>());
        await SendAsync(db, 1);
        await db.WriteAsync<int>(async tx => (await tx.QueryAsync<OutboxRow>("Outbox_Claim", new { Me = OrderedId.Next(tx.Now), tx.Now, Until = tx.Now.AddSeconds(30), Limit = 5 })).Count);
        Assert.Equal(0, await dispatcher.DeliverWaitingAsync(CancellationToken.None));
        owner.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(1, await dispatcher.DeliverWaitingAsync(CancellationToken.None));
        Assert.Equal([1], bell.Heard);
    }
}

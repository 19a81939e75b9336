using System.Diagnostics.Metrics;
using IncidentHub.Domain;
using IncidentHub.Domain.Flags;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Telemetry;
using IncidentHub.Response.Flags;
using IncidentHub.Switch.Pauses;
using IncidentHub.Tests.Support;
using IncidentHub.Tests.Switch.Collectors;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Database;

/// <summary>Work that runs again after a conflict does once what it does outside of the database.</summary>
public class RetriedWorkTests
{
    [Fact]
    public async Task What_follows_a_commit_happens_once_and_not_where_nothing_was_committed()
    {
        await using var hub = new TestHub();
        var (runs, followed) = (0, 0);
        await hub.Db.WriteAsync<Done>(tx =>
        {
            tx.OnCommitted(() => followed++);
            if (++runs == 1) throw new ConcurrencyConflictException("A row");
            return Task.FromResult<Result<Done>>(default(Done));
        });
        Assert.Equal((2, 1), (runs, followed));
        await hub.Db.WriteAsync<Done>(tx =>
        {
            tx.OnCommitted(() => followed++);
            return Task.FromResult<Result<Done>>(Refusal.Stale("No."));
        });
        Assert.Equal(1, followed);
    }

    [Fact]
    public async Task A_stop_is_measured_once_although_its_transaction_ran_twice()
    {
        await using var world = await SwitchWorld.StartAsync();
        var collector = await world.CollectorAsync("US");
        var permit = (await collector.AskAsync()).Token!;
        var pause = (await world.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid();
        // No other test measures this time.
        var time = TimeSpan.FromMilliseconds(17_389);
        world.Hub.Clock.Advance(time);
        var epoch = (await collector.AskAsync()).Stop!.Value.GetProperty("epoch").GetInt64();
        ApiCalls.AssertOk(await collector.StopAsync(collector.Ack(permit, epoch)));
        await world.Hub.Db.ReadAsync(sql => Dapper.SqlMapper.ExecuteAsync(((Sql)sql).Connection, "UPDATE Pause SET FullyStoppedAt = NULL"));

        var (runs, measured) = (0, 0);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Name == HubMetrics.Name && instrument.Name == "incidenthub.pause.stop.duration")
                to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => measured += seconds == time.TotalSeconds ? 1 : 0);
        listener.Start();
        var program = await world.ProgramAsync("MCI");
        var reports = world.Hub.Services.GetRequiredService<StopReports>();
        await world.Hub.Db.WriteAsync<Done>(async tx =>
        {
            Assert.True(await reports.CompleteAsync(tx, program, (await PauseStore.FindAsync(tx, pause))!.State));
            if (++runs == 1) throw new ConcurrencyConflictException("A row");
            return default(Done);
        });
        Assert.Equal((2, 1), (runs, measured));
    }

    [Fact]
    public async Task A_flag_counts_once_against_the_limits_of_its_sender()
    {
        await using var hub = new TestHub();
        ConflictingWriter? writer = null;
        await using var conflicting = hub.WithWebHostBuilder(b => b.ConfigureTestServices(services =>
        {
            var own = services.Last(s => s.ServiceType == typeof(IWriter));
            services.AddSingleton<IWriter>(s => writer = new((IWriter)own.ImplementationFactory!(s)));
        }));
        var commands = conflicting.Services.GetRequiredService<FlagCommands>();
        writer!.Conflicts = true;
        var asked = 0;
        var filed = await commands.FileAsync(new SendFlag(new FlagReport("Something."), Anonymous: false, new string('a', 32)),
            TestHub.Actor("employee"), () =>
            {
                asked++;
                return null;
            });
        Assert.True(filed.IsOk);
        Assert.False(writer.Conflicts);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Who_waits_for_a_write_is_told_also_where_SQLite_rolled_back_everything_and_the_next_write_succeeds()
    {
        Assert.SkipWhen(TestEngine.Current != Engine.Sqlite, "The writer of SQLite.");
        await using var hub = new TestHub();
        var failed = hub.Db.WriteAsync<Done>(async tx =>
        {
            // As SQLite does by itself where the disk is full.
            await using var rollback = tx.Connection.CreateCommand();
            (rollback.CommandText, rollback.Transaction) = ("ROLLBACK", tx.Transaction);
            await rollback.ExecuteNonQueryAsync();
            throw new InvalidDataException("The write at fault.");
        });
        await Assert.ThrowsAsync<InvalidDataException>(() => failed.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.True((await hub.Db.WriteAsync<int>(async tx => await Counters.NextAsync(tx, "after"))).IsOk);
    }

    /// <summary>Once where it is told to, the work has a conflict at its end.</summary>
    private sealed class ConflictingWriter(IWriter writer) : IWriter
    {
        public bool Conflicts { get; set; }

        public Task<UnitOfWork?> RunAsync(Func<UnitOfWork, Task<bool>> work, WriteLane lane, CancellationToken ct) => writer.RunAsync(
            async tx =>
            {
                var done = await work(tx);
                if (!Conflicts) return done;
                Conflicts = false;
                throw new ConcurrencyConflictException("A row");
            },
            lane,
            ct);
    }
}

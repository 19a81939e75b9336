using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;
using IncidentHub.Platform.Live;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Database;

public class DbTests
{
    private static Person Somebody(string account) => new(Guid.CreateVersion7(), account, account, "", Roles.Reporter, true);

    [Fact]
    public async Task A_refusal_rolls_everything_back_and_notifies_no_page()
    {
        await using var hub = new TestHub();
        var told = 0;
        using var subscription = hub.Services.GetRequiredService<LiveFeed>().Subscribe(["people"], () => told++);
        var result = await hub.Db.WriteAsync<Done>(async tx =>
        {
            await People.SaveAsync(tx, Somebody("ghost"));
            tx.Touch("people");
            return Refusal.Stale("No.");
        });
        Assert.False(result.IsOk);
        Assert.Equal(0, told);
        Assert.Null(await hub.Services.GetRequiredService<People>().FindByAccountAsync("ghost"));
    }

    [Fact]
    public async Task Work_whose_guarded_update_failed_runs_again_on_fresh_rows_and_leaves_one_audit_record()
    {
        await using var hub = new TestHub();
        var before = await EntriesAsync(hub);
        var runs = 0;
        var result = await hub.Db.WriteAsync<int>(async tx =>
        {
            await People.SaveAsync(tx, Somebody($"run-{++runs}"));
            await tx.RecordAsync(TestHub.Actor("responder"), new() { Action = "test.ran", Subject = $"run {runs}" });
            return runs < 3 ? throw new ConcurrencyConflictException("The row") : runs;
        });
        Assert.Equal(3, result.Value);
        var people = hub.Services.GetRequiredService<People>();
        Assert.Null(await people.FindByAccountAsync("run-1"));
        Assert.NotNull(await people.FindByAccountAsync("run-3"));
        Assert.Equal(before + 1, await EntriesAsync(hub));
    }

    [Fact]
    public async Task A_hub_that_stops_waits_for_writes_in_progress()
    {
        await using var hub = new TestHub();
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = hub.Db.WriteAsync<Done>(async tx =>
        {
            await goOn.Task;
            await People.SaveAsync(tx, Somebody("last"));
            return default(Done);
        });
        var drained = hub.Db.DrainAsync(CancellationToken.None);
        Assert.False(drained.IsCompleted);
        goOn.SetResult();
        await drained;
        Assert.True(writing.IsCompleted);
        Assert.NotNull(await hub.Services.GetRequiredService<People>().FindByAccountAsync("last"));
        using var limit = new CancellationTokenSource();
        await limit.CancelAsync();
        await hub.Db.DrainAsync(limit.Token);
    }

    [Fact]
    public async Task Work_that_always_meets_a_conflict_is_refused_and_nothing_is_saved()
    {
        await using var hub = new TestHub();
        var result = await hub.Db.WriteAsync<Done>(async tx =>
        {
            await People.SaveAsync(tx, Somebody("never"));
            throw new ConcurrencyConflictException("The row");
        });
        Assert.Equal(RefusalKind.Conflict, result.Refusal!.Kind);
        Assert.Null(await hub.Services.GetRequiredService<People>().FindByAccountAsync("never"));
    }

    private static Task<long> EntriesAsync(TestHub hub) =>
        hub.Db.ReadAsync(async sql => await Dapper.SqlMapper.ExecuteScalarAsync<long>(
            ((Sql)sql).Connection, "SELECT COUNT(*) FROM AuditEntry"));

    [Fact]
    public async Task Of_writes_that_share_a_commit_each_fails_alone()
    {
        await using var hub = new TestHub();
        var people = hub.Services.GetRequiredService<People>();
        var works = Enumerable.Range(0, 60).Select(async n =>
        {
            try
            {
                await hub.Db.WriteAsync<Done>(async tx =>
                {
                    await People.SaveAsync(tx, Somebody($"crowd-{n}"));
                    if (n % 3 == 0) throw new InvalidOperationException("fails");
                    return default(Done);
                });
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }).ToList();
        var done = await Task.WhenAll(works);
        for (var n = 0; n < 60; n++)
        {
            Assert.Equal(n % 3 != 0, done[n]);
            Assert.Equal(done[n], await people.FindByAccountAsync($"crowd-{n}") is not null);
        }
    }

    [Fact]
    public async Task A_pause_overtakes_waiting_writes()
    {
        await using var hub = new TestHub();
        var order = new List<string>();
        var gate = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        Task<Result<Done>> Write(string name, WriteLane lane, Task? wait = null) => hub.Db.WriteAsync<Done>(
            async _ =>
            {
                entered.TrySetResult();
                if (wait is not null) await wait;
                order.Add(name);
                return default(Done);
            },
            lane);
        var first = Write("first", WriteLane.Normal, gate.Task);
        await entered.Task;
        var waiting = Enumerable.Range(0, 5).Select(n => Write($"normal {n}", WriteLane.Normal)).ToList();
        var pause = Write("pause", WriteLane.Pause);
        gate.SetResult();
        await Task.WhenAll([first, pause, .. waiting]);
        Assert.Equal(["first", "pause"], order.Take(2));
    }

    [Fact]
    public async Task A_flood_of_pauses_does_not_starve_ordinary_writes()
    {
        await using var hub = new TestHub();
        var db = hub.Db;
        var flooding = true;
        var pauses = 0;
        Task<Result<Done>> Pause() => db.WriteAsync<Done>(
            _ =>
            {
                Interlocked.Increment(ref pauses);
                return Task.FromResult<Result<Done>>(default(Done));
            },
            WriteLane.Pause);
        // Eight at a time, each followed by the next: at every time a pause is waiting.
        var flood = Enumerable.Range(0, 8).Select(_ => Task.Run(async () => { while (Volatile.Read(ref flooding)) await Pause(); }))
            .ToArray();
        while (Volatile.Read(ref pauses) < 50) await Task.Yield();
        for (var n = 0; n < 20; n++) await db.WriteAsync<Done>(_ => Task.FromResult<Result<Done>>(default(Done)))
            .WaitAsync(TimeSpan.FromSeconds(20));
        Volatile.Write(ref flooding, false);
        await Task.WhenAll(flood);
        Assert.True(pauses > 50);
    }

    [Fact]
    public async Task A_command_that_may_place_a_pause_overtakes_waiting_ordinary_writes()
    {
        await using var hub = new TestHub();
        var owner = await hub.AsAsync("owner");
        await owner.MakeAsync("/api/v1/programs", Catalog.Programs.ProgramApiTests.Program("MCI"));
        await owner.MakeAsync("/api/v1/programs/MCI/launch", new { });
        var responder = TestHub.Actor("responder");
        var declare = hub.Services.GetRequiredService<IncidentCommands>();
        var gate = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var first = hub.Db.WriteAsync<Done>(async _ =>
        {
            entered.SetResult();
            await gate.Task;
            return default(Done);
        });
        await entered.Task;
        var after = 0;
        var ordinary = Enumerable.Range(0, 5).Select(_ => hub.Db.WriteAsync<Done>(async tx =>
        {
            if (await tx.ScalarAsync<long>("MeasuredIncident_Count") > 0) Interlocked.Increment(ref after);
            return default(Done);
        })).ToList();
        var declared =
            declare.DeclareAsync(
            new DeclareIncident { Title = "Readable by everybody", Sev = (int)Sev.Major, Programs = [new("MCI", null, null, null, null)] },
            responder);
        gate.SetResult();
        await Task.WhenAll([first, .. ordinary]);
        Assert.True((await declared).IsOk);
        Assert.Equal(5, after);
    }

    [Fact]
    public async Task A_write_inside_a_write_throws()
    {
        await using var hub = new TestHub();
        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Db.WriteAsync<Done>(async _ =>
        {
            await hub.Db.WriteAsync<Done>(_ => Task.FromResult<Result<Done>>(default(Done)));
            return default(Done);
        }));
    }

    [Fact]
    public async Task A_second_process_on_the_same_file_is_refused()
    {
        await using var hub = new TestHub();
        _ = hub.Services;
        Assert.Throws<IOException>(() => new FileStream(hub.DatabaseFile + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None));
    }
}

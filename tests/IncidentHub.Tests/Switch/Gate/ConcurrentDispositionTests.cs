using System.Data.Common;
using System.Net;
using System.Text.Json;
using Dapper;
using IncidentHub.Domain;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Switch.Gate;

/// <summary>Two people dispose of the same quarantined batches concurrently.</summary>
public sealed class ConcurrentDispositionTests : IAsyncLifetime
{
    private const string Path = "/api/v1/programs/MCI/quarantined-batches/dispose";
    private GateScene _scene = null!;
    private HttpClient _owner = null!, _privacy = null!;
    private string _permit = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await GateScene.StartAsync();
        (_owner, _privacy) = (await _scene.World.Hub.AsAsync("owner"), await _scene.World.Hub.AsAsync("privacy"));
        _permit = await _scene.PermitAsync();
        _scene.At(20);
        await _scene.World.PauseAsync();
        _scene.At(120);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Of_two_people_who_admit_and_purge_the_same_list_one_succeeds_and_the_other_gets_a_conflict()
    {
        var ids = await HoldAsync(12);
        var answers = await Task.WhenAll(Admit(ids), Purge(ids));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(a => a.Status).Order());
        Assert.Equal("already_disposed", answers.Single(a => a.Status == HttpStatusCode.Conflict).Body.Text("code"));
        await AssertFinalAsync(ids);
    }

    [Fact]
    public async Task Of_two_people_who_admit_and_purge_one_batch_exactly_one_succeeds_each_time()
    {
        var ids = await HoldAsync(8);
        var answers = await Task.WhenAll(ids.Select(async id => await Task.WhenAll(Admit([id]), Purge([id]))));
        Assert.All(answers, pair => Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], pair.Select(a => a.Status).Order()));
        await AssertFinalAsync(ids);
    }

    [Fact]
    public async Task A_class_that_is_purged_while_some_of_its_batches_are_admitted_has_one_final_disposition_per_batch()
    {
        var ids = await HoldAsync(8);
        _scene.At(121);
        var some = ids.Take(4).ToList();
        var (admitted, purged) = (Admit(some), Task.Run(() =>
            _owner.PostAsync(Path, new { disposition = "Purge", reason = "Not wanted.", @class = "A" })));
        Assert.Equal(HttpStatusCode.OK, (await purged).Status);
        var batches = (await purged).Body.GetProperty("batches").GetInt32();
        Assert.Equal((await admitted).Status == HttpStatusCode.OK ? 4 : 8, batches);
        await AssertFinalAsync(ids);
    }

    [Fact]
    public async Task A_batch_that_was_disposed_of_since_it_was_read_is_not_disposed_of_again()
    {
        var id = Assert.Single(await HoldAsync(1));
        Assert.Equal(HttpStatusCode.OK, (await Admit([id])).Status);
        var second = new
        {
            Number = 1_000L,
            BatchId = id,
            ProgramId = _scene.World.ProgramId,
            Disposition = "Purge",
            At = _scene.World.Hub.Clock.Now,
            ById = TestHub.Actor("owner").Id,
            ByName = "Program owner",
            Reason = "Not wanted.",
            Was = (string?)null,
        };
        var tried = await _scene.World.Hub.Db.WriteAsync<Done>(async tx =>
        {
            Assert.Equal(0, await tx.ExecuteAsync("QuarantinedBatch_Dispose", second));
            await Assert.ThrowsAnyAsync<DbException>(() => tx.ExecuteAsync("GateDisposition_Insert", second));
            return Refusal.Stale("Nothing of it is kept.");
        });
        Assert.False(tried.IsOk);
        await AssertFinalAsync([id]);
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> Admit(IReadOnlyList<Guid> ids) => Task.Run(() =>
        _privacy.PostAsync(Path, new { disposition = "Admit", reason = "Collected before it.", ids }));

    private Task<(HttpStatusCode Status, JsonElement Body)> Purge(IReadOnlyList<Guid> ids) => Task.Run(() =>
        _owner.PostAsync(Path, new { disposition = "Purge", reason = "Not wanted.", ids }));

    private async Task<List<Guid>> HoldAsync(int count)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++) ids.Add(await _scene.HeldAsync(_scene.Batch(_permit, 500, 10_000), "A", "uploaded_under_pause"));
        return ids;
    }

    // One disposition each, the same in the feed of ingestion and on the batch, and none for other batches.
    private async Task AssertFinalAsync(IReadOnlyList<Guid> ids)
    {
        var told = (await _scene.DispositionsAsync()).GetProperty("items").EnumerateArray()
            .Select(d => (Id: d.GetProperty("batchId").GetGuid(), Disposition: d.Text("disposition"))).ToList();
        Assert.Equal(ids.Order(), told.Select(d => d.Id).Order());
        var stand = (await _scene.World.Hub.Db.ReadAsync(async sql => (await ((Sql)sql).Connection
            .QueryAsync<QuarantinedBatchRow>("SELECT Id, Disposition FROM QuarantinedBatch")).AsList())).ToDictionary(b => b.Id);
        Assert.All(told, d => Assert.Equal(d.Disposition, stand[d.Id].Disposition));
        Assert.Equal(ids.Count, told.Count(d => d.Disposition is "Admit" or "Purge"));
    }

    private sealed record QuarantinedBatchRow
    {
        public required Guid Id { get; init; }
        public required string? Disposition { get; init; }
    }
}

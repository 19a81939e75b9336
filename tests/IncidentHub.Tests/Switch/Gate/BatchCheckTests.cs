using System.Net;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Switch.Gate;

/// <summary>Every class over HTTP. A permit is valid for 60 s, G is 2 s.</summary>
public sealed class BatchCheckTests : IAsyncLifetime
{
    private GateScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await GateScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_batch_collected_while_it_was_allowed_gets_a_signed_admission()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(12);
        var batch = _scene.Batch(permit, 500, 10_000);
        var claims = await _scene.AdmittedAsync(batch);
        Assert.Equal(_scene.Collector.Id.ToString(), claims.Text("sub"));
        Assert.Equal(("MCI", batch["digest"]), (claims.Text("aud"), claims.Text("digest")));
        Assert.Equal((0L, 9L), (claims.GetProperty("firstSequence").GetInt64(), claims.GetProperty("lastSequence").GetInt64()));
        Assert.True(claims.GetProperty("epoch").GetInt64() >= 1);
    }

    [Fact]
    public async Task A_repeated_batch_gets_the_same_result_also_after_a_pause()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(12);
        var batch = _scene.Batch(permit, 500, 10_000);
        var first = await _scene.AdmittedAsync(batch);
        await _scene.World.PauseAsync();
        _scene.At(300);
        var again = await _scene.AdmittedAsync(batch);
        Assert.Equal(first.GetRawText(), again.GetRawText());

        var late = _scene.Batch(permit, 500, 10_000);
        var held = await _scene.HeldAsync(late, "A", "uploaded_under_pause");
        Assert.Equal(held, await _scene.HeldAsync(late, "A", "uploaded_under_pause"));
        Assert.Single((await _scene.QuarantineAsync()).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_batch_in_progress_when_the_epoch_changes_is_admitted()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(20);
        await _scene.World.PauseAsync();
        _scene.At(21);
        await _scene.AdmittedAsync(_scene.Batch(permit, 500, 15_000));
    }

    [Fact]
    public async Task A_batch_uploaded_long_after_the_pause_is_class_A()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(20);
        var pause = (await _scene.World.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid();
        _scene.At(120);
        var (status, body) = await _scene.CheckAsync(_scene.Batch(permit, 500, 15_000));
        Assert.Equal((HttpStatusCode.Locked, "A", "hold"), (status, body.Text("class"), body.Text("answer")));
        Assert.Equal(pause, Assert.Single(body.GetProperty("pauseIds").EnumerateArray()).GetGuid());
        Assert.Contains("quarantined", Assert.Single(await _scene.StoryAsync("quarantined")).Title);
        Assert.Equal(1, await _scene.AuditedAsync("gate.held"));
    }

    [Fact]
    public async Task A_batch_collected_while_stopping_is_class_B()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(20);
        await _scene.World.PauseAsync();
        _scene.At(25);
        await _scene.HeldAsync(_scene.Batch(permit, 500, 22_000), "B", "collected_after_pause");
        // The last second before the pause is ambiguous: permit times are whole seconds.
        await _scene.HeldAsync(_scene.Batch(permit, 500, 19_500), "B", "collected_after_pause");
    }

    [Fact]
    public async Task After_the_end_of_the_pause_data_collected_before_it_is_admitted()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(20);
        await _scene.World.PauseAsync(drillSeconds: 60);
        _scene.At(100);
        await _scene.World.TickAsync();
        await _scene.AdmittedAsync(_scene.Batch(permit, 500, 15_000));
        await _scene.HeldAsync(_scene.Batch(permit, 500, 25_000), "B", "collected_after_pause");
    }

    [Fact]
    public async Task A_pause_of_one_category_quarantines_only_batches_with_that_category()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(20);
        await _scene.World.PauseAsync(categories: ["clicks"]);
        _scene.At(40);
        await _scene.AdmittedAsync(_scene.Batch(permit, 500, 35_000));
        await _scene.HeldAsync(_scene.Batch(permit, 500, 35_000, ["keystrokes", "clicks"]), "B", "collected_after_pause");
        // The categories can be stated per permit.
        var (narrower, _, _) = await _scene.Collector.AskAsync();
        _scene.At(50);
        await _scene.AdmittedAsync(_scene.Batch(null, 0, 0, ["keystrokes", "clicks"], b => b["permits"] = new object[]
        {
            new { permit, startOffsetMs = 500, endOffsetMs = 15_000 },
                new { permit = narrower, startOffsetMs = 300, endOffsetMs = 5_000, categories = new[] { "keystrokes" } },
        }));
    }

    [Fact]
    public async Task Several_batches_are_answered_individually_in_their_order()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(20);
        await _scene.World.PauseAsync();
        _scene.At(25);
        object[] batches =
        [
            _scene.Batch(permit, 500, 10_000), _scene.Batch(permit, 500, 22_000), _scene.Batch(null, 0, 0),
                _scene.Batch(permit, 500, 10_000, change: b => b["digest"] = "short"),
            _scene.Batch(permit, 500, 10_000, change: b => b["program"] = "NOWHERE"),
        ];
        var (status, body) = await _scene.CheckAsync(new { batches });
        Assert.Equal(HttpStatusCode.OK, status);
        var results = body.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal([200, 423, 423, 400, 404], results.Select(r => r.GetProperty("status").GetInt32()));
        Assert.Equal([null, "B", "D", null, null], results.Select(r => r.GetProperty("class").GetString()));
        Assert.Equal("digest", Assert.Single(results[3].GetProperty("errors").EnumerateObject()).Name);
        _scene.Admission(results[0].Text("admission"));
    }

    [Fact]
    public async Task Thousands_of_equal_batches_write_a_handful_of_entries()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(20);
        await _scene.World.PauseAsync();
        _scene.At(120);
        for (var i = 0; i < 3; i++)
        {
            _scene.At(121 + i);
            await _scene.CheckAsync(new { batches = Enumerable.Range(0, 40).Select(_ => _scene.Batch(permit, 500, 10_000)).ToArray() });
        }
        Assert.Equal(["1", "10", "100"], (await _scene.StoryAsync("quarantined")).Select(e => e.Data!.Value.GetProperty("count").ToString())
            .OrderBy(n => n.Length));
        Assert.Equal(120, (await _scene.QuarantineAsync()).GetProperty("undecided").GetProperty("A").GetInt32());
    }
}

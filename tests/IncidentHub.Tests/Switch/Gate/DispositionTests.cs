using System.Net;
using System.Text.Json;
using IncidentHub.Switch.Gate;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Switch.Gate;

/// <summary>Dispositions of quarantined batches by people, and their delivery to ingestion.</summary>
public sealed class DispositionTests : IAsyncLifetime
{
    private GateScene _scene = null!;
    private string _permit = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await GateScene.StartAsync();
        _permit = await _scene.PermitAsync();
        _scene.At(20);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task An_admitting_disposition_has_a_signed_admission_and_the_batch_is_then_accepted()
    {
        var (batch, id) = await LateAsync();
        await DecidedAsync("owner", new { disposition = "Admit", reason = "Collected before the hole was opened.", ids = new[] { id } });
        var told = Assert.Single((await _scene.DispositionsAsync()).GetProperty("items").EnumerateArray());
        Assert.Equal(("Admit", "A", "MCI"), (told.Text("disposition"), told.Text("class"), told.Text("program")));
        var admission = _scene.Admission(told.Text("admission"));
        Assert.Equal((id.ToString("N"), batch["digest"]), (admission.Text("jti"), admission.Text("digest")));
        Assert.Equal(admission.GetRawText(), (await _scene.AdmittedAsync(batch)).GetRawText());
        Assert.Equal(1, await _scene.AuditedAsync("quarantined-data.admitted"));
        Assert.Contains("admitted", Assert.Single(await _scene.StoryAsync("quarantine-decided")).Title);
    }

    [Fact]
    public async Task The_feed_of_dispositions_continues_after_the_last_number()
    {
        var (_, first) = await LateAsync();
        var (_, second) = await LateAsync();
        await DecidedAsync("privacy", new { disposition = "Seal", reason = "Until it is clear.", ids = new[] { first } });
        await DecidedAsync("privacy", new { disposition = "Purge", reason = "Nobody needs it.", ids = new[] { second } });
        var all = await _scene.DispositionsAsync();
        Assert.Equal([1L, 2L], all.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("number").GetInt64()));
        Assert.All(all.GetProperty("items").EnumerateArray(), i => Assert.Equal(JsonValueKind.Null, i.GetProperty("admission").ValueKind));
        var rest = await _scene.DispositionsAsync(after: 1);
        Assert.Equal((second, 2L), (Assert.Single(rest.GetProperty("items").EnumerateArray()).GetProperty("batchId")
            .GetGuid(), rest.GetProperty("next").GetInt64()));
        Assert.Equal(2, (await _scene.DispositionsAsync(after: 2)).GetProperty("next").GetInt64());

        // A key of another program skips these, and does not read them again each time.
        await _scene.World.AddProgramAsync("OTHER");
        var others = await _scene.DispositionsAsync(ingestion: await _scene.IngestionAsync("OTHER"));
        Assert.Equal((0, 2L), (others.GetProperty("items").GetArrayLength(), others.GetProperty("next").GetInt64()));
    }

    [Fact]
    public async Task A_full_page_of_dispositions_is_continued_after_its_last_number()
    {
        for (var i = 0; i < 3; i++)
            await DecidedAsync(
                "privacy", new { disposition = "Seal", reason = "Until it is clear.", ids = new[] { (await LateAsync()).Id } });
        var client = await _scene.IngestionAsync("MCI");
        var seen = new List<long>();
        for (long next = 0; ;)
        {
            var page = await client.ReadAsync($"/api/v1/gate/dispositions?after={next}&limit=2");
            if (page.GetProperty("items").GetArrayLength() == 0) break;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("number").GetInt64()));
            next = page.GetProperty("next").GetInt64();
        }
        Assert.Equal([1L, 2L, 3L], seen);
        ApiCalls.AssertProblem(await client.SendAsync(HttpMethod.Get, "/api/v1/gate/dispositions?after=4"),
            HttpStatusCode.BadRequest, "after");
    }

    [Fact]
    public async Task A_disposed_batch_returns_its_disposition_when_it_is_checked_again()
    {
        var (batch, id) = await LateAsync();
        await DecidedAsync("owner", new { disposition = "Seal", reason = "Until it is clear.", ids = new[] { id } });
        Assert.Equal("seal", (await _scene.CheckAsync(batch)).Body.Text("answer"));
        await DecidedAsync("owner", new { disposition = "Purge", reason = "It is clear now.", ids = new[] { id } });
        Assert.Equal("purge", (await _scene.CheckAsync(batch)).Body.Text("answer"));
    }

    [Fact]
    public async Task Admitting_and_purging_are_final()
    {
        var (_, id) = await LateAsync();
        await DecidedAsync("owner", new { disposition = "Admit", reason = "Fine.", ids = new[] { id } });
        var again = await _scene.DisposeAsync("privacy", new { disposition = "Purge", reason = "Not fine.", ids = new[] { id } });
        Assert.Equal((HttpStatusCode.Conflict, "already_disposed"), (again.Status, again.Body.Text("code")));
    }

    [Fact]
    public async Task Only_privacy_admits_what_may_have_been_collected_after_the_pause_and_nobody_admits_a_violation()
    {
        await _scene.World.PauseAsync();
        _scene.At(25);
        var residue = await _scene.HeldAsync(_scene.Batch(_permit, 500, 23_000), "B", "collected_after_pause");
        _scene.At(120);
        var violation = await _scene.HeldAsync(_scene.Batch(_permit, 500, 70_000), "C", "collected_after_stop");
        Assert.Equal(HttpStatusCode.Forbidden, (await Admit("owner", residue)).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await _scene.DisposeAsync("owner", new { disposition = "Admit", reason = "All.", @class = "B" })).Status);
        var never = await Admit("privacy", violation);
        Assert.Equal((HttpStatusCode.Conflict, "never_admitted"), (never.Status, never.Body.Text("code")));
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await _scene.DisposeAsync("privacy", new { disposition = "Admit", reason = "All.", @class = "C" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await Admit("privacy", residue)).Status);
        await DecidedAsync("owner", new { disposition = "Purge", reason = "It should not be there.", @class = "C" });

        Task<(HttpStatusCode Status, JsonElement Body)> Admit(string account, Guid id) =>
            _scene.DisposeAsync(account, new { disposition = "Admit", reason = "Looked at.", ids = new[] { id } });
    }

    [Fact]
    public async Task A_whole_class_is_disposed_of_at_once_and_other_classes_stay()
    {
        await _scene.World.PauseAsync();
        _scene.At(25);
        await _scene.HeldAsync(_scene.Batch(_permit, 500, 23_000), "B", "collected_after_pause");
        _scene.At(120);
        for (var i = 0; i < 5; i++)
            await _scene.CheckAsync(new { batches = Enumerable.Range(0, 50).Select(_ => _scene.Batch(_permit, 500, 10_000)).ToArray() });
        _scene.At(121);
        var (status, body) = await _scene.DisposeAsync("owner", new { disposition = "Purge", reason = "Not wanted.", @class = "A" });
        Assert.Equal((HttpStatusCode.OK, 250), (status, body.GetProperty("batches").GetInt32()));
        var left = await _scene.QuarantineAsync();
        Assert.Equal("B", Assert.Single(left.GetProperty("items").EnumerateArray()).Text("class"));
        Assert.Contains("250 quarantined batches purged", Assert.Single(await _scene.StoryAsync("quarantine-decided")).Title);
        Assert.Equal(250, (await _scene.DispositionsAsync()).GetProperty("items")
            .GetArrayLength() + (await _scene.DispositionsAsync(after: 50)).GetProperty("items").GetArrayLength() * 4);
        Assert.Equal(
            0, (await _scene.DisposeAsync("owner", new { disposition = "Purge", reason = "Not wanted.", @class = "A" })).Body.GetProperty(
                "batches").GetInt32());
    }

    [Theory]
    [InlineData("responder", HttpStatusCode.Forbidden)]
    [InlineData("executive", HttpStatusCode.Forbidden)]
    [InlineData("employee", HttpStatusCode.Forbidden)]
    [InlineData("deputy", HttpStatusCode.OK)]
    [InlineData("privacy", HttpStatusCode.OK)]
    public async Task Owners_deputies_and_privacy_dispose_of_quarantined_data(string account, HttpStatusCode expected)
    {
        var (_, id) = await LateAsync();
        Assert.Equal(
            expected, (await _scene.DisposeAsync(account, new { disposition = "Seal", reason = "Because.", ids = new[] { id } })).Status);
    }

    [Fact]
    public async Task A_disposition_without_a_reason_or_without_batches_is_refused_by_field()
    {
        var (_, id) = await LateAsync();
        ApiCalls.AssertProblem(await _scene.DisposeAsync("owner", new { disposition = "Seal", ids = new[] { id } }),
            HttpStatusCode.BadRequest, "reason");
        ApiCalls.AssertProblem(
            await _scene.DisposeAsync("owner", new { disposition = "Seal", reason = new string('x', 2_001), ids = new[] { id } }),
            HttpStatusCode.BadRequest, "reason");
        ApiCalls.AssertProblem(await _scene.DisposeAsync("owner", new { reason = "x", ids = new[] { id } }),
            HttpStatusCode.BadRequest, "disposition");
        ApiCalls.AssertProblem(await _scene.DisposeAsync("owner", new { disposition = "Seal", reason = "x" }),
            HttpStatusCode.BadRequest, "ids");
        ApiCalls.AssertProblem(
            await _scene.DisposeAsync("owner", new { disposition = "Seal", reason = "x", ids = new[] { id }, @class = "A" }),
            HttpStatusCode.BadRequest, "ids");
        ApiCalls.AssertProblem(await _scene.DisposeAsync("owner", new { disposition = "Seal", reason = "x", @class = "D" }),
            HttpStatusCode.BadRequest, "class");
        ApiCalls.AssertProblem(await _scene.DisposeAsync("owner", new { disposition = "Burn", reason = "x", ids = new[] { id } }),
            HttpStatusCode.BadRequest, "disposition");
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await _scene.DisposeAsync("owner", new { disposition = "Seal", reason = "x", ids = new[] { id, Guid.Empty } })).Status);
        Assert.Single((await _scene.QuarantineAsync()).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Collectors_are_named_only_for_viewers_who_may_see_them()
    {
        await LateAsync();
        foreach (var operators in new[] { "owner", "responder" })
        {
            var seen = Item(await _scene.QuarantineAsync(operators));
            Assert.Equal(("ws-1", "host-1"), (seen.Text("collector"), seen.Text("host")));
        }
        foreach (var account in new[] { "privacy", "executive" })
        {
            var others = Item(await _scene.QuarantineAsync(account));
            Assert.All(
                new[] { "collector", "host", "region" }, field => Assert.Equal(JsonValueKind.Null, others.GetProperty(field).ValueKind));
        }
        Assert.Equal(
            HttpStatusCode.Forbidden, (await (await _scene.World.Hub.AsAsync("employee"))
            .SendAsync(HttpMethod.Get, "/api/v1/programs/MCI/quarantined-batches")).Status);

        static JsonElement Item(JsonElement quarantine) => Assert.Single(quarantine.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task The_criterion_about_quarantined_data_cannot_be_met_while_a_batch_is_undecided_and_reopens_with_the_next()
    {
        var (_, id) = await LateAsync();
        var decision = (await _scene.World.Owner.ReadAsync("/api/v1/decisions")).GetProperty("items")[0].Text("code");
        var path = $"/api/v1/decisions/{decision}/criteria/QuarantinedDataDisposed/meet";
        var early = await _scene.World.Owner.PostAsync(path, new { evidence = "Nothing came late." });
        Assert.True(early.Status == HttpStatusCode.Conflict && early.Body.Text("code") == "quarantined_data_undecided",
            $"{early.Status} {early.Body}");
        await DecidedAsync("owner", new { disposition = "Purge", reason = "Not wanted.", ids = new[] { id } });
        await _scene.World.Owner.MakeAsync(path, new { evidence = "One batch came late; it was purged." });
        Assert.Equal("Met", await StatusAsync(decision));
        await _scene.HeldAsync(_scene.Batch(_permit, 500, 10_000), "A", "uploaded_under_pause");
        Assert.Equal("Open", await StatusAsync(decision));
    }

    [Fact]
    public async Task Class_A_of_a_drill_is_admitted_when_the_drill_has_ended_and_the_rest_needs_a_disposition()
    {
        await _scene.World.PauseAsync(drillSeconds: 300);
        _scene.At(25);
        await _scene.HeldAsync(_scene.Batch(_permit, 500, 23_000), "B", "collected_after_pause");
        _scene.At(120);
        var late = _scene.Batch(_permit, 500, 10_000);
        await _scene.HeldAsync(late, "A", "uploaded_under_pause");
        await DrillTickAsync();
        Assert.Empty((await _scene.DispositionsAsync()).GetProperty("items").EnumerateArray());
        _scene.At(330);
        await _scene.World.TickAsync();
        await DrillTickAsync();
        Assert.Equal("A", Assert.Single((await _scene.DispositionsAsync()).GetProperty("items").EnumerateArray()).Text("class"));
        await _scene.AdmittedAsync(late);
        Assert.Equal("B", Assert.Single((await _scene.QuarantineAsync()).GetProperty("items").EnumerateArray()).Text("class"));
    }

    [Fact]
    public async Task With_an_active_pause_at_the_end_of_a_drill_a_person_decides()
    {
        await _scene.World.PauseAsync(drillSeconds: 200);
        _scene.At(120);
        await _scene.HeldAsync(_scene.Batch(_permit, 500, 10_000), "A", "uploaded_under_pause");
        _scene.At(150);
        await _scene.World.PauseAsync();
        _scene.At(330);
        await _scene.World.TickAsync();
        await DrillTickAsync();
        Assert.Empty((await _scene.DispositionsAsync()).GetProperty("items").EnumerateArray());
        Assert.False(Assert.Single((await _scene.QuarantineAsync()).GetProperty("items").EnumerateArray())
            .GetProperty("onlyDrills").GetBoolean());
    }

    private Task DrillTickAsync() => ActivatorUtilities.CreateInstance<DrillTick>(_scene.World.Hub.Services)
        .RunAsync(CancellationToken.None);

    private async Task<string> StatusAsync(string decision) => (await _scene.World.Owner.ReadAsync($"/api/v1/decisions/{decision}"))
        .GetProperty("criteria").EnumerateArray().Single(c => c.Text("kind") == "QuarantinedDataDisposed").Text("status");

    private async Task DecidedAsync(string account, object body)
    {
        var (status, answer) = await _scene.DisposeAsync(account, body);
        Assert.True(status == HttpStatusCode.OK, answer.ToString());
    }

    // Collected before a pause, uploaded long after it.
    private async Task<(Dictionary<string, object?> Batch, Guid Id)> LateAsync()
    {
        if ((await _scene.World.Owner.ReadAsync("/api/v1/programs/MCI/pauses")).GetProperty("items").GetArrayLength() == 0)
        {
            await _scene.World.PauseAsync();
            _scene.At(120);
        }
        var batch = _scene.Batch(_permit, 500, 10_000);
        return (batch, await _scene.HeldAsync(batch, "A", "uploaded_under_pause"));
    }
}

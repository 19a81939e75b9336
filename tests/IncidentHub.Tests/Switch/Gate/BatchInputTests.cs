using System.Net;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Switch.Gate;

/// <summary>Input that cannot be evaluated.</summary>
public sealed class BatchInputTests(SharedGateScene shared) : IClassFixture<SharedGateScene>
{
    private readonly GateScene _scene = shared.Scene;
    private readonly string _permit = shared.Permit;

    public static TheoryData<string, object?, string> BadFields => new()
    {
        { "program", null, "program" }, { "program", "", "program" }, { "program", new string('X', 30), "program" },
        { "categories", null, "categories" }, { "categories", Array.Empty<string>(), "categories" },
            { "categories", new[] { "key strokes" }, "categories" }, { "categories", new[] { "a", "a" }, "categories" },
        { "categories", new string?[] { null }, "categories" }, { "categories", new[] { "<script>" }, "categories" },
            { "categories", Enumerable.Range(0, 51).Select(i => $"c{i}").ToArray(), "categories" },
        { "firstSequence", null, "firstSequence" }, { "firstSequence", -1, "firstSequence" },
            { "firstSequence", long.MaxValue, "firstSequence" },
        { "lastSequence", null, "lastSequence" }, { "lastSequence", -5, "lastSequence" }, { "lastSequence", long.MaxValue, "lastSequence" },
        { "digest", null, "digest" }, { "digest", "abc", "digest" }, { "digest", new string('g', 64), "digest" },
            { "digest", new string('a', 65), "digest" },
        { "items", null, "items" }, { "items", 0, "items" }, { "items", 11, "items" }, { "items", -1, "items" },
        { "permits", Enumerable.Range(0, 17).Select(_ => new { permit = "x", startOffsetMs = 0, endOffsetMs = 1 }).ToArray(), "permits" },
        { "permits", new[] { new { permit = "x", startOffsetMs = -1, endOffsetMs = 1 } }, "permits[0].startOffsetMs" },
        { "permits", new[] { new { permit = "x", startOffsetMs = 5, endOffsetMs = 1 } }, "permits[0].endOffsetMs" },
        { "permits", new[] { new { permit = "x", startOffsetMs = 5L, endOffsetMs = long.MaxValue } }, "permits[0].endOffsetMs" },
        { "permits", new[] { new { permit = "x", startOffsetMs = 0, endOffsetMs = 1, categories = new[] { "clicks" } } },
            "permits[0].categories" },
        { "permits", "text", "permits" }, { "items", "many", "items" }, { "collector", "nobody", "collector" },
            { "firstSequence", 1.5, "firstSequence" },
    };

    [Theory]
    [MemberData(nameof(BadFields))]
    public async Task Invalid_metadata_is_refused_by_field(string field, object? value, string named)
    {
        var (status, body) = await _scene.CheckAsync(_scene.Batch(_permit, 500, 10_000, change: b => b[field] = value));
        Assert.True(status == HttpStatusCode.BadRequest, $"{status} {body}");
        Assert.Contains(body.GetProperty("errors").EnumerateObject(), e => e.Name == named);
    }

    [Fact]
    public async Task A_field_of_one_batch_beside_several_batches_is_refused_by_name()
    {
        var batch = _scene.Batch(_permit, 500, 10_000);
        foreach (var (field, value) in new Dictionary<string, object>
        {
            ["program"] = "X",
            ["collector"] = Guid.Empty,
            ["permits"] = Array.Empty<object>(),
            ["categories"] = Array.Empty<string>(),
            ["firstSequence"] = 0,
            ["lastSequence"] = 0,
            ["digest"] = "",
            ["items"] = -7,
        })
        {
            var body = new Dictionary<string, object> { ["batches"] = new[] { batch }, [field] = value };
            ApiCalls.AssertProblem(await _scene.CheckAsync(body), HttpStatusCode.BadRequest, field);
        }
    }

    [Fact]
    public async Task Null_permits_too_many_batches_and_no_batches_are_refused()
    {
        ApiCalls.AssertProblem(await _scene.CheckAsync(_scene.Batch(_permit, 0, 0, change: b => b["permits"] = new object?[] { null })),
            HttpStatusCode.BadRequest, "permits[0].startOffsetMs", "permits[0].endOffsetMs");
        ApiCalls.AssertProblem(await _scene.CheckAsync(new { batches = Array.Empty<object>() }), HttpStatusCode.BadRequest, "batches");
        ApiCalls.AssertProblem(await _scene.CheckAsync(new { batches = new object?[] { null } }), HttpStatusCode.BadRequest, "batches[0]");
        ApiCalls.AssertProblem(
            await _scene.CheckAsync(new { batches = Enumerable.Range(0, 51).Select(_ => _scene.Batch(_permit, 500, 600)).ToArray() }),
            HttpStatusCode.BadRequest, "batches");
        Assert.Equal(HttpStatusCode.BadRequest, (await _scene.CheckAsync("{")).Status);
    }
}

/// <summary>One scene, 20 s after its permit was issued, for tests that write nothing.</summary>
public sealed class SharedGateScene : IAsyncLifetime
{
    internal GateScene Scene { get; private set; } = null!;
    internal string Permit { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Scene = await GateScene.StartAsync();
        Permit = await Scene.PermitAsync();
        Scene.At(20);
    }

    public ValueTask DisposeAsync() => Scene.DisposeAsync();
}

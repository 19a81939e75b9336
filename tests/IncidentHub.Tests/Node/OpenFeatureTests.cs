using IncidentHub.Tests.Faults;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Node;

/// <summary>The real OpenFeature SDK for servers with its OFREP provider, against a real hub.</summary>
[Collection(nameof(RealProcesses))]
public sealed class OpenFeatureTests
{
    [Fact]
    public async Task The_OpenFeature_SDK_evaluates_flags_and_handles_every_error()
    {
        await using var world = await NodeWorld.StartAsync(("Ofrep__PerSecond", "10"));
        await world.Owner.MakeAsync("/api/v1/programs/MCI/pauses",
            new { reason = "Data readable by everyone", categories = new[] { "keystrokes" }, regions = new[] { "US" } });
        var told = await NodeTool.RunAsync("ofrep.mjs", "", world.Hub.Url, await world.KeyAsync("evaluate"), await world.KeyAsync("gate"));

        Assert.Equal("True TARGETING_MATCH on", Success("allowed"));
        Assert.Equal("False TARGETING_MATCH off", Success("paused"));
        Assert.Equal("False TARGETING_MATCH off", Success("nothingSaid"));
        Assert.Equal("True TARGETING_MATCH on", Success("byApiKeyHeader"));
        Assert.Equal(3, told.GetProperty("allowed").GetProperty("epoch").GetInt64());
        // Every error results in the client's default value: data is collected only if the hub allows it.
        Assert.Equal("False FLAG_NOT_FOUND", Failure("unknownFlag"));
        Assert.Equal("False INVALID_CONTEXT", Failure("badContext"));
        Assert.Equal("never TYPE_MISMATCH", Failure("otherType"));
        Assert.Equal("False GENERAL", Failure("noKey"));
        Assert.Equal("False GENERAL", Failure("otherScope"));

        Assert.True(told.GetProperty("refused").GetInt32() > 0, told.ToString());
        Assert.True(told.GetProperty("refusedValue").GetBoolean());
        Assert.InRange(int.Parse(told.Text("retryAfter"), System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal("""[["program.MCI.collect",true]]""", told.GetProperty("bulk").GetRawText());
        Assert.Equal("""[304,""]""", told.GetProperty("again").GetRawText());

        string Success(string name) => told.GetProperty(name) is var t && t.TryGetProperty("errorCode", out var code)
            ? $"error {code}" : $"{t.GetProperty("value")} {t.Text("reason")} {t.Text("variant")}";
        string Failure(string name) => $"{told.GetProperty(name).GetProperty("value")} {told.GetProperty(name).Text("errorCode")}";
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Faults;

/// <summary>A hub process whose disk becomes full while it works, and has room again.</summary>
[Collection(nameof(RealProcesses))]
public sealed class FullDiskTests
{
    private const string Full = "The hub's disk is full.";

    [Fact]
    public async Task On_a_full_disk_every_write_is_refused_nothing_is_lost_collectors_stop_and_with_room_again_the_hub_goes_on()
    {
        using var disk = new SmallDisk(megabytes: 48);
        await using var hub = HubProcess.In(disk.Folder);
        await hub.StartAgainAsync();
        await using var program = await RealProgram.LaunchAsync(hub, "FULL", ttl: 5, gracePeriod: 1);
        await using var paused = await RealProgram.LaunchAsync(hub, "PAUSED", ttl: 5, gracePeriod: 1);
        using var responder = await program.AsAsync("responder");
        var incident = (await responder.MakeAsync("/api/v1/incidents", new
        {
            title = "Before it was full",
            sev = 5,
            programs = new[] { new { program = "FULL" } },
        })).Text("code");
        await paused.PauseAsync();
        await using var client = await program.ClientAsync();
        await client.StartAsync();
        var gate = client.Gate(program.Code);
        var collector = await program.CollectorAsync();
        await Waiting.UntilAsync(() => gate.Status.IsOpen, "the collector collects");
        var acknowledged = new List<string>();
        disk.Fill(but: 256 * 1024);
        // The last kilobytes are used by the hub: what it acknowledges until then is there afterwards.
        while (await ActAsync(program.Owner, acknowledged.Count) is HttpStatusCode.Created) acknowledged.Add($"ACK-{acknowledged.Count}");
        disk.Fill();
        using var machine = program.CreateClient();
        machine.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", collector.Secret);
        // Where a larger write failed, the log has room for some smaller ones.
        var refused = 0;
        await Waiting.UntilAsync(async () =>
        {
            using var answer = await RenewAsync(machine);
            refused = answer.StatusCode == HttpStatusCode.OK ? 0 : refused + 1;
            return refused == 5;
        }, "no renewal fits any more");

        await AssertFullAsync(await RenewAsync(machine));
        await AssertFullAsync(await program.Owner.PostAsJsonAsync("/api/v1/programs/FULL/pauses", new { reason = "Stop" }));
        await AssertFullAsync(await responder.PostAsJsonAsync("/api/v1/incidents", new
        {
            title = "While it is full",
            sev = 2,
            programs = new[] { new { program = "FULL" } },
        }));
        await AssertFullAsync(await responder.PostAsync($"/api/v1/incidents/{incident}/evidence", Evidence()));
        var (code, said) = await hub.RunAsync("backup", Path.Combine(disk.Folder, "backup.db"));
        Assert.True(code == 2 && said.StartsWith("No backup was written. The disk of ", StringComparison.Ordinal), $"{code} {said}");
        Assert.DoesNotContain(Directory.EnumerateFiles(disk.Folder), f => f.Contains("backup.db", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(disk.Folder, "evidence")));

        using var probe = program.CreateClient();
        var (ready, text) = await AskAsync(probe, "/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready);
        Assert.Contains("\ndatabase: The disk of the database is full. ", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(probe, "/healthz")).Status);
        // As often as it began, not with each request.
        Assert.InRange(hub.Log.Count(l => l.Contains($"The disk of {hub.DatabaseFile} is full.", StringComparison.Ordinal)), 1, 5);
        await Waiting.UntilAsync(() => !gate.Status.IsOpen, "the permit ends");
        Assert.Equal(1, await ActiveAsync(paused));

        disk.MakeRoom();
        await Waiting.UntilAsync(() => gate.Status.IsOpen, "the collector gets a permit again");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(probe, "/readyz")).Status);
        foreach (var known in acknowledged) await program.Owner.ReadAsync($"/api/v1/programs/{known}");
        Assert.Equal(1, await ActiveAsync(paused));
        Assert.NotNull((await collector.AskAsync()).Token);
        Assert.Equal(HttpStatusCode.Created, (await responder.PostAsync($"/api/v1/incidents/{incident}/evidence", Evidence())).StatusCode);
        await program.PauseAsync();
        Assert.StartsWith("OK: ", (await hub.RunAsync("audit", "verify")).Output, StringComparison.Ordinal);
    }

    private static async Task AssertFullAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode} {body}");
            Assert.Equal(TimeSpan.FromSeconds(30), answer.Headers.RetryAfter?.Delta);
            var problem = JsonElement.Parse(body);
            Assert.Equal("storage_full", problem.Text("code"));
            Assert.StartsWith(Full, problem.Text("detail"), StringComparison.Ordinal);
        }
    }

    private static async Task<HttpStatusCode> ActAsync(HttpClient owner, int n)
    {
        var body = new { code = $"ACK-{n}", name = $"Program {n}", purpose = "Counted.", owner = "owner", unit = "Research" };
        using var answer = await owner.PostAsJsonAsync("/api/v1/programs", body);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> RenewAsync(HttpClient machine) => machine.PostAsJsonAsync("/api/v1/collectors/permits:renew",
        new { nonce = "full-disk", programs = new[] { new { code = "FULL", epochSeen = 1, lastSequence = 0 } } });

    private static MultipartFormDataContent Evidence() => new()
    {
        { new StringContent("The mail server"), "takenFrom" },
        { new StringContent(TimeProvider.System.GetUtcNow().AddMinutes(-1).ToString("O")), "takenAt" },
        { new ByteArrayContent(new byte[64 * 1024]), "file", "page.html" },
    };

    private static async Task<int> ActiveAsync(RealProgram program) =>
        (await program.Owner.ReadAsync($"/api/v1/programs/{program.Code}/pauses")).GetProperty("items").EnumerateArray()
            .Count(p => p.Text("status") == "Active");

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(HttpClient probe, string path)
    {
        using var answer = await probe.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}

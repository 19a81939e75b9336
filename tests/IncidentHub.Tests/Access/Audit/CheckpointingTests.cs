using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Access.Audit;
using IncidentHub.Domain;
using IncidentHub.Platform.Keys;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IncidentHub.Tests.Access.Audit;

public class CheckpointingTests
{
    [Fact]
    public async Task A_checkpoint_is_signed_at_a_thousand_rows_and_when_a_row_has_none_for_an_hour()
    {
        await using var hub = new TestHub();
        // Its first rows are the demo accounts and the sign-in.
        var auditor = await hub.AsAsync("auditor");
        await SignedLog.FillAsync(hub, Checkpointing.Rows - 3);
        await RunAsync(hub);
        Assert.Empty(await ListAsync(auditor));
        await SignedLog.FillAsync(hub, 1);
        await RunAsync(hub);
        Assert.Equal([1000], Sequences(await ListAsync(auditor)));
        await RunAsync(hub);
        await SignedLog.FillAsync(hub, 1);
        hub.Clock.Advance(Checkpointing.Age - TimeSpan.FromSeconds(1));
        await RunAsync(hub);
        Assert.Equal([1000], Sequences(await ListAsync(auditor)));
        hub.Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync(hub);
        Assert.Equal([1001, 1000], Sequences(await ListAsync(auditor)));
        // Nothing new: no further one.
        hub.Clock.Advance(Checkpointing.Age * 3);
        await RunAsync(hub);
        Assert.Equal(2, (await ListAsync(auditor)).Count);
        var verdict = await auditor.GetFromJsonAsync<JsonElement>("/api/v1/audit/verification");
        Assert.Equal((true, 1001, 2), (verdict.GetProperty("ok").GetBoolean(), verdict.GetProperty("coveredTo").GetInt64(),
            verdict.GetProperty("checkpoints").GetInt64()));
    }

    [Fact]
    public async Task A_checkpoint_of_another_key_follows_at_once_when_the_key_of_the_last_is_withdrawn()
    {
        await using var hub = new TestHub();
        await SignedLog.FillAsync(hub, 3);
        await SignedLog.SignAsync(hub);
        var kid = hub.Services.GetRequiredService<SigningKeys>().Current.Kid;
        var administrator = await hub.AsAsync("administrator");
        (await administrator.PostAsJsonAsync($"/api/v1/signing-keys/{kid}/withdraw", new { reason = "Its file was copied." }))
            .EnsureSuccessStatusCode();
        var auditor = await hub.AsAsync("auditor");
        var verdict = await auditor.GetFromJsonAsync<JsonElement>("/api/v1/audit/verification");
        Assert.Equal((true, 0, 1), (verdict.GetProperty("ok").GetBoolean(), verdict.GetProperty("coveredTo").GetInt64(),
            verdict.GetProperty("withdrawnCheckpoints").GetInt64()));
        await RunAsync(hub);
        verdict = await auditor.GetFromJsonAsync<JsonElement>("/api/v1/audit/verification");
        Assert.Equal(verdict.GetProperty("rows").GetInt64(), verdict.GetProperty("coveredTo").GetInt64());
    }

    [Fact]
    public async Task Each_checkpoint_becomes_a_file_that_is_never_overwritten()
    {
        var folder = Directory.CreateTempSubdirectory("incidenthub-checkpoints-").FullName;
        try
        {
            await using var hub = new TestHub { Settings = new Dictionary<string, string> { ["Audit:CheckpointFolder"] = folder } };
            await SignedLog.FillAsync(hub, 3);
            await SignedLog.SignAsync(hub);
            var file = Assert.Single(Directory.GetFiles(folder));
            var listed = (await ListAsync(await hub.AsAsync("auditor")))[0].GetProperty("jws").GetString();
            Assert.Equal(listed, (await File.ReadAllTextAsync(file)).Trim());
            await File.WriteAllTextAsync(file, "changed by hand");
            await SignedLog.FillAsync(hub, 3);
            await SignedLog.SignAsync(hub);
            Assert.Equal(2, Directory.GetFiles(folder).Length);
            Assert.Equal("changed by hand", await File.ReadAllTextAsync(file));
            Assert.Throws<FormatException>(() => CheckpointFolder.Read(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_stops_the_start()
    {
        await using var hub = new TestHub { Settings = new Dictionary<string, string> { ["Audit:CheckpointFolder"] = "/nowhere/at-all" } };
        var error = Assert.Throws<OptionsValidationException>(() => hub.Services);
        Assert.Contains("Audit:CheckpointFolder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_no_longer_contains_what_the_last_checkpoint_covers_gets_no_further_one()
    {
        await using var hub = new TestHub();
        await SignedLog.FillAsync(hub, 3);
        await SignedLog.SignAsync(hub);
        await hub.Db.WriteAsync<Done>(async tx =>
        {
            await Dapper.SqlMapper.ExecuteAsync(tx.Connection, "UPDATE AuditEntry SET Hash = PreviousHash WHERE Sequence = 4",
                transaction: tx.Transaction);
            return default(Done);
        });
        await SignedLog.FillAsync(hub, 3);
        await SignedLog.SignAsync(hub);
        Assert.Single(await ListAsync(await hub.AsAsync("auditor")));
    }

    private static Task RunAsync(TestHub hub) => hub.Services.GetRequiredService<Checkpointing>().RunAsync(CancellationToken.None);

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(HttpClient auditor) =>
        [.. (await auditor.GetFromJsonAsync<JsonElement>("/api/v1/audit/checkpoints")).GetProperty("items")
            .EnumerateArray()];

    private static IEnumerable<long> Sequences(IEnumerable<JsonElement> items) => items.Select(i => i.GetProperty("sequence").GetInt64());
}

using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using IncidentHub.Collector;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Faults;

/// <summary>A real hub process whose administrator rotates the signing key while a pause is active.</summary>
[Collection(nameof(RealProcesses))]
public sealed class KeyRotationTests(SharedHub shared)
{
    [Fact]
    public async Task After_a_key_rotation_during_a_pause_old_permits_still_verify_and_the_next_permit_has_the_new_key()
    {
        await using var program = await shared.ProgramAsync(ttl: 300);
        var (ingestion, administrator) = (await program.IngestionAsync(), await program.AsAsync("administrator"));
        await using var client = await program.ClientAsync();
        await client.RenewAsync(default);
        var gate = (CollectionGate)client.Gate(program.Code);
        var old = gate.Last!;
        var witness = await program.CollectorAsync();
        await witness.AskAsync();

        // The last second before an order is ambiguous.
        await Waiting.UntilAsync(() => BootClock.System.Nanoseconds > old.SentAt + 4_000_000_000,
            "some seconds have gone by since it collected");
        var pause = await program.PauseAsync();
        var next = await administrator.MakeAsync("/api/v1/signing-keys/rotate");
        Assert.NotEqual(next.Text("kid"), Kid(old.Token));
        await Waiting.UntilAsync(async () => Kid((await witness.RenewAsync()).Body.GetProperty("programs")[0].GetProperty("stop")
            .GetString() ?? old.Token) == next.Text("kid"), "the new key signs");

        // Collected before the pause, under a permit of the old key: admitted, with an admission signed by the new key.
        await AdmittedAsync(1);
        // The notice and the receipt are signed by the new key, which the library has not seen; the acknowledgement refers to the old
        // permit.
        await client.RenewAsync(default);
        Assert.Equal(GateReason.Paused, gate.Status.Reason);
        var report = await program.ReportAsync(pause);
        Assert.Equal((2, 1), (report.GetProperty("population").GetInt32(), report.GetProperty("confirmed").GetInt32()));
        Assert.Same(old, gate.Last);

        await program.ResumeAsync();
        await client.RenewAsync(default);
        Assert.True(gate.Status.IsOpen);
        Assert.Equal(next.Text("kid"), Kid(gate.Last!.Token));
        Assert.NotNull(program.Verify(gate.Last.Token, "ih-permit+jwt"));
        // The old permit has not expired, and still verifies.
        Assert.True(BootClock.System.Nanoseconds < old.SentAt + old.Life);
        await AdmittedAsync(2);

        async Task AdmittedAsync(int sequence)
        {
            var (status, answer) = await ingestion.PostAsync("/api/v1/gate/batches:check", new
            {
                program = program.Code,
                collector = client.CollectorId,
                categories = new[] { "clicks" },
                firstSequence = sequence,
                lastSequence = sequence,
                items = 1,
                digest = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(sequence))),
                permits = new[] { new { permit = old.Token, startOffsetMs = 0, endOffsetMs = 1 } },
            });
            Assert.True(status == HttpStatusCode.OK, $"{status} {answer}");
            Assert.NotNull(program.Verify(answer.Text("admission"), "ih-admit+jwt"));
            Assert.Equal(next.Text("kid"), Kid(answer.Text("admission")));
        }
    }

    private static string Kid(string token) => JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[0]))
        .Text("kid");
}

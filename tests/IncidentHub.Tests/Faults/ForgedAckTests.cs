using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Faults;

/// <summary>Forged and replayed acknowledgements, over sockets to a real hub process.</summary>
[Collection(nameof(RealProcesses))]
public sealed class ForgedAckTests(SharedHub shared)
{
    [Fact]
    public async Task Forged_and_foreign_acknowledgements_are_refused_and_audited_and_a_replayed_one_gets_the_same_receipt()
    {
        await using var program = await shared.ProgramAsync(ttl: 60);
        await using var otherProgram = await shared.ProgramAsync(ttl: 60);
        var (collector, other, elsewhere) = (await program.CollectorAsync(), await program.CollectorAsync(),
            await otherProgram.CollectorAsync());
        var (permit, otherPermit, permitElsewhere) = ((await collector.AskAsync()).Token!, (await other.AskAsync()).Token!,
            (await elsewhere.AskAsync()).Token!);
        var pause = await program.PauseAsync();
        var epoch = pause.GetProperty("pause").GetProperty("epoch").GetInt64();
        var honest = collector.Ack(permit, epoch);
        var (head, claims, signature) = (honest.Split('.')[0], honest.Split('.')[1], honest.Split('.')[2]);

        var forgeries = new (string Why, string Ack)[]
        {
            ("a later epoch", collector.Ack(permit, epoch + 1)),
            ("an earlier epoch", collector.Ack(permit, epoch - 1)),
            ("another program", collector.Ack(permit, epoch, otherProgram.Code)),
            ("another program's permit", collector.Ack(permit, epoch, change: c => c["permit"] = permitElsewhere)),
            ("another collector's key", collector.Ack(permit, epoch, key: other.Key)),
            ("another collector's acknowledgement", other.Ack(otherPermit, epoch)),
            ("another collector's name", collector.Ack(permit, epoch, change: c => c["sub"] = other.Id.ToString())),
            ("another collector's permit", collector.Ack(permit, epoch, change: c =>
                (c["permit"], c["jti"]) = (otherPermit, Jti(otherPermit)))),
            ("one claim changed", $"{head}.{Changed(claims)}.{signature}"),
            ("one byte of the signature changed",
                $"{head}.{claims}.{signature[..20]}{(signature[20] == 'A' ? 'B' : 'A')}{signature[21..]}"),
            ("another JWS type", collector.Ack(permit, epoch, type: "ih-enrol+jwt")),
            ("a permit in its place", permit),
            ("no signature", $"{head}.{claims}."),
        };
        Assert.NotEqual(claims, Changed(claims));
        var refusedBefore = await program.AuditedAsync("stop.refused");
        foreach (var (why, ack) in forgeries)
        {
            var (status, body) = await collector.StopAsync(ack);
            Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.Conflict, $"{why}: {status} {body}");
        }
        var report = await program.ReportAsync(pause);
        Assert.Equal((2, 0, 2), (report.GetProperty("population").GetInt32(), report.GetProperty("confirmed")
            .GetInt32(), report.GetProperty("pending").GetInt32()));
        Assert.Equal(forgeries.Length, await program.AuditedAsync("stop.refused") - refusedBefore);

        var receipt = (await collector.StopAsync(honest)).Body.Text("receipt");
        Assert.NotNull(program.Verify(receipt, "ih-receipt+jwt"));
        Assert.Equal(receipt, (await collector.StopAsync(honest)).Body.Text("receipt"));
        // Sent by another collector, the same bytes are a forgery; different bytes of its own are too late.
        Assert.Equal(HttpStatusCode.BadRequest, (await other.StopAsync(honest)).Status);
        var late = await collector.StopAsync(collector.Ack(permit, epoch, change: c => c["lastSequence"] = 13));
        Assert.Equal((HttpStatusCode.Conflict, "already_taken"), (late.Status, late.Body.Text("code")));
        report = await program.ReportAsync(pause);
        Assert.Equal((1, 1), (report.GetProperty("confirmed").GetInt32(), report.GetProperty("pending").GetInt32()));
        Assert.Equal(forgeries.Length + 1, await program.AuditedAsync("stop.refused") - refusedBefore);

        // The receipt is durable: the restarted hub returns the same one.
        await program.Hub.KillAsync();
        await program.Hub.StartAgainAsync();
        Assert.Equal(receipt, (await collector.StopAsync(honest)).Body.Text("receipt"));
    }

    private static string? Jti(string permit) => JsonElement.Parse(Base64Url.DecodeFromChars(permit.Split('.')[1]))
        .GetProperty("jti").GetString();

    private static string Changed(string claims) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(claims))
            .Replace("\"lastSequence\":12", "\"lastSequence\":11", StringComparison.Ordinal)));
}

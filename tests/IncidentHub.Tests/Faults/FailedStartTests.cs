using System.Net;
using System.Net.Sockets;
using IncidentHub.Browser.Tests.Support;

namespace IncidentHub.Tests.Faults;

/// <summary>Hub processes that cannot start: each says so in one sentence, without a stack trace, and its exit code is 1.</summary>
[Collection(nameof(RealProcesses))]
public sealed class FailedStartTests
{
    [Fact]
    public async Task A_full_or_read_only_disk_is_named_at_each_step_of_the_start_and_with_room_the_hub_starts()
    {
        using var disk = new SmallDisk(megabytes: 24);
        // The key is not on the disk of the data.
        var key = Path.GetTempFileName();
        await File.WriteAllTextAsync(key, Convert.ToBase64String(new byte[32]));
        await using var hub = HubProcess.In(disk.Folder, ("Keys__MasterKeyFile", key));
        // Before there is a file, and in the middle of the migration.
        disk.Fill();
        await FailsAsync(hub, "is full. Make room");
        disk.MakeRoom();
        disk.Fill(but: 600 * 1024);
        await FailsAsync(hub, "is full. Make room");
        disk.MakeRoom();
        await hub.StartAgainAsync();
        Assert.Equal(0, await hub.StopAsync());

        // A database that is whole: what the start opens, and what it writes after that.
        foreach (var left in (int[])[0, 60, 200])
        {
            disk.Fill(but: left * 1024);
            await FailsAsync(hub, "is full");
            disk.MakeRoom();
        }
        disk.SetReadOnly(true);
        await FailsAsync(hub, "cannot be written. The account of the hub must be able to write");
        disk.SetReadOnly(false);
        await hub.StartAgainAsync();
        File.Delete(key);
    }

    [Fact]
    public async Task A_missing_master_key_a_wrong_setting_and_an_address_in_use_are_named()
    {
        var folder = Directory.CreateTempSubdirectory("incidenthub-start-").FullName;
        try
        {
            var key = Path.Combine(folder, "none.key");
            await FailsAsync(HubProcess.In(folder, ("ASPNETCORE_ENVIRONMENT", "Production"), ("Keys__MasterKeyFile", key)),
                $"The master key file {key} is missing. Create one with ");
            await File.WriteAllTextAsync(key, "No key.");
            await FailsAsync(HubProcess.In(folder, ("Keys__MasterKeyFile", key)), $"The master key file {key} does not hold 32 bytes");
            await FailsAsync(HubProcess.In(folder, ("Evidence__Path", Path.Combine(key, "evidence"))), "Evidence:Path is a folder");
            await FailsAsync(HubProcess.In(folder, ("Audit__RetainDays", "3")), "Audit:RetainDays");
            await FailsAsync(HubProcess.In(folder, ("Circuits__PerPerson", "many")), "'many' at 'Circuits:PerPerson'");
            await FailsAsync(HubProcess.In(folder, ("Database__Provider", "Oracle")), "'Oracle' at 'Database:Provider'");
            foreach (var bad in new[] { "the hub", "http://db:99999", "https://127.0.0.1:0" })
                await FailsAsync(HubProcess.In(folder, ("ASPNETCORE_URLS", bad)), "An address cannot be listened on: ");
            var (code, printed) = await HubProcess.In(folder, ("ConnectionStrings__IncidentHub", "word")).RunAsync("restore", "hub.backup");
            Assert.Equal(2, code);
            Assert.StartsWith("Nothing was restored. ConnectionStrings:IncidentHub cannot be read", printed, StringComparison.Ordinal);
            (code, printed) = await HubProcess.In(folder).RunAsync("bakcup", "hub.backup").WaitAsync(TimeSpan.FromMinutes(1));
            Assert.Equal(2, code);
            foreach (var says in (string[])["There is no command “bakcup”.", "  backup FILE", "  admin reset <account>"])
                Assert.Contains(says, printed, StringComparison.Ordinal);
            await FailsAsync(HubProcess.In(folder, ("PublicUrl", "the hub")), "PublicUrl is not an absolute http or https address");
            foreach (var (provider, text) in new[]
            {
                ("Sqlite", "not a connection string"), ("Sqlite", "Data Source=hub.db;Pass=secret;word"),
                ("SqlServer", "Server=db;User Id=hub;Password=one;secret=two"), ("SqlServer", "Server=db;Connect Timeout=secret"),
            })
            {
                var said = await FailsAsync(
                    HubProcess.In(folder, ("Database__Provider", provider), ("ConnectionStrings__IncidentHub", text)),
                    "ConnectionStrings:IncidentHub cannot be read");
                Assert.DoesNotContain("secret", said, StringComparison.Ordinal);
            }
            using var other = new TcpListener(IPAddress.Loopback, 0);
            other.Start();
            var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
            await FailsAsync(HubProcess.In(folder, ("ASPNETCORE_URLS", address)), $"Failed to bind to address {address}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> FailsAsync(HubProcess hub, string says)
    {
        var before = hub.Log.Count;
        var ended = await Assert.ThrowsAsync<InvalidOperationException>(hub.StartAgainAsync);
        Assert.Equal(1, await hub.ExitedAsync());
        var said = string.Join('\n', hub.Log.Skip(before));
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", said, StringComparison.Ordinal);
        Assert.Contains(says, ended.Message, StringComparison.Ordinal);
        return said;
    }
}

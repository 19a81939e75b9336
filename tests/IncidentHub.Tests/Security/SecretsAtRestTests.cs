using System.Text;
using IncidentHub.Tests.Access.Audit;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Security;

public sealed class SecretsAtRestTests
{
    /// <summary>Runs every command of the API, and searches the files of the database for each secret that was made.</summary>
    [Fact]
    public async Task The_database_holds_no_secret_in_clear()
    {
        Assert.SkipUnless(TestEngine.Current == IncidentHub.Platform.Database.Engine.Sqlite, "Reads the database's file.");
        await using var story = await CommandStory.StartAsync();
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            await story.SendAsync(step);
        }
        var secrets = new Dictionary<string, string>();
        foreach (var machine in (string[])["@enrol", "@gate", "@evaluate", "@collector"])
            secrets[machine] = story.As(machine).DefaultRequestHeaders.Authorization!.Parameter!;
        var own = await story.As("responder").MakeAsync("/api/v1/keys", new { name = "mine", scopes = new[] { "read" } });
        secrets["a person's key"] = own.Text("key");
        var flag = await story.As("employee").MakeAsync("/api/v1/flags", new { text = "Something is open.", anonymous = true });
        secrets["a receipt"] = flag.Text("receipt");
        using var answer = await story.Hub.CreateClient().PostAsync("/api/v1/session",
            new StringContent("{\"account\":\"owner\"}", Encoding.UTF8, "application/json"));
        secrets["a session"] = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=', 2)[1];
        secrets["the master key"] = (await File.ReadAllTextAsync(
            Path.Combine(Path.GetDirectoryName(story.Hub.DatabaseFile)!, "master.key"))).Trim();
        // Private keys of signing and of data protection, as they would be written.
        secrets["a private key"] = "PRIVATE KEY";
        secrets["a key of data protection"] = "<descriptor";

        var found = new List<string>();
        // The database, and what is not written into it yet.
        foreach (var file in new[] { story.Hub.DatabaseFile, story.Hub.DatabaseFile + "-wal" }.Where(File.Exists))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            foreach (var (name, secret) in secrets)
            {
                Assert.InRange(secret.Length, 11, 2000);
                if (bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0)
                    found.Add($"{name} in {Path.GetFileName(file)}");
            }
        }
        Assert.Empty(found);
    }
}

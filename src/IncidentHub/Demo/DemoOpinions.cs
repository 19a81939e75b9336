using System.Text;
using IncidentHub.Domain.Decisions;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Evidence;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>Opinions of the story: one that is given, with its document, and one that is waited for.</summary>
internal sealed class DemoOpinions(DemoResume resume, EvidenceFiles files)
{
    private const string Paper = """
        Opinion of the data protection officer on resuming CALL-NOTES

        1. The group that opened the project to the whole company is removed. I have seen the list of grants.
        2. Who read the transcripts is not known for three hours of the window. That must be said to the agents.
        3. The notice to agents names recording for training. It does not name transcripts. It must, before recording starts again.

        No objection, if 2 and 3 are done before the first call is recorded.
        """;

    public void Write(DemoScript script, DateTimeOffset declared, DateTimeOffset now)
    {
        script.At(declared.AddHours(101), tx => RequestAsync(tx, OpinionRole.DataProtectionOfficer, null));
        script.At(declared.AddHours(150), tx => RequestAsync(tx, OpinionRole.WorksCouncil, now.AddDays(2)));
        script.At(declared.AddHours(171), GiveAsync);
    }

    private Task RequestAsync(UnitOfWork tx, OpinionRole role, DateTimeOffset? dueAt) =>
        resume.RunAsync(tx, DemoPresent.Paused, new RequestOpinion(role, dueAt, [], []), Privacy);

    private async Task GiveAsync(UnitOfWork tx)
    {
        var id = OrderedId.Next(tx.Now);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Paper));
        var file = Must(await files.WriteAsync(id, stream, CancellationToken.None));
        await resume.RunAsync(tx, DemoPresent.Paused, new RecordOpinion(id, OpinionRole.DataProtectionOfficer,
            OpinionPosition.NoObjectionWithConditions,
            "No objection to resuming if the agents are told of the three hours that the log lacks, and if the notice to agents names "
                + "transcripts before the first call is recorded.",
            tx.Now.AddHours(-2), new OpinionDocument("opinion-call-notes.txt", file.Size, file.Sha256)), DataProtection);
    }
}

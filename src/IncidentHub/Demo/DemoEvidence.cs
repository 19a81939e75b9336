using System.Text;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Evidence;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Evidence;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>Files of evidence of the story.</summary>
internal sealed class DemoEvidence(EvidenceCommands commands, EvidenceFiles files)
{
    private const string Grants = """
        {
          "bindings": [
            { "role": "roles/bigquery.dataViewer", "members": ["group:all-employees"] },
            { "role": "roles/bigquery.dataOwner", "members": ["group:call-notes-research"] }
          ]
        }
        """;

    /// <summary>The grants as they were before the hole was closed.</summary>
    public Task WriteAsync(UnitOfWork tx, string incident, Actor actor) => AddAsync(tx, incident, Encoding.UTF8.GetBytes(Grants),
        new("grants-before.json", null, "Project call-notes, policy export", tx.Now.AddMinutes(-20), "Before the group was removed."),
        actor);

    public async Task<EvidenceRecord> AddAsync(UnitOfWork tx, string incident, byte[] content, StatedOrigin origin, Actor actor)
    {
        var id = OrderedId.Next(tx.Now);
        using var stream = new MemoryStream(content);
        var file = Must(await files.WriteAsync(id, stream, CancellationToken.None));
        return Must(await commands.AddAsync(tx, id, incident, origin, file, actor));
    }
}

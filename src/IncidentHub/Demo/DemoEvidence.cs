using System.Globalization;
using System.Text;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.AccessReviews;
using IncidentHub.Domain.Evidence;
using IncidentHub.Domain.Flags;
using IncidentHub.Platform.Database;
using IncidentHub.Response.AccessReviews;
using IncidentHub.Response.Evidence;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>Files of evidence of the story.</summary>
internal sealed class DemoEvidence(EvidenceCommands commands, EvidenceFiles files, ReviewCommands reviews)
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

    /// <summary>
    /// The reads of the exposed transcripts, set against the promised audience: two people outside of it, a service account, and three
    /// hours that the log lacks. The job reads it once the hub has started.
    /// </summary>
    public async Task ReviewAsync(UnitOfWork tx, string incident, string dataset, DateTimeOffset from, Actor actor)
    {
        var log = new StringBuilder("time,account,object,action\n");
        var random = new Random(7);
        for (var at = from; at < tx.Now; at += TimeSpan.FromMinutes(11))
        {
            if (at > from.AddHours(60) && at < from.AddHours(63)) continue;
            var account = random.Next(40) switch
            {
                0 => "sales-analyst@example.com",
                1 => "intern-support@example.com",
                < 6 => "nightly-export@call-notes.iam.gserviceaccount.com",
                var n => $"research-{(n % 12) + 1}@example.com",
            };
            log.Append(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'},{account},")
                .Append(CultureInfo.InvariantCulture, $"call-transcripts/2026/{random.Next(400):000},read\n");
        }
        var evidence = await AddAsync(tx, incident, Encoding.UTF8.GetBytes(log.ToString()),
            new("call-transcripts-reads.csv", null, "Audit log of the project", tx.Now.AddMinutes(-30), null, IsRestricted: true), actor);
        var audience = string.Join('\n', Enumerable.Range(1, 12).Select(n => $"research-{n}@example.com"));
        Must(await reviews.LoadAsync(tx, incident, new LoadReviewBody(dataset, evidence.Code, LogPreset.Plain, null, null, null,
            ["call-transcripts/*"], ["*.gserviceaccount.com"], 60, from, tx.Now, audience, null), [], actor));
    }

    /// <summary>A text that a reporter attaches to a flag.</summary>
    public async Task<FlagAttachment> ReceiveAsync(UnitOfWork tx, string text)
    {
        var (id, clean) = (OrderedId.Next(tx.Now), Must(AttachmentCleaner.Clean(Encoding.UTF8.GetBytes(text))));
        using var stream = new MemoryStream(clean.Content);
        var file = Must(await files.WriteAsync(id, stream, CancellationToken.None));
        return new(id, clean.Kind, file.Size, file.Sha256);
    }

    public async Task<EvidenceRecord> AddAsync(UnitOfWork tx, string incident, byte[] content, StatedOrigin origin, Actor actor)
    {
        var id = OrderedId.Next(tx.Now);
        using var stream = new MemoryStream(content);
        var file = Must(await files.WriteAsync(id, stream, CancellationToken.None));
        return Must(await commands.AddAsync(tx, id, incident, origin, file, actor));
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Access.Audit;

/// <summary>
/// What of the log a reader may see. A row that is about something the reader may not see shows act, actor, time and hash, and a pseudonym
/// in place of its subject.
/// </summary>
internal sealed class AuditSight(ISubjectVisibility subjects, MasterKey master)
{
    private const int PseudonymBytes = 8;

    // Codes are few: without a secret, a hash of one is found by trying them all.
    private readonly byte[] _secret = master.Derive("audit-pseudonym");

    /// <summary>Which of the rows the reader may not see.</summary>
    public async Task<IReadOnlySet<long>> HiddenAsync(ISql sql, IReadOnlyCollection<AuditRow> rows, Actor reader)
    {
        var about = rows.Select(r => r.About).OfType<string>().Distinct().ToList();
        var hidden = await HiddenAsync(sql, about, reader);
        return rows.Where(r => r.About is { } a && hidden.Contains(a)).Select(r => r.Sequence).ToHashSet();
    }

    /// <summary>
    /// Of the lists of ids that the rows of one subject are about, those that the reader may not see, as the parameter <c>@Hidden</c>: a
    /// filter by a subject finds what is shown under its name only.
    /// </summary>
    public async Task<string> HiddenOfSubjectAsync(ISql sql, string subject, Actor reader)
    {
        var about = (await sql.QueryAsync<AboutRow>("Audit_AboutOfSubject", new { Subject = subject })).Select(r => r.About).ToList();
        return JsonSerializer.Serialize(await HiddenAsync(sql, about, reader));
    }

    /// <summary>The same for the same subject, in every row and every export of this hub.</summary>
    public string Pseudonym(string subject) =>
        "hidden-" + Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(subject))[..PseudonymBytes]);

    private async Task<IReadOnlySet<string>> HiddenAsync(ISql sql, IReadOnlyCollection<string> about, Actor reader)
    {
        if (about.Count == 0) return new HashSet<string>();
        var ids = about.ToDictionary(a => a, Ids);
        var visible = await subjects.VisibleAsync(sql, [.. ids.Values.SelectMany(list => list).Distinct()], reader);
        // An id that nobody knows, and a text that is none, are hidden from everybody.
        return ids.Where(a => a.Value.Count == 0 || !a.Value.All(visible.ContainsKey)).Select(a => a.Key).ToHashSet();
    }

    private static List<Guid> Ids(string about)
    {
        var ids = new List<Guid>();
        foreach (var text in about.Split(' '))
        {
            if (!Guid.TryParse(text, out var id)) return [];
            ids.Add(id);
        }
        return ids;
    }

    private sealed record AboutRow
    {
        public required string About { get; init; }
    }
}

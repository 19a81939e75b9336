using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Audit;

/// <summary>A row of the audit log that still has its payload.</summary>
internal sealed record RecordedAct
{
    public required long Sequence { get; init; }
    public required string ActorKind { get; init; }
    public required string Act { get; init; }
    public required string Subject { get; init; }
    public required string? About { get; init; }
    public required string Payload { get; init; }
    public required string Hash { get; init; }

    /// <summary>The subjects with readers of their own that it is about.</summary>
    public IReadOnlyList<Guid> Subjects => About is null ? [] : [.. About.Split(' ').Select(Guid.Parse)];

    /// <summary>Whether a person did it, not the hub by itself.</summary>
    public bool IsByPerson => ActorKind != nameof(Domain.Access.ActorKind.System);
}

/// <summary>The rows of the audit log about a thing, found by an index: how long the log is makes no difference.</summary>
internal static class RecordedActs
{
    private const int PageSize = 500;

    /// <param name="about">The subjects of the rows.</param>
    /// <param name="subject">The name of the thing: rows about none of the subjects have it.</param>
    /// <param name="since">When the thing was made.</param>
    public static async Task<IReadOnlyList<RecordedAct>> ReadAsync(
        ISql sql, IReadOnlyList<Guid> about, string subject, DateTimeOffset since)
    {
        var rows = new SortedDictionary<long, RecordedAct>();
        foreach (var id in about) await ReadAsync(sql, rows, "Audit_About", id, subject, since);
        await ReadAsync(sql, rows, "Audit_OfSubject", Guid.Empty, subject, since);
        return [.. rows.Values];
    }

    private static async Task ReadAsync(ISql sql, SortedDictionary<long, RecordedAct> rows, string statement, Guid about, string subject,
        DateTimeOffset since)
    {
        for (long? after = 0; after is not null;)
        {
            var page = await sql.QueryAsync<RecordedAct>(statement,
                new { SubjectId = about, Subject = subject, Since = since, After = after.Value, Limit = PageSize });
            after = page.Count < PageSize ? null : page[^1].Sequence;
            foreach (var row in page) rows.TryAdd(row.Sequence, row);
        }
    }
}

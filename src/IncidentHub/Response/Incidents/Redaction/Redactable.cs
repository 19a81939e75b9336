using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>A kind of thing with texts that privacy can redact. Each feature registers its own.</summary>
internal interface IRedactable
{
    /// <summary>The thing, if the actor may see it.</summary>
    Task<Result<RedactionTarget>> FindAsync(ISql sql, string code, Actor actor);
}

/// <summary>Things of an upper layer that several incidents share.</summary>
internal interface ISharedThings
{
    /// <summary>The incidents of those among the ids that are such things.</summary>
    Task<IReadOnlyList<Guid>> IncidentsOfAsync(ISql sql, IReadOnlyCollection<Guid> ids);
}

/// <summary>What is redacted together, and where its copies can be.</summary>
internal sealed record RedactionTarget
{
    /// <summary>For people and for the subject of the audit record: «task T-12».</summary>
    public required string Label { get; init; }

    /// <summary>For the audit log: «task.redacted».</summary>
    public required string Action { get; init; }

    /// <summary>The incidents that it belongs to: their legal holds forbid it, and their timelines tell of it.</summary>
    public required IReadOnlyList<Guid> Incidents { get; init; }

    /// <summary>What its rows and copies are found by: its own id, its incidents, its program.</summary>
    public required IReadOnlyList<Guid> Subjects { get; init; }

    /// <summary>A program whose legal holds forbid it, where it belongs to no incident.</summary>
    public Guid? ProgramId { get; init; }

    /// <summary>Its subject with readers of its own, where that is no incident.</summary>
    public Guid? About { get; init; }

    public IReadOnlyList<Guid> AllAbout => [.. Incidents, .. About is { } own ? [own] : Array.Empty<Guid>()];

    /// <summary>Its own id, where it has an activity of its own that tells of the redaction.</summary>
    public Guid? Thing { get; init; }

    /// <summary>When the first of it was written.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Whether a row has texts of the thing itself.</summary>
    public required Func<StoredRow, bool> Owns { get; init; }

    /// <summary>Whether texts that are a word or two are removed from the row wherever they stand in it.</summary>
    public bool IsOwn(StoredRow row) => IsOneThing && Owns(row);

    /// <summary>It is one thing, not all that belongs to an incident.</summary>
    public bool IsOneThing { get; init; } = true;

    /// <summary>Which of them are removed where nobody chose.</summary>
    public Func<StoredRow, string, bool> ByDefault { get; init; } = (_, _) => true;

    /// <summary>The timeline's title; null: the label. Those who may see the incident read it.</summary>
    public string? Title { get; init; }

    /// <summary>The timeline itself shows what became of its entry: no further one tells of it.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Entries of the timeline that lost their text already.</summary>
    public IReadOnlyList<Guid> Entries { get; init; } = [];

    /// <summary>Topics of open pages, besides those of the incidents.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Files that can be removed, with its texts or by themselves.</summary>
    public IReadOnlyList<RedactableFile> Files { get; init; } = [];

    /// <summary>In the transaction: records that these files are gone.</summary>
    public Func<UnitOfWork, IReadOnlyList<Guid>, Actor, Task>? RemoveFilesAsync { get; init; }

    /// <summary>After the commit: removes the bytes of a file.</summary>
    public Action<Guid>? DeleteFile { get; init; }

    /// <summary>Whether the row is an entry of a timeline, or a record of the audit log, about the thing with this code.</summary>
    public static bool IsAbout(StoredRow row, string code) =>
        row.CopyOf("Data")?.Contains($"\"code\":\"{code}\"", StringComparison.Ordinal)
        ?? row.CopyOf("Subject")?.EndsWith($" {code}", StringComparison.Ordinal) ?? false;
}

/// <summary>A text that can be redacted.</summary>
/// <param name="Id">Names it in a request.</param>
/// <param name="Place">Where it stands: «Task: text».</param>
internal sealed record RedactableText(Guid Id, string Place, string Text);

/// <summary>A file that can be redacted: its bytes are removed.</summary>
/// <param name="Id">Names it in a request.</param>
/// <param name="File">In words: «The file bucket.log, 2 MB».</param>
internal sealed record RedactableFile(Guid Id, string File);

/// <summary>What a redaction would remove.</summary>
/// <param name="Texts">Chosen by their ids.</param>
/// <param name="Further">How many more there are than are listed: search among them.</param>
/// <param name="Files">Chosen by their ids, with texts or without.</param>
internal sealed record RedactionPreview(
    string Label, IReadOnlyList<RedactableText> Texts, int Further, IReadOnlyList<RedactableFile> Files);

/// <summary>What a redaction removed.</summary>
/// <param name="Texts">Places that had one of the texts, copies included.</param>
/// <param name="Files">Files whose bytes were removed.</param>
/// <param name="Records">Rows of the audit log that lost their payload.</param>
internal sealed record RedactedView(int Texts, int Files, int Records);

/// <summary>Rows of these tables have lost texts, or files were removed.</summary>
/// <param name="Of">What was redacted.</param>
/// <param name="Files">How many files.</param>
internal sealed record TextsRedacted(IReadOnlyList<(string Table, string Key)> Rows, RedactionTarget Of, int Files, string Reason)
    : LayerEvent<TextsRedacted>
{
    public IEnumerable<Guid> KeysOf(params string[] tables) =>
        Rows.Where(r => tables.Contains(r.Table)).Select(r => Guid.Parse(r.Key)).Distinct();
}

namespace IncidentHub.Domain.Evidence;

public abstract record EvidenceCommand;

/// <param name="IncidentMerged">The incident goes on under another one, and so does its evidence.</param>
public sealed record AddEvidence(Guid Id, Guid IncidentId, string IncidentCode, bool IncidentMerged, StatedOrigin Origin, EvidenceFile File)
    : EvidenceCommand;

/// <summary>The origin as it was entered.</summary>
/// <param name="TakenBy">Null: by whoever adds the file.</param>
/// <param name="IsRestricted">Only for whoever adds it, privacy and counsel, such as an access log.</param>
public sealed record StatedOrigin(string? Name, string? TakenBy, string? TakenFrom, DateTimeOffset? TakenAt, string? Note,
    bool IsRestricted = false);

/// <summary>Somebody reads the record.</summary>
/// <param name="LastAt">When the same person did so last; null: never.</param>
public sealed record SeeEvidence(DateTimeOffset? LastAt) : EvidenceCommand;

/// <summary>Somebody downloads the file.</summary>
/// <param name="Sha256">The digest of the stored content, calculated for this download; null where the content is missing.</param>
public sealed record DownloadEvidence(string? Sha256) : EvidenceCommand;

public sealed record EvidenceAdded(EvidenceOrigin Origin, EvidenceFile File) : DomainEvent;

public sealed record EvidenceSeen : DomainEvent;

public sealed record EvidenceDownloaded : DomainEvent;

/// <param name="Sha256">Of the stored content; null where it is missing.</param>
public sealed record EvidenceDamaged(string? Sha256) : DomainEvent;

public sealed record EvidenceIntact : DomainEvent;

/// <summary>How files are added, read and downloaded.</summary>
public static class EvidenceRules
{
    public const int MaxName = 200, MaxTaken = 200, MaxNote = 2_000;

    /// <summary>2 GiB.</summary>
    public const long MaxSize = 2L * 1024 * 1024 * 1024;

    /// <summary>How long further reads by the same person are the same act.</summary>
    public static readonly TimeSpan SeenAgain = TimeSpan.FromHours(1);

    /// <param name="actorName">Whoever adds the file.</param>
    public static Result<Accepted<EvidenceState>> Decide(EvidenceState? state, EvidenceCommand command, string actorName,
        DateTimeOffset now) => (state, command) switch
        {
            (null, AddEvidence add) => Add(add, actorName, now),
            (not null, SeeEvidence see) => see.LastAt is { } last && now - last < SeenAgain
                ? Outcome.Accept(state) : Outcome.Accept(state, new EvidenceSeen()),
            (not null, DownloadEvidence download) => Download(state, download, now),
            (null, SeeEvidence or DownloadEvidence) => Refusal.NotFound("The evidence"),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "No such command."),
        };

    /// <summary>The refusal of an incident or an origin; asked before a large file is taken in.</summary>
    public static Refusal? Check(string incidentCode, bool incidentMerged, StatedOrigin stated, DateTimeOffset now)
    {
        if (incidentMerged)
            return Refusal.NotAllowed("merged", $"{incidentCode} was merged into another incident. Add the file there.");
        return new Validation()
            .Line(FileName(stated.Name), "name", MaxName)
            .Line(stated.TakenBy, "takenBy", MaxTaken, required: false)
            .Line(stated.TakenFrom, "takenFrom", MaxTaken)
            .Check(stated.TakenAt is not null, "takenAt", "Enter when it was taken.").Past(stated.TakenAt, "takenAt", now)
            .Text(stated.Note, "note", MaxNote, required: false)
            .ToRefusal();
    }

    /// <summary>The name without the folders that some browsers and tools send with it.</summary>
    public static string? FileName(string? stated) => stated?.Split('/', '\\')[^1].Clean();

    private static Result<Accepted<EvidenceState>> Add(AddEvidence add, string actorName, DateTimeOffset now)
    {
        var stated = add.Origin;
        if (Check(add.IncidentCode, add.IncidentMerged, stated, now) is { } refused) return refused;
        if (add.File.Size == 0) return Refusal.Invalid("file", "The file is empty.");
        if (add.File.Size > MaxSize) return TooLarge;
        var origin = new EvidenceOrigin(FileName(stated.Name)!, TextNormaliser.OrNull(stated.TakenBy) ?? actorName,
            stated.TakenFrom!.Clean(), PastTime.Of(stated.TakenAt, now)!.Value.ToUniversalTime(), stated.Note?.Clean() ?? "",
            stated.IsRestricted);
        var next = new EvidenceState(add.Id, add.IncidentId, origin, add.File, now, null, 1);
        return Outcome.Accept(next, new EvidenceAdded(origin, add.File));
    }

    public static readonly Refusal TooLarge = Refusal.Invalid("file", "A file may have at most 2 GiB. Split it, or compress it.");

    // A damaged file is recorded, and the caller refuses the download: a refusal of the rule would leave no record.
    private static Result<Accepted<EvidenceState>> Download(EvidenceState state, DownloadEvidence download, DateTimeOffset now)
    {
        if (state.RedactedAt is { } gone)
            return Refusal.NotAllowed("redacted", $"Privacy removed this file on {gone:yyyy-MM-dd}. Its digest and its custody are kept.");
        if (download.Sha256 != state.File.Sha256)
        {
            return Outcome.Accept(state with { DamagedAt = state.DamagedAt ?? now, Version = state.Version + 1 },
                new EvidenceDamaged(download.Sha256));
        }
        return state.DamagedAt is null
            ? Outcome.Accept(state, new EvidenceDownloaded())
            : Outcome.Accept(state with { DamagedAt = null, Version = state.Version + 1 }, new EvidenceIntact(), new EvidenceDownloaded());
    }
}

namespace IncidentHub.Domain.AccessReviews;

public enum ReviewStatus
{
    /// <summary>The log is being read, or waits for it.</summary>
    Running,

    /// <summary>Stopped by somebody; it can be resumed where it was.</summary>
    Cancelled,

    /// <summary>The log could not be read; the reason says why.</summary>
    Failed,
    Read,
    SignedOff,
}

/// <summary>What a review says about access outside of the promised audience.</summary>
public enum ReviewConclusion { NoneFound, Found, Inconclusive }

/// <summary>Why a row of the log was not counted.</summary>
public enum RefusedReason { None, NoTime, UnreadableTime, NoOffset, AmbiguousTime, NoAccount, NoObject, Unreadable }

/// <summary>A review of who accessed an exposed dataset: a log, set against the promised audience.</summary>
/// <param name="DatasetId">Of the exposure. An exposure keeps its dataset through a merge.</param>
/// <param name="EvidenceId">The log.</param>
/// <param name="Result">Null until the log was read to its end.</param>
/// <param name="FailedBecause">Why the log could not be read.</param>
public sealed record ReviewState(
    Guid Id, Guid IncidentId, Guid DatasetId, string DatasetName, Guid EvidenceId, ReviewSettings Settings, Guid LoadedById,
    ReviewStatus Status, ReviewResult? Result, string? FailedBecause, SignOff? SignOff, int Version);

/// <param name="Objects">Patterns of the objects that belong to the dataset; empty: the log has nothing else.</param>
/// <param name="Services">Patterns of accounts that are no people.</param>
/// <param name="From">The start of the exposure: the window in which the log must have no gap.</param>
/// <param name="AudienceDigest">Of the promised audience: see <see cref="AudienceList.Digest"/>.</param>
public sealed record ReviewSettings(
    LogPreset Preset, LogMapping Mapping, IReadOnlyList<string> Objects, IReadOnlyList<string> Services, int GapMinutes,
    DateTimeOffset From, DateTimeOffset Until, string AudienceDigest, int Members);

public sealed record SignOff(ReviewConclusion Conclusion, string Note, Guid ById, string ByName, DateTimeOffset At);

/// <summary>What was read. Times are of all rows that could be read, in UTC.</summary>
/// <param name="Inside">Rows of the promised audience, in the window and of the dataset.</param>
/// <param name="OtherObjects">Rows of objects that do not belong to the dataset.</param>
/// <param name="OutsideWindow">Rows before or after the exposure.</param>
/// <param name="People">Accounts outside of the promised audience that accessed the dataset in the window.</param>
/// <param name="Accesses">Their accesses. <paramref name="ServiceAccesses"/>: those of the service accounts outside of it.</param>
/// <param name="Gaps">The longest first, at most <see cref="MaxGaps"/>; <paramref name="GapCount"/> of them exist.</param>
/// <param name="LogDigest">The SHA-256 of the file.</param>
public sealed record ReviewResult(
    long Rows, long Inside, long OtherObjects, long OutsideWindow, IReadOnlyList<RefusedCount> Refused,
    IReadOnlyList<RefusedRow> FirstRefused, DateTimeOffset? FirstAt, DateTimeOffset? LastAt, int GapCount, IReadOnlyList<LogGap> Gaps,
    int People, long Accesses, int Services, long ServiceAccesses, string LogDigest)
{
    public const int MaxRefused = 100, MaxGaps = 100;

    public long RefusedRows => Refused.Sum(r => r.Count);
}

public sealed record RefusedCount(RefusedReason Reason, long Count);

/// <param name="Row">The number of the record, from 1; the header of a table is not one.</param>
/// <param name="Line">The number of its first line.</param>
public sealed record RefusedRow(long Row, long Line, RefusedReason Reason);

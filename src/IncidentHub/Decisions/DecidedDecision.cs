using IncidentHub.Platform.Database;

namespace IncidentHub.Decisions;

/// <summary>A final decision and how long its program was paused before it.</summary>
internal sealed record DecidedDecision
{
    public required Guid Id { get; init; }
    public required string ProgramCode { get; init; }
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>Whether it is for the readers of a restricted incident.</summary>
    public required bool IsRestricted { get; init; }

    /// <summary>When the oldest of its pauses became active.</summary>
    public required DateTimeOffset? PausedSince { get; init; }

    /// <summary>Published query for the hub's own statistics: the decisions after a cursor, in order of decision.</summary>
    public static Task<IReadOnlyList<DecidedDecision>> AfterAsync(ISql sql, DateTimeOffset at, Guid id, int limit) =>
        sql.QueryAsync<DecidedDecision>("Decision_DecidedAfter", new { AfterAt = at, AfterId = id, Limit = limit });

    /// <summary>How many there are in all.</summary>
    public static Task<long> CountAsync(ISql sql) => sql.ScalarAsync<long>("Decision_CountDecided");
}

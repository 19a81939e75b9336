using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>Reads and writes pauses.</summary>
internal static class PauseStore
{
    public static async Task<PauseFacts?> FindAsync(ISql sql, Guid id) =>
        await sql.FirstOrDefaultAsync<PauseRow>("Pause_Load", new { Id = id }) is { } row ? row.ToFacts() : null;

    /// <summary>Proposed and active, oldest first.</summary>
    public static async Task<IReadOnlyList<PauseFacts>> OpenOfProgramAsync(ISql sql, Guid programId) =>
        [.. (await sql.QueryAsync<PauseRow>("Pause_OpenOfProgram", new { ProgramId = programId })).Select(r => r.ToFacts())];

    /// <summary>Proposed and active, of all programs.</summary>
    public static async Task<IReadOnlyList<PauseFacts>> OpenAsync(ISql sql) =>
        [.. (await sql.QueryAsync<PauseRow>("Pause_Open")).Select(r => r.ToFacts())];

    public static async Task<ILookup<Guid, PauseFacts>> OpenOfProgramsAsync(ISql sql, IEnumerable<Guid> programIds) =>
        (await sql.QueryAsync<PauseRow>("Pause_OpenOfPrograms", new { Ids = IdList.Of(programIds) })).Select(r => r.ToFacts())
            .ToLookup(p => p.ProgramId);

    /// <summary>Newest first, continuing after <paramref name="before"/>.</summary>
    public static async Task<IReadOnlyList<PauseFacts>> OfProgramAsync(
        ISql sql, Guid programId, (DateTimeOffset At, Guid Id)? before, int limit) =>
        [.. (before is { } b
            ? await sql.QueryAsync<PauseRow>("Pause_OfProgram",
                new { ProgramId = programId, BeforeAt = b.At, BeforeId = b.Id, Limit = limit }, "Before")
            : await sql.QueryAsync<PauseRow>("Pause_OfProgram", new { ProgramId = programId, Limit = limit })).Select(r => r.ToFacts())];

    public static async Task<IReadOnlyList<PauseFacts>> OfIncidentAsync(ISql sql, Guid incidentId, Guid? programId = null) =>
        [.. (programId is null
            ? await sql.QueryAsync<PauseRow>("Pause_OfIncident", new { IncidentId = incidentId })
            : await sql.QueryAsync<PauseRow>("Pause_OfIncident", new { IncidentId = incidentId, ProgramId = programId }, "Program"))
                .Select(r => r.ToFacts())];

    /// <summary>Proposals past their deadline, drills past their end, and pauses whose stop is not fully proven.</summary>
    public static async Task<IReadOnlyList<PauseFacts>> DueAsync(ISql sql, DateTimeOffset now) =>
        [.. (await sql.QueryAsync<PauseRow>("Pause_Due", new { Now = now })).Select(r => r.ToFacts())];

    public static Task InsertAsync(UnitOfWork tx, PauseFacts pause) =>
        tx.ExecuteAsync("Pause_Insert", PauseRow.Of(pause.State, pause.GracePeriod, pause.LastChange));

    /// <summary>False: the row was changed in between.</summary>
    public static async Task<bool> UpdateAsync(UnitOfWork tx, PauseState before, PauseFacts next)
    {
        var row = PauseRow.Of(next.State, next.GracePeriod, next.LastChange);
        return await tx.ExecuteAsync("Pause_Update", new
        {
            row.BufferPolicy,
            row.Cycle,
            row.Sev,
            row.PolicyVersion,
            row.Status,
            row.ActivatedAt,
            row.ActivatedById,
            row.ActivatedByName,
            row.Epoch,
            row.GuaranteedAt,
            row.GracePeriodSeconds,
            row.ReleasedShare,
            row.EndedAt,
            row.EndedById,
            row.EndedByName,
            row.DeclineReason,
            row.DecisionId,
            row.DecisionLabel,
            row.ChangedAt,
            row.ChangedBy,
            row.ChangedWhat,
            row.Version,
            row.Id,
            ExpectedVersion = before.Version,
        }) == 1;
    }

}

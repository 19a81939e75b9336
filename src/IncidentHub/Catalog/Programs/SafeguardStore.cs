using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Catalog.Programs;

/// <summary>A safeguard with its position in the list and who verified it last.</summary>
internal sealed record SafeguardRecord(SafeguardState State, int Ordinal, string? CheckedByName)
{
    /// <summary>
    /// As far as the reader may know of it: of a safeguard that a hidden incident broke only that it is broken.
    /// </summary>
    /// <param name="visible">The incidents that the reader may see.</param>
    public SafeguardRecord For(IReadOnlyDictionary<Guid, string> visible) =>
        State.BrokenByIncidentId is not { } incident || visible.ContainsKey(incident) ? this
            : new(State with { CheckedAt = null, CheckedById = null, Evidence = null, BrokenByIncidentId = null }, Ordinal, null);
}

/// <summary>Loads and saves safeguards, and keeps every verification.</summary>
internal static class SafeguardStore
{
    public static async Task<IReadOnlyList<SafeguardRecord>> OfProgramAsync(ISql sql, Guid programId) =>
        [.. (await sql.QueryAsync<Row>("Safeguard_OfProgram", new { ProgramId = programId }))
            .Select(r => new SafeguardRecord(r.ToState(), r.Ordinal, r.CheckedByName))];

    /// <summary>The same, as far as the reader may know of them.</summary>
    public static async Task<IReadOnlyList<SafeguardRecord>> OfProgramAsync(
        ISql sql, Guid programId, ISubjectVisibility subjects, Actor reader)
    {
        var all = await OfProgramAsync(sql, programId);
        var visible = await subjects.VisibleAsync(sql, [.. all.Select(s => s.State.BrokenByIncidentId).OfType<Guid>()], reader);
        return [.. all.Select(s => s.For(visible))];
    }

    /// <summary>The safeguards of a person's live programs that were verified, with the codes of the programs.</summary>
    public static async Task<IReadOnlyList<(string Program, SafeguardState State)>> OfOwnerAsync(ISql sql, Guid ownerId) =>
        [.. (await sql.QueryAsync<Row>("Safeguard_OfOwner", new { OwnerId = ownerId })).Select(r => (r.ProgramCode!, r.ToState()))];

    public static Task InsertAsync(UnitOfWork tx, SafeguardState state, int ordinal) => tx.ExecuteAsync("Safeguard_Insert", new
    {
        state.Id,
        state.ProgramId,
        Ordinal = ordinal,
        Commitment = state.Text,
        state.Source,
        CommittedOn = DateText.Write(state.CommittedOn),
        Status = state.Status.ToString(),
        state.CheckedAt,
        state.CheckedById,
        state.Evidence,
        state.BrokenByIncidentId,
        state.VerifyEveryDays,
        state.Version,
    });

    /// <summary>Saves a verification or a break, and its history. Returns false where the row was changed in between.</summary>
    public static async Task<bool> UpdateAsync(UnitOfWork tx, SafeguardState before, SafeguardState next)
    {
        var row = new
        {
            next.Id,
            Status = next.Status.ToString(),
            next.CheckedAt,
            next.CheckedById,
            next.Evidence,
            next.BrokenByIncidentId,
            next.VerifyEveryDays,
            next.Version,
            LoadedVersion = before.Version
        };
        if (await tx.ExecuteAsync("Safeguard_Update", row) == 0) return false;
        // Another period is no verification.
        if (next.CheckedAt == before.CheckedAt && next.Status == before.Status) return true;
        await tx.ExecuteAsync("SafeguardCheck_Insert", new
        {
            Id = OrderedId.Next(tx.Now),
            SafeguardId = next.Id,
            Status = next.Status.ToString(),
            next.CheckedAt,
            next.CheckedById,
            next.Evidence,
            IncidentId = next.BrokenByIncidentId,
        });
        return true;
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required Guid ProgramId { get; init; }
        public required int Ordinal { get; init; }
        public required string Commitment { get; init; }
        public required string Source { get; init; }
        public required string? CommittedOn { get; init; }
        public required SafeguardStatus Status { get; init; }
        public required DateTimeOffset? CheckedAt { get; init; }
        public required Guid? CheckedById { get; init; }
        public required string? CheckedByName { get; init; }
        public required string? Evidence { get; init; }
        public required Guid? BrokenByIncidentId { get; init; }
        public required int? VerifyEveryDays { get; init; }
        public string? ProgramCode { get; init; }
        public required int Version { get; init; }

        public SafeguardState ToState() => new()
        {
            Id = Id,
            ProgramId = ProgramId,
            Text = Commitment,
            Source = Source,
            CommittedOn = DateText.Read(CommittedOn),
            Status = Status,
            CheckedAt = CheckedAt,
            CheckedById = CheckedById,
            Evidence = Evidence,
            BrokenByIncidentId = BrokenByIncidentId,
            VerifyEveryDays = VerifyEveryDays,
            Version = Version,
        };
    }
}

using IncidentHub.Domain.Access;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Switch.Collectors;

/// <summary>A collector of one program, for its operators.</summary>
internal sealed record CollectorRow
{
    public required Guid Id { get; init; }
    public required string InstanceName { get; init; }
    public required string HostPseudonym { get; init; }
    public required string AppVersion { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public required DateTimeOffset? RevokedAt { get; init; }
    public required string? Region { get; init; }
    public required string Categories { get; init; }
    public required DateTimeOffset? HeardAt { get; init; }
    public required DateTimeOffset? PermitExp { get; init; }
    public required long? PermitEpoch { get; init; }
    public required string? PermitCategories { get; init; }
}

/// <summary>How many collectors a program has, and how many hold an unexpired permit.</summary>
internal sealed record CollectorCounts
{
    public required long Registered { get; init; }
    public required long WithPermit { get; init; }
}

/// <summary>Queries of collectors for operators.</summary>
internal sealed class CollectorQueries(Db db, ProgramReader programs)
{
    /// <summary>A program's collectors, newest first. They identify people at work: visible to the owner's operators only.</summary>
    public Task<Result<Page<CollectorRow>>> OfProgramAsync(string code, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default) => db.ReadAsync<Result<Page<CollectorRow>>>(
        async sql =>
        {
            var program = await VisibleAsync(sql, code, Act.ReadCollectors, viewer);
            if (program.Refusal is { } why) return why;
            var before = Cursor.DecodeTimeAndId("collectors", cursor);
            if (before.Refusal is { } bad) return bad;
            var size = Cursor.Limit(limit);
            if (size.Refusal is { } wrong) return wrong;
            var rows = before.Value is { } b
                ? await sql.QueryAsync<CollectorRow>("CollectorProgram_List",
                    new { ProgramId = program.Value.Id, BeforeAt = b.At, BeforeId = b.Id, Limit = size.Value + 1 }, "Before")
                : await sql.QueryAsync<CollectorRow>("CollectorProgram_List", new { ProgramId = program.Value.Id, Limit = size.Value + 1 });
            return Page<CollectorRow>.Of(rows, size.Value, "collectors", r => [r.RegisteredAt, r.Id]);
        },
        ct);

    /// <summary>The first page. The caller shows it only to viewers who may see collectors.</summary>
    public static async Task<Page<CollectorRow>> NewestAsync(ISql sql, Guid programId, int limit) =>
        Page<CollectorRow>.Of(await sql.QueryAsync<CollectorRow>("CollectorProgram_List", new { ProgramId = programId, Limit = limit + 1 }),
            limit, "collectors", r => [r.RegisteredAt, r.Id]);

    /// <summary>The number of collectors, visible to everybody who may read programs.</summary>
    public static async Task<CollectorCounts> CountsAsync(ISql sql, Guid programId, DateTimeOffset now) =>
        (await sql.FirstOrDefaultAsync<CollectorCounts>("CollectorProgram_Counts", new { ProgramId = programId, Now = now }))!;

    private async Task<Result<ProgramFacts>> VisibleAsync(ISql sql, string code, Act act, Actor viewer)
    {
        if (AccessTable.Deny(viewer, Act.ReadPrograms) is { } blind) return blind;
        var only = await programs.OfFilterAsync(sql, code);
        if (only.Refusal is { } unknown) return unknown;
        if (only.Value is not { } program) return Refusal.Invalid("program", "Name a program.");
        return AccessTable.Deny(viewer, act, program.Relation(viewer)) is { } denied ? denied : program;
    }
}

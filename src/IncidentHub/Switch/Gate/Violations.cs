using IncidentHub.Domain.Access;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Switch.Gate;

/// <summary>A program with a violation that nobody has taken ownership of.</summary>
/// <param name="Batches">How many undecided quarantined batches are evidence of it.</param>
/// <param name="SelfReported">A collector's own acknowledgement is evidence of it.</param>
internal sealed record WaitingViolation(ProgramFacts Program, DateTimeOffset RaisedAt, long Batches, bool SelfReported)
{
    /// <summary>The text on every page.</summary>
    public string Text => $"{Program.Code}: data was collected after a proven stop";

    /// <summary>Whether it is in this person's Inbox.</summary>
    public bool IsFor(Actor actor) => AccessTable.Allows(actor, Act.AcknowledgeViolation, Program.Relation(actor));
}

/// <summary>The representation in the API.</summary>
internal sealed record ViolationView(string Program, DateTimeOffset RaisedAt, long Batches, bool SelfReported, bool Mine);

/// <summary>Published query: violations without an owner.</summary>
internal sealed class ViolationQueries(Db db, ProgramReader programs)
{
    /// <summary>Longest waiting first. Few are open at a time.</summary>
    public async Task<IReadOnlyList<WaitingViolation>> WaitingAsync(ISql sql)
    {
        var all = new List<WaitingViolation>();
        foreach (var row in await sql.QueryAsync<Row>("ViolationAlert_Open"))
        {
            if (await programs.FindAsync(sql, row.ProgramId) is { } program)
                all.Add(new(program, row.RaisedAt, row.Batches, row.SelfReported));
        }
        return all;
    }

    public async Task<Result<IReadOnlyList<ViolationView>>> ListAsync(Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadPrograms) is { } denied) return denied;
        var waiting = await db.ReadAsync(WaitingAsync, ct);
        return waiting.Select(w => new ViolationView(w.Program.Code, w.RaisedAt, w.Batches, w.SelfReported, w.IsFor(viewer))).ToList();
    }

    private sealed record Row
    {
        public required Guid ProgramId { get; init; }
        public required DateTimeOffset RaisedAt { get; init; }
        public required bool SelfReported { get; init; }
        public required int Version { get; init; }
        public required long Batches { get; init; }
    }
}

/// <summary>Takes ownership of a violation, which removes it from everybody's Inbox.</summary>
/// <param name="Note">What is being done about it.</param>
internal sealed record AcknowledgeViolation(string ProgramCode, string? Note);

internal sealed class AcknowledgeViolationHandler(Db db, ProgramReader programs)
{
    public const int MaxNote = 2_000;

    public Task<Result<Done>> HandleAsync(AcknowledgeViolation command, Actor actor, CancellationToken ct = default) => db.WriteAsync<Done>(
        async tx =>
        {
            if (AccessTable.Deny(actor, Act.ReadPrograms) is { } blind) return blind;
            if (await programs.FindByCodeAsync(tx, command.ProgramCode) is not { } program) return Refusal.NotFound("The program");
            if (AccessTable.Deny(actor, Act.AcknowledgeViolation, program.Relation(actor)) is { } denied) return denied;
            if (new Validation().Text(command.Note, "note", MaxNote).ToRefusal() is { } invalid) return invalid;
            return await ViolationAlerts.AcknowledgeAsync(tx, program, command.Note!.Clean(), actor) is { } refused
                ? refused : default(Done);
        },
        ct: ct);
}

using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Catalog.Programs;

/// <summary>A safeguard by its position in the list of its program, from 1.</summary>
internal sealed record SafeguardNumber(string ProgramCode, int Number);

/// <summary>A safeguard with its program.</summary>
internal sealed record ProgramSafeguard(ProgramRecord Program, SafeguardRecord Safeguard) : ILoaded<SafeguardState>
{
    public SafeguardState State => Safeguard.State;

    public string Label => $"Safeguard {Safeguard.Ordinal} of {Program.State.Code}";

    public int Version => State.Version;

    public ChangeNote LastChange => new(State.CheckedAt ?? Program.LastChange.At, Safeguard.CheckedByName ?? "another person",
        SafeguardHistory.Summary(State.Status));

    public Relation Relation(Actor actor) => Program.Relation(actor);
}

/// <summary>Changes of a safeguard, by program and number.</summary>
internal sealed class SafeguardCommands(Db db, ISubjectVisibility subjects)
    : Commands<SafeguardNumber, ProgramSafeguard, SafeguardState, SafeguardCommand>(db)
{
    private const int MaxSafeguards = 50;

    protected override string Thing => "The safeguard";

    protected override Act ReadAct => Act.ReadPrograms;

    /// <summary>Adds a safeguard at the end of the program's list. The ids in the command are ignored.</summary>
    public async Task<Result<ProgramSafeguard>> AddAsync(
        string programCode, AddSafeguard command, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, ReadAct) is { } denied) return denied;
        return await Db.WriteAsync<ProgramSafeguard>(tx => AddAsync(tx, programCode, command, actor), ct: ct);
    }

    /// <summary>The same within an open transaction.</summary>
    internal static async Task<Result<ProgramSafeguard>> AddAsync(UnitOfWork tx, string programCode, AddSafeguard command, Actor actor)
    {
        if (await ProgramStore.LoadAsync(tx, programCode) is not { } program) return Refusal.NotFound("The program");
        if (AccessTable.Deny(actor, Act.EditProgram, program.Relation(actor)) is { } denied) return denied;
        var present = await SafeguardStore.OfProgramAsync(tx, program.State.Id);
        if (present.Count >= MaxSafeguards) return Refusal.NotAllowed("too_many", $"A program has at most {MaxSafeguards} safeguards.");
        var outcome = SafeguardRules.Decide(null, command with { Id = OrderedId.Next(tx.Now), ProgramId = program.State.Id }, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var (next, events) = outcome.Value;
        await SafeguardStore.InsertAsync(tx, next, present.Count + 1);
        foreach (var happened in events) await tx.RecordAsync(actor, SafeguardHistory.Of(program.State.Code, next, happened));
        return new ProgramSafeguard(program, new(next, present.Count + 1, null));
    }

    /// <summary>
    /// Marks safeguards as broken by an incident; those of other programs, and those already broken, are skipped. Returns their texts.
    /// </summary>
    public async Task<IReadOnlyList<string>> BreakAsync(UnitOfWork tx, Guid programId, IReadOnlyCollection<Guid> safeguardIds,
        Guid incidentId, string incidentCode, Actor actor)
    {
        if (safeguardIds.Count == 0) return [];
        var program = await ProgramStore.LoadAsync(tx, programId) ?? throw new InvalidOperationException("The program does not exist.");
        var broken = new List<string>();
        foreach (var safeguard in (await SafeguardStore.OfProgramAsync(tx, programId)).Where(s => safeguardIds.Contains(s.State.Id)))
        {
            var outcome = await ApplyAsync(tx, new(program, safeguard), new BreakSafeguard(incidentId, incidentCode, actor.Id), actor);
            if (outcome.IsOk && outcome.Value.Version != safeguard.State.Version) broken.Add(safeguard.State.Text);
        }
        return broken;
    }

    protected override async Task<ProgramSafeguard?> LoadAsync(UnitOfWork tx, SafeguardNumber id, Actor actor)
    {
        if (await ProgramStore.LoadAsync(tx, id.ProgramCode) is not { } program) return null;
        var safeguard = (await SafeguardStore.OfProgramAsync(tx, program.State.Id)).FirstOrDefault(s => s.Ordinal == id.Number);
        if (safeguard?.State.BrokenByIncidentId is not { } incident) return safeguard is null ? null : new(program, safeguard);
        // Who recorded the break is not told to those who may not see the incident; the rule gets the state as it is.
        var visible = await subjects.VisibleAsync(tx, [incident], actor);
        return new(program, safeguard with { CheckedByName = safeguard.For(visible).CheckedByName });
    }

    protected override Act ActOf(SafeguardCommand command) => command switch
    {
        VerifySafeguard => Act.VerifySafeguard,
        SetVerificationPeriod => Act.EditProgram,
        AddSafeguard or BreakSafeguard or _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command by number."),
    };

    protected override Task<Result<Accepted<SafeguardState>>> DecideAsync(UnitOfWork tx, ProgramSafeguard loaded, SafeguardCommand command,
        Actor actor) => Task.FromResult(SafeguardRules.Decide(loaded.State, command, tx.Now));

    protected override Task<bool> SaveAsync(UnitOfWork tx, ProgramSafeguard before, SafeguardState next, IReadOnlyList<DomainEvent> events,
        Actor actor) => SafeguardStore.UpdateAsync(tx, before.State, next);

    protected override JournalEntry Journal(ProgramSafeguard before, SafeguardState next, DomainEvent happened) =>
        SafeguardHistory.Of(before.Program.State.Code, next, happened);

    protected override Task<Result<ProgramSafeguard>> FollowAsync(UnitOfWork tx, ProgramSafeguard before, SafeguardState next,
        IReadOnlyList<DomainEvent> events, Actor actor) =>
        Task.FromResult<Result<ProgramSafeguard>>(
            before with { Safeguard = before.Safeguard with { State = next, CheckedByName = actor.Name } });
}

/// <summary>The records of each event of a safeguard.</summary>
internal static class SafeguardHistory
{
    public static JournalEntry Of(string programCode, SafeguardState safeguard, DomainEvent happened)
    {
        var (action, title, body) = happened switch
        {
            SafeguardAdded => ("recorded", "Safeguard recorded", safeguard.Text),
            SafeguardVerified { Holds: true } e => ("verified", "Safeguard verified", $"{safeguard.Text}\n{e.Evidence}"),
            SafeguardVerified e => ("verified", "Safeguard found broken", $"{safeguard.Text}\n{e.Evidence}"),
            SafeguardBroken => ("broken", "Safeguard broken", safeguard.Text),
            VerificationPeriodSet e => ("period-set", $"Safeguard to be verified every {e.Days} days", safeguard.Text),
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a safeguard."),
        };
        IReadOnlyList<Guid> about = safeguard.BrokenByIncidentId is { } incident ? [incident] : [];
        return new()
        {
            Action = $"safeguard.{action}",
            Subject = $"program {programCode}",
            About = about,
            Detail = new
            {
                safeguard.Text,
                safeguard.Source,
                safeguard.Status,
                safeguard.Evidence,
                safeguard.BrokenByIncidentId,
                safeguard.VerifyEveryDays
            },
            Timeline =
            [
                new()
                {
                    ProgramId = safeguard.ProgramId,
                    Kind = "safeguard",
                    Title = title,
                    Body = body,
                    // Everybody may know that it is broken, but not because of which incident, and who found it.
                    About = about,
                    PublicTitle = $"{title}: {safeguard.Text}",
                },
            ],
            Topics = ["programs"],
        };
    }

    /// <summary>As a clause, for the refusal of a stale command.</summary>
    public static string Summary(SafeguardStatus status) => status switch
    {
        SafeguardStatus.Unverified => "recorded",
        SafeguardStatus.Verified => "verified",
        SafeguardStatus.Broken => "found broken",
    };
}

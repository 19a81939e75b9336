using System.Security.Cryptography;
using IncidentHub.Decisions.Opinions;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Decisions;

/// <summary>Loads and saves decisions with all their parts.</summary>
internal static class DecisionStore
{
    private const int MaxCode = 20;

    public static Task<Decision?> FindAsync(ISql sql, Guid id) => LoadAsync(sql, new { Id = id }, "ById");

    /// <param name="code">As typed.</param>
    public static async Task<Decision?> FindAsync(ISql sql, string code) =>
        Codes.Upper(code) is { Length: <= MaxCode } known ? await LoadAsync(sql, new { Code = known }, "ByCode") : null;

    /// <param name="audience">The restricted incident, or null: see <see cref="DecisionState.Audience"/>.</param>
    public static Task<Decision?> FindOpenAsync(ISql sql, Guid programId, Guid? audience) =>
        LoadAsync(sql, new { OpenKey = DecisionRow.OpenKeyOf(programId, audience) }, "Open");

    /// <summary>The program's open decisions, of every audience.</summary>
    public static async Task<IReadOnlyList<Decision>> OpenOfProgramAsync(ISql sql, Guid programId)
    {
        var all = new List<Decision>();
        foreach (var row in await sql.QueryAsync<OpenRow>("Decision_OpenOfProgram", new { ProgramId = programId }))
            all.Add((await FindAsync(sql, row.Id))!);
        return all;
    }

    /// <summary>Adds a decision under the next code; one with an audience under a random code.</summary>
    public static async Task<Decision> AddAsync(UnitOfWork tx, DecisionState state, string programCode)
    {
        const string prefix = "D-";
        var number = await Counters.NextAsync(tx, "decision");
        var code = state.Audience is null
            ? $"{prefix}{await Counters.NextAsync(tx, "decision-code")}" : RandomCode.Next(prefix, RandomNumberGenerator.GetInt32);
        state = state with { DigestSalt = Salts.Next() };
        var decision = new Decision(code, programCode, state);
        await tx.ExecuteAsync("Decision_Insert", DecisionRow.Of(decision, number));
        await SaveChildrenAsync(tx, state);
        await OpinionStore.SaveAsync(tx, null, state);
        return decision;
    }

    /// <summary>Saves the state after a command. False: the row has changed since it was loaded.</summary>
    public static async Task<bool> SaveAsync(UnitOfWork tx, Decision before, DecisionState after)
    {
        var row = DecisionRow.Of(before with { State = after }, 0) with { OldVersion = before.State.Version };
        if (await tx.ExecuteAsync("Decision_Update", row) != 1) return false;
        await tx.ChangeTogetherAsync(
            ["DecisionPause_Clear", "DecisionCriterion_Clear", "DecisionCondition_Clear", "DecisionStage_Clear", "DecisionApprover_Clear",
                "DecisionApproval_Clear"],
            new { after.Id });
        await SaveChildrenAsync(tx, after);
        await OpinionStore.SaveAsync(tx, before.State, after);
        return true;
    }

    /// <summary>After a text of it was redacted: what its digests were of cannot be guessed from them any more.</summary>
    public static Task ForgetSaltAsync(UnitOfWork tx, DecisionState state) => tx.ExecuteAsync("Decision_SetDigestSalt",
        new { state.Id, state.Version, DigestSalt = state.Status == DecisionStatus.Decided ? null : Salts.Next() });

    /// <summary>Appends an entry to its log.</summary>
    public static Task LogAsync(UnitOfWork tx, Guid id, DecisionLogEntry line, Actor actor) => tx.ExecuteAsync("DecisionLog_Insert", new
    {
        DecisionId = id,
        At = tx.Now,
        ActorId = actor.Id,
        ActorName = actor.Name,
        line.Kind,
        line.Title,
        line.Body,
        About = AboutColumn.Write(line.About),
    });

    /// <summary>The entries of its log, oldest first.</summary>
    public static Task<IReadOnlyList<DecisionLogRow>> LogAsync(ISql sql, Guid id) =>
        sql.QueryAsync<DecisionLogRow>("Decision_Log", new { Id = id });

    private static async Task SaveChildrenAsync(UnitOfWork tx, DecisionState state)
    {
        await tx.ExecuteAsync("DecisionPause_Insert", state.Pauses.Select(p =>
            new { DecisionId = state.Id, p.PauseId, p.IncidentId, p.ActivatedAt }).ToList());
        await tx.ExecuteAsync("DecisionCriterion_Insert", state.Criteria.Select(c => new
        {
            DecisionId = state.Id,
            Kind = c.Kind.ToString(),
            Status = c.Status.ToString(),
            Note = c.Text,
            c.ById,
            c.ByName,
            c.At,
            About = AboutColumn.Write(c.About),
        }).ToList());
        await tx.ExecuteAsync("DecisionCondition_Insert", (state.Recommendation?.Conditions ?? []).Select((c, i) => new
        {
            DecisionId = state.Id,
            Ordinal = i,
            c.What,
            c.OwnerId,
            c.OwnerName,
            c.DueAt,
        }).ToList());
        await tx.ExecuteAsync("DecisionStage_Insert", (state.Recommendation?.Stages ?? []).Select((s, i) => new
        {
            DecisionId = state.Id,
            Ordinal = i,
            s.Share,
            SoakSeconds = (int)s.Soak.TotalSeconds,
        }).ToList());
        await tx.ExecuteAsync("DecisionApprover_Insert", state.Named.Select(n =>
            new { DecisionId = state.Id, Capacity = n.As.ToString(), n.PersonId, n.PersonName }).ToList());
        await tx.ExecuteAsync("DecisionApproval_Insert", state.Approvals.Select(a => new
        {
            DecisionId = state.Id,
            Capacity = a.As.ToString(),
            a.ActorId,
            a.ActorName,
            a.At,
            a.Digest,
            a.Comment,
        }).ToList());
    }

    private static async Task<Decision?> LoadAsync(ISql sql, object args, string by)
    {
        if (await sql.FirstOrDefaultAsync<DecisionRow>("Decision_Load", args, by) is not { } row) return null;
        var decision = await sql.TogetherAsync(
            ["Decision_Pauses", "Decision_Criteria", "Decision_Conditions", "Decision_Stages", "Decision_Approvals", "Decision_Approvers"],
            new { row.Id },
            async rows => row.ToDecision(
                [.. await rows.ReadAsync<PauseRow>()],
                [.. await rows.ReadAsync<CriterionRow>()],
                [.. await rows.ReadAsync<ConditionRow>()],
                [.. await rows.ReadAsync<StageRow>()],
                [.. await rows.ReadAsync<ApprovalRow>()],
                [.. await rows.ReadAsync<ApproverRow>()]));
        return row.HasOpinions ? decision with { State = await OpinionStore.LoadAsync(sql, decision.State) } : decision;
    }

    private sealed record OpenRow
    {
        public required Guid Id { get; init; }
    }
}

using IncidentHub.Access.Audit;
using IncidentHub.Decisions.Opinions;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Incidents;
using IncidentHub.Response.Incidents;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Journal;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Decisions;

/// <summary>Filters of the list of decisions.</summary>
internal enum DecisionFilter { Open, AwaitingMe, Closed, All }

/// <summary>A decision with what its page shows in addition.</summary>
/// <param name="ApproveAs">The capacities in which the viewer may approve now; empty if there are none.</param>
/// <param name="IsRestricted">Whether one of its incidents is restricted: reading the decision is then audited.</param>
internal sealed record DecisionDetail(Decision Decision, ProgramFacts Program, Relation Relation, IReadOnlyList<Approver> ApproveAs,
    bool MayReject, bool IsRestricted, DecisionView View);

/// <summary>Queries for the list and the page of a decision.</summary>
internal sealed class DecisionQueries(
    Db db, ProgramReader programs, IncidentReader incidents, DecisionReader reader, ISubjectVisibility subjects, RestrictedReads reads)
{
    public async Task<Result<Page<DecisionLine>>> ListAsync(DecisionFilter shelf, string? program, string? cursor, int? limit, Actor viewer,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadDecisions) is { } denied) return denied;
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        var before = Cursor.DecodeTimeAndId("decisions", cursor);
        if (!before.IsOk) return before.Refusal!;
        var options = new List<string>();
        if (before.Value is not null) options.Add("Before");
        if (shelf == DecisionFilter.Open) options.Add("Open");
        if (shelf == DecisionFilter.Closed) options.Add("Closed");
        if (!string.IsNullOrWhiteSpace(program)) options.Add("Program");
        var args =
            DecisionVisibility.Of(
                viewer, new { BeforeId = before.Value?.Id, ProgramCode = Codes.Upper(program), Limit = size.Value + 1 });
        var page = await db.ReadAsync<Result<Page<DecisionLine>>>(
            async sql =>
            {
                var only = await programs.OfFilterAsync(sql, program);
                if (only.Refusal is { } unknown) return unknown;
                // Which decisions await a person is computed by the rules, not by a query; each program has at most one open decision.
                if (shelf == DecisionFilter.AwaitingMe)
                {
                    var awaiting = viewer.Roles.IsIndependent()
                        ? await DecisionReader.AwaitingOpinionAsync(sql, viewer) : await reader.AwaitingAsync(sql, viewer);
                    return new Page<DecisionLine>(
                        [.. awaiting.Where(d => only.Value is null || d.Program == only.Value.Code)], null);
                }
                var rows = await sql.QueryAsync<DecisionLineRow>("Decision_List", args, [.. options]);
                return Page<DecisionLineRow>.Of(rows, size.Value, "decisions", r => [r.OpenedAt, r.Id]).Map(r => r.ToLine());
            },
            ct);
        foreach (var line in page.IsOk ? page.Value.Items : [])
        {
            if (line.RestrictedId is { } incident) reads.Note(viewer, "decision.listed", $"decision {line.Code}", [incident]);
        }
        return page;
    }

    public async Task<Result<DecisionDetail>> FindAsync(string code, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadDecisions) is { } denied) return denied;
        var found = await db.ReadAsync(
            async sql => await DecisionVisibility.FindVisibleAsync(sql, viewer, code) is { } decision ? await DetailAsync(
                sql, decision, viewer) : null, ct);
        if (found is null) return Refusal.NotFound("The decision");
        if (found.IsRestricted) reads.Note(viewer, "decision.read", $"decision {found.Decision.Code}", [.. found.Decision.Incidents]);
        return found;
    }

    private async Task<DecisionDetail> DetailAsync(ISql sql, Decision decision, Actor viewer)
    {
        var s = decision.State;
        var program = await programs.FindAsync(sql, s.ProgramId)
            ?? throw new InvalidOperationException($"The program of {decision.Code} does not exist.");
        var pauses = new List<PauseView>();
        var restricted = false;
        foreach (var pause in s.Pauses)
        {
            var incident = pause.IncidentId is { } id ? await incidents.FindVisibleAsync(sql, viewer, id) : null;
            // An incident that the viewer may not see is restricted, too.
            restricted |= pause.IncidentId is not null && incident is not { Confidentiality: Confidentiality.Open };
            pauses.Add(new PauseView(pause.ActivatedAt, incident?.Code, incident?.Title));
        }
        var follows = s.PredecessorId is { } before ? (await DecisionStore.FindAsync(sql, before))?.Code : null;
        var log = await DecisionStore.LogAsync(sql, s.Id);
        var lines = Lines(log);
        var about = s.Criteria.SelectMany(c => c.About).Concat(lines.SelectMany(l => l.About)).ToHashSet();
        var notes = new DecisionNotes(
            about.Count == 0 ? new Dictionary<Guid, string>() : await subjects.VisibleAsync(sql, about, viewer));
        var relation = program.Relation(viewer);
        var view = new DecisionView(
            decision.Code, decision.ProgramCode, program.Name, s.Status, s.Template, s.ErrorClaim, s.WorstSev, pauses,
                s.Requirement.ToResume, s.Requirement.ToTerminate,
            [.. s.Criteria.Select(c =>
                new CriterionView(c.Kind, c.Kind.Title(), c.Kind.Asks(), c.Status, notes.Show(c.Text, c.About), c.ByName, c.At))],
            s.Recommendation is { } r
                ? new RecommendationView(r.Outcome, r.Rationale, r.Until,
                    [.. r.Conditions.Select(c => new ConditionView(c.What, c.OwnerName, c.DueAt))],
                    [.. r.Stages.Select(s => new StageView(s.Share, (long)s.Soak.TotalSeconds))], r.ProposerName, r.ProposedAt)
                : null,
            [.. s.Approvals.Select(a => new ApprovalView(a.As, a.ActorName, a.At, a.Comment, a.Digest))], s.Missing, DigestOf(decision),
            OpinionView.Of(s), OpinionRequestView.Of(s),
            s.OpenedAt, s.DueAgainAt, follows, s.DecidedAt, s.Version,
                [.. lines.Select(l => new LogView(l.Row.At, l.Row.ActorName, l.Row.Kind, l.Row.Title, notes.Show(l.Row.Body, l.About)))]);
        return new DecisionDetail(decision, program, relation, DecisionRules.CapacitiesOf(s, viewer, relation),
            DecisionRules.MayReject(s, viewer, relation), restricted, view);
    }

    // Of a decision that was made, the one that was approved: a text may have been redacted since.
    private static string DigestOf(Decision decision) =>
        decision.State.Status == DecisionStatus.Decided && decision.RecordedDigest is { } recorded
            ? recorded : DecisionDigest.Of(decision.State);

    // What was written before the pauses of a restricted incident left the decision may be about that incident, too.
    private static IReadOnlyList<(DecisionLogRow Row, IReadOnlyList<Guid> About)> Lines(IReadOnlyList<DecisionLogRow> log)
    {
        var (lines, left) = (new List<(DecisionLogRow, IReadOnlyList<Guid>)>(log.Count), new HashSet<Guid>());
        foreach (var row in log.Reverse())
        {
            var own = AboutColumn.Read(row.About);
            lines.Add((row, [.. own.Union(left)]));
            if (row.Kind == DecisionLogEntry.HandedOver) left.UnionWith(own);
        }
        lines.Reverse();
        return lines;
    }
}

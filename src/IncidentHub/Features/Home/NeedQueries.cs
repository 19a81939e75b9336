using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Features.Decisions;
using IncidentHub.Features.Flags;
using IncidentHub.Features.Incidents;
using IncidentHub.Features.Pauses;
using IncidentHub.Features.Policy;
using IncidentHub.Features.Tasks;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Features.Home;

/// <summary>What waits for a person, whoever's feature it is in.</summary>
internal sealed class NeedQueries(Db db, SevPolicyReader policies, DecisionReader decisions, ViolationQueries violations, FlagQueries flags, TaskQueries tasks, TimeProvider clock)
{
    private const int Most = 25;
    private const int MaxText = 90;
    public const string NewFlag = "New flag";
    public const string ToApprove = "Approval";

    private static readonly TimeSpan Soon = TimeSpan.FromHours(1);
    private static readonly TimeSpan Tomorrow = TimeSpan.FromHours(24);

    /// <param name="pauses">All open pauses, which the caller shows as well.</param>
    public async Task<IReadOnlyList<Need>> OfAsync(Actor actor, IReadOnlyList<OpenPauses> pauses, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var needs = new List<Need>();
        needs.AddRange(pauses.Where(p => p.Deadline is not null && p.IsMine(actor)).Select(Proposal));
        if (AccessTable.Allows(actor, Act.ReadPrograms)) needs.AddRange((await db.ReadAsync(violations.WaitingAsync, ct)).Where(v => v.IsFor(actor)).Select(Violation));
        if (AccessTable.Allows(actor, Act.TriageFlag)) needs.AddRange(await FlagsAsync(actor, ct));
        if (AccessTable.Allows(actor, Act.ReadIncidents))
        {
            var (awaiting, again, updates) = await db.ReadAsync(
                async sql => (
                    await decisions.AwaitingAsync(sql, actor), await decisions.AskedAgainAsync(sql, actor, now),
                    await OpenIncidents.UpdatesDueAsync(sql, actor, now + Soon, actor.Id, Most)),
                ct);
            needs.AddRange(awaiting.Select(Approval));
            needs.AddRange(again.Select(AskedAgain));
            needs.AddRange(updates.Select(UpdateDue));
        }
        var mine = await tasks.ListAsync(new TaskFilter { Mine = true, DueBefore = now + Tomorrow }, null, Cursor.MaxLimit, actor, ct);
        if (mine.IsOk) needs.AddRange(mine.Value.Items.Select(t => Task(t, now)));
        return [.. needs.OrderBy(n => n.Urgency).ThenBy(n => n.Due ?? n.Since)];
    }

    private async Task<IEnumerable<Need>> FlagsAsync(Actor actor, CancellationToken ct)
    {
        var policy = await db.ReadAsync(policies.CurrentAsync, ct);
        var waiting = await flags.ListAsync(new FlagFilter { Status = FlagStatus.Waiting }, null, Most, actor, ct);
        return waiting.IsOk
            ? waiting.Value.Items.Select(f => new Need(Urgency.Clock, NewFlag, Tone.Bad, $"{f.Code}: {Short(f.Concern)}", $"/flags/{f.Code}", policy[f.Sev].Acknowledge.After(f.FlaggedAt), Note: f.Sev.Label()))
            : [];
    }

    private static Need Proposal(OpenPauses p) =>
        new(Urgency.Clock, "Pause proposed", Tone.Warn, $"{p.Program.Code}: becomes active unless you decline it with a reason", $"/programs/{p.Program.Code}", p.Deadline);

    private static Need Violation(WaitingViolation v) => new(
        Urgency.Clock, "Violation", Tone.Bad, v.Text, $"/programs/{v.Program.Code}", Since: v.RaisedAt, Note: v.Batches == 0 ? null : $"{v.Batches:N0} {(v.Batches == 1 ? "batch" : "batches")} quarantined");

    private static Need Approval(DecisionLine d) =>
        new(Urgency.Awaited, ToApprove, Tone.Accent, $"{d.Program}: {d.Outcome?.Title() ?? "a decision"}", $"/decisions/{d.Code}", Since: d.ProposedAt, Note: d.ProposedBy is { } by ? $"proposed by {by}" : null);

    private static Need UpdateDue(OpenIncident i) => new(Urgency.Clock, "Update due", Tone.Accent, $"{i.Code} {i.Title}", $"/incidents/{i.Code}", i.UpdateDueAt, Note: i.Sev.Label());

    private static Need AskedAgain(DecisionLine d) =>
        new(Urgency.Awaited, "Decision due", Tone.Warn, $"{d.Program}: the date until which it stays paused has come", $"/decisions/{d.Code}", Since: d.AsksAgainAt);

    private static Need Task(WorkTask t, DateTimeOffset now) => new(
        t.State.IsOverdue(now) ? Urgency.Overdue : Urgency.Tomorrow, t.State.IsOverdue(now) ? "Task overdue" : "Task", t.State.IsOverdue(now) ? Tone.Bad : Tone.Neutral, $"{t.Code} {Short(t.State.What)}",
        t.IncidentCode is { } incident ? $"/incidents/{incident}" : t.DecisionCode is { } decision ? $"/decisions/{decision}" : t.ProgramCode is { } program ? $"/programs/{program}" : "/tasks", t.State.DueAt);

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= MaxText ? line : line[..(MaxText - 1)].TrimEnd() + "…";
    }
}

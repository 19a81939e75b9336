using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Severity;
using IncidentHub.Features.Decisions;
using IncidentHub.Features.Flags;
using IncidentHub.Features.Incidents;
using IncidentHub.Features.Pauses;
using IncidentHub.Features.Policy;
using IncidentHub.Features.Tasks;
using IncidentHub.Platform.Database;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Features.Home;

/// <summary>What needs a person, of whichever feature it is.</summary>
internal sealed class InboxQueries(
    Db db, SevPolicyReader policies, DecisionReader decisions, ViolationQueries violations, FlagReader flags, TimeProvider clock)
{
    public const string NewFlag = "New flag";
    public const string ToApprove = "Approval";

    /// <summary>How many of a kind are shown.</summary>
    public const int Most = 25;

    private const int MaxText = 90;
    private const string Update = "Update due";
    private const string DueTask = "Task";
    private static readonly TimeSpan Soon = TimeSpan.FromHours(1);
    private static readonly TimeSpan Tomorrow = TimeSpan.FromHours(24);

    /// <param name="pauses">All open pauses, which the caller shows as well.</param>
    public async Task<Inbox> OfAsync(Actor actor, IReadOnlyList<OpenPauses> pauses, CancellationToken ct)
    {
        var items = new List<InboxItem>(pauses.Where(p => p.Deadline is not null && p.IsMine(actor)).Select(Proposal));
        var rest = new List<InboxRest>();
        await db.ReadAsync(
            async sql =>
            {
                if (AccessTable.Allows(actor, Act.ReadPrograms))
                {
                    items.AddRange((await violations.WaitingAsync(sql)).Where(v => v.IsFor(actor)).Select(Violation));
                }
                if (AccessTable.Allows(actor, Act.TriageFlag)) await AddFlagsAsync(sql, items, rest);
                if (AccessTable.Allows(actor, Act.ReadIncidents)) await AddIncidentsAsync(sql, actor, items, rest);
                await AddTasksAsync(sql, actor, items, rest);
                return true;
            },
            ct);
        return new Inbox([.. items.OrderBy(n => n.Urgency).ThenBy(n => n.Due ?? n.Since)], rest);
    }

    private async Task AddFlagsAsync(ISql sql, List<InboxItem> items, List<InboxRest> rest)
    {
        var policy = await policies.CurrentAsync(sql);
        var waiting = await flags.WaitingAsync(sql, Most);
        // The oldest of each level: those whose acknowledgement is due first are among them.
        var shown = waiting.Items.Select(f => Flag(f, policy)).OrderBy(i => i.Due).Take(Most).ToList();
        items.AddRange(shown);
        Count(
            rest, NewFlag, waiting.Total - shown.Count, n => n == 1 ? "1 more flag awaits triage" : $"{n:N0} more flags await triage",
            "/flags?show=waiting");
    }

    private async Task AddIncidentsAsync(ISql sql, Actor actor, List<InboxItem> items, List<InboxRest> rest)
    {
        var now = clock.GetUtcNow();
        items.AddRange((await decisions.AwaitingAsync(sql, actor)).Select(Approval));
        items.AddRange((await decisions.AskedAgainAsync(sql, actor, now)).Select(DueAgain));
        var updates = await OpenIncidents.UpdatesDueAsync(sql, actor, now + Soon, actor.Id, Most);
        items.AddRange(updates.Items.Select(UpdateDue));
        Count(
            rest, Update, updates.Total - updates.Items.Count, n => $"{n:N0} more {(n == 1 ? "update is" : "updates are")} due",
            "/incidents?mine=true");
    }

    private async Task AddTasksAsync(ISql sql, Actor actor, List<InboxItem> items, List<InboxRest> rest)
    {
        var now = clock.GetUtcNow();
        var tasks = await DueTasks.OfAsync(sql, actor, now + Tomorrow, Most);
        items.AddRange(tasks.Items.Select(t => Task(t, now)));
        Count(
            rest, DueTask, tasks.Total - tasks.Items.Count,
            n => $"{n:N0} more {(n == 1 ? "task is" : "tasks are")} overdue or due within 24 hours", "/tasks?mine=true");
    }

    private static void Count(List<InboxRest> rest, string kind, int count, Func<int, string> text, string href)
    {
        if (count > 0) rest.Add(new(kind, count, text(count), href));
    }

    private static InboxItem Flag(WaitingFlag f, SevPolicy policy) => new(
        Urgency.Clock, NewFlag, Tone.Bad, $"{f.Code}: {Short(f.Concern)}", $"/flags/{f.Code}", policy[f.Sev].Acknowledge.After(f.FlaggedAt),
        Note: f.Sev.Label());

    private static InboxItem Proposal(OpenPauses p) => new(
        Urgency.Clock, "Pause proposed", Tone.Warn, $"{p.Program.Code}: becomes active unless you decline it with a reason",
        $"/programs/{p.Program.Code}", p.Deadline);

    private static InboxItem Violation(WaitingViolation v) => new(
        Urgency.Clock, "Violation", Tone.Bad, $"{v.Program.Code}: data was collected after the stop", $"/programs/{v.Program.Code}",
        Since: v.RaisedAt,
        Note: v.Batches == 0 ? null : $"{v.Batches:N0} {(v.Batches == 1 ? "batch" : "batches")} quarantined");

    private static InboxItem Approval(DecisionLine d) => new(
        Urgency.Awaited, ToApprove, Tone.Accent, $"{d.Program}: {d.Outcome?.Title() ?? "decision"}", $"/decisions/{d.Code}",
        Since: d.ProposedAt,
        Note: d.ProposedBy is { } by ? $"recommended by {by}" : null);

    private static InboxItem UpdateDue(OpenIncident i) => new(
        Urgency.Clock, Update, Tone.Accent, $"{i.Code} {Short(i.Title)}", $"/incidents/{i.Code}", i.UpdateDueAt, Note: i.Sev.Label());

    private static InboxItem DueAgain(DecisionLine d) => new(
        Urgency.Awaited, "Decision due", Tone.Warn, $"{d.Program}: the date until which it stays paused has come", $"/decisions/{d.Code}",
        Since: d.AsksAgainAt);

    private static InboxItem Task(WorkTask t, DateTimeOffset now)
    {
        var overdue = t.State.IsOverdue(now);
        var href = t.IncidentCode is { } incident ? $"/incidents/{incident}"
            : t.DecisionCode is { } decision ? $"/decisions/{decision}" : t.ProgramCode is { } program ? $"/programs/{program}" : "/tasks";
        return new(
            overdue ? Urgency.Overdue : Urgency.Tomorrow, overdue ? "Task overdue" : DueTask, overdue ? Tone.Bad : Tone.Neutral,
            $"{t.Code} {Short(t.State.What)}", href, t.State.DueAt);
    }

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= MaxText ? line : line[..(MaxText - 1)].TrimEnd() + "…";
    }
}

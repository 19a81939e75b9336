using IncidentHub.Domain.Access;
using IncidentHub.Domain.Severity;
using IncidentHub.Catalog.Programs;
using IncidentHub.Decisions;
using IncidentHub.Decisions.Opinions;
using IncidentHub.Response.Flags;
using IncidentHub.Response.Incidents;
using IncidentHub.Switch.Pauses;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Response.Obligations;
using IncidentHub.Response.Reviews;
using IncidentHub.Response.Tasks;
using IncidentHub.Platform.Database;
using IncidentHub.Ui.Kit;
using IncidentHub.Switch.Gate;

namespace IncidentHub.Insight.Home;

/// <summary>Collects what needs action by a person, from all features.</summary>
internal sealed partial class InboxQueries(
    Db db, SevPolicyReader policies, DecisionReader decisions, ViolationQueries violations, FlagReader flags,
    ObligationQueries obligations, ReviewQueries reviews, CollectorsAhead ahead, TimeProvider clock)
{
    public const string NewFlag = "New flag";
    public const string ToApprove = "Approval";
    public const string ToGive = "Opinion";
    public const string DueTask = "Task";
    public const string LateTask = "Task overdue";
    public const string NotTrusted = "Hub not trusted";

    /// <summary>The maximum number of flags in the inbox; the list of flags shows all of them.</summary>
    public const int MostFlags = 10;

    /// <summary>The maximum number of items of each other kind.</summary>
    private const int Most = 25;

    private const int MaxText = 90;
    private static readonly TimeSpan Soon = TimeSpan.FromHours(1);
    private static readonly TimeSpan Tomorrow = TimeSpan.FromHours(24);

    /// <param name="pauses">All open pauses, which the caller has loaded.</param>
    public async Task<Inbox> OfAsync(Actor actor, IReadOnlyList<OpenPauses> pauses, CancellationToken ct)
    {
        var items = new List<InboxItem>(pauses.Where(p => p.Deadline is not null && p.IsMine(actor)).Select(Proposal));
        var held = AddHeld(actor, pauses, items);
        var next = await db.ReadAsync(
            async sql =>
            {
                if (AccessTable.Allows(actor, Act.ReadPrograms))
                {
                    items.AddRange((await violations.WaitingAsync(sql)).Where(v => v.IsFor(actor)).Select(Violation));
                    await AddAheadAsync(sql, actor, held, items);
                }
                if (AccessTable.Allows(actor, Act.TriageFlag)) await AddFlagsAsync(sql, items);
                if (AccessTable.Allows(actor, Act.ReadIncidents)) await AddIncidentsAsync(sql, actor, items);
                items.AddRange((await OpinionQueries.AwaitedAsync(sql, actor)).Select(o => Opinion(o, clock.GetUtcNow())));
                return Earlier(await AddTasksAsync(sql, actor, items), await AddSafeguardsAsync(sql, actor, items));
            },
            ct);
        return new Inbox([.. items.OrderBy(n => n.Urgency).ThenBy(n => n.Due ?? n.Since)], next);
    }

    private async Task AddFlagsAsync(ISql sql, List<InboxItem> items)
    {
        var policy = await policies.CurrentAsync(sql);
        var waiting = await flags.WaitingAsync(sql, MostFlags);
        // The oldest of each level include those whose acknowledgement is due first.
        var shown = waiting.Items.Select(f => Flag(f, policy)).OrderBy(i => i.Due).Take(MostFlags).ToList();
        Add(items, shown, waiting.Total, n => $"{n:N0} more {(n == 1 ? "flag awaits" : "flags await")} triage", "flags?show=waiting");
    }

    private async Task AddIncidentsAsync(ISql sql, Actor actor, List<InboxItem> items)
    {
        var now = clock.GetUtcNow();
        items.AddRange((await OpenedIncidents.ToTellAsync(sql, actor, now)).Select(o => Opened(o, now)));
        items.AddRange((await decisions.AwaitingAsync(sql, actor)).Select(Approval));
        items.AddRange((await decisions.ListDueAgainAsync(sql, actor, now)).Select(DueAgain));
        await AddObligationsAsync(sql, actor, items, now);
        var due = await reviews.DueForAsync(sql, actor, now + Tomorrow, Most);
        Add(items, [.. due.Items.Select(Review)], due.Total, n => $"{n:N0} more {(n == 1 ? "review is" : "reviews are")} due", "reviews");
        var updates = await OpenIncidents.UpdatesDueAsync(sql, actor, now + Soon, actor.Id, Most);
        var shown = updates.Items.Select(i => UpdateDue(i, now)).ToList();
        Add(items, shown, updates.Total, n => $"{n:N0} more {(n == 1 ? "update is" : "updates are")} due", "incidents?mine=true");
    }

    /// <summary>How many obligations are due within a day, late ones included.</summary>
    public Task<int> DueObligationsAsync(ISql sql, Actor actor) =>
        ObligationQueries.CountDueAsync(sql, actor, clock.GetUtcNow() + Tomorrow);

    // Those who decide are reminded a day before; a late one is everybody's matter who answers for it.
    private async Task AddObligationsAsync(ISql sql, Actor actor, List<InboxItem> items, DateTimeOffset now)
    {
        var decides = AccessTable.Allows(actor, Act.DecideObligation);
        if (!decides && !actor.Has(Roles.Counsel | Roles.Executive)) return;
        var by = decides ? now + Tomorrow : now;
        var due = await obligations.DueAsync(sql, actor, by, Most);
        var total = due.Count < Most ? due.Count : await ObligationQueries.CountDueAsync(sql, actor, by);
        Add(items, [.. due.Select(Obligation)], total, n => $"{n:N0} more {(n == 1 ? "obligation is" : "obligations are")} due",
            "obligations");
    }

    // Reminders follow from the due times alone: a hub that slept shows them as soon as it is back. The answer is when the next one comes.
    private async Task<DateTimeOffset?> AddTasksAsync(ISql sql, Actor actor, List<InboxItem> items)
    {
        var now = clock.GetUtcNow();
        var tasks = await DueTasks.OfAsync(sql, actor, now, now + Tomorrow, Most);
        var shown = tasks.Items.Select(Task).ToList();
        Add(items, shown, tasks.Total, n => $"{n:N0} more {(n == 1 ? "task is" : "tasks are")} due", "tasks?mine=true");
        return await DueTasks.NextAsync(sql, actor, now + Tomorrow) - Tomorrow;
    }

    // Reminders to the owner of a program; deputies see them on the program.
    private async Task<DateTimeOffset?> AddSafeguardsAsync(ISql sql, Actor actor, List<InboxItem> items)
    {
        if (!AccessTable.Allows(actor, Act.ReadPrograms)) return null;
        var due = await DueSafeguards.OfAsync(sql, actor, clock.GetUtcNow());
        var shown = due.Items.Take(Most).Select(Safeguard).ToList();
        Add(items, shown, due.Items.Count, n => $"{n:N0} more {(n == 1 ? "safeguard is" : "safeguards are")} to be verified",
            "programs?mine=true");
        return due.Next;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;

    // The row for the unlisted items sorts like the last listed one.
    private static void Add(List<InboxItem> items, IReadOnlyList<InboxItem> shown, int total, Func<int, string> more, string href)
    {
        items.AddRange(shown);
        var rest = total - shown.Count;
        if (rest > 0) items.Add(shown[^1] with { Text = more(rest), Href = href, Note = null, Rest = rest });
    }

    private static InboxItem Flag(WaitingFlag f, SevPolicy policy) => new(
        Urgency.Clock, NewFlag, Tone.Bad, $"{f.Code}: {Short(f.Concern)}", $"flags/{f.Code}", policy[f.Sev].Acknowledge.After(f.FlaggedAt),
        Note: f.Sev.Label());

    private static InboxItem Proposal(OpenPauses p) => new(
        Urgency.Clock, "Pause proposed", Tone.Warn, $"{p.Program.Code}: becomes active unless you decline it with a reason",
        $"programs/{p.Program.Code}", p.Deadline);

    private static InboxItem Violation(WaitingViolation v) => new(
        Urgency.Violation, "Violation", Tone.Bad, v.Text, $"programs/{v.Program.Code}",
        Since: v.RaisedAt,
        Note: v.Batches == 0 ? null : $"{v.Batches:N0} {(v.Batches == 1 ? "batch" : "batches")} quarantined");

    private static InboxItem Opened(OpenedIncident o, DateTimeOffset now) => new(
        Urgency.Violation, "Break-glass", Tone.Bad, $"{o.Incident}: opened by {o.By}: {Short(o.Reason)}", $"incidents/{o.Incident}",
        Since: o.OpenedAt, Note: o.EndsAt > now ? "open for an hour" : "ended");

    private static InboxItem Approval(DecisionLine d) => new(
        Urgency.Awaited, ToApprove, Tone.Accent, $"{d.Program}: {d.Outcome?.Title() ?? "decision"}", $"decisions/{d.Code}",
        Since: d.ProposedAt,
        Note: d.ProposedBy is { } by ? $"recommended by {by}" : null);

    private static InboxItem Opinion(AwaitedOpinion o, DateTimeOffset now) => new(
        Urgency.Awaited, ToGive, o.DueAt < now ? Tone.Bad : Tone.Accent,
        $"{o.Program}: your opinion is requested on {o.Decision}", $"decisions/{o.Decision}", o.DueAt, o.RequestedAt,
        Note: $"requested by {o.RequestedBy}");

    // It follows from the due time: after an outage the late ones stand here as they are.
    private static InboxItem UpdateDue(OpenIncident i, DateTimeOffset now) => new(
        Urgency.Clock, i.UpdateDueAt < now ? "Update late" : "Update due", i.UpdateDueAt < now ? Tone.Bad : Tone.Accent,
        $"{i.Code} {Short(i.Title)}", $"incidents/{i.Code}?kind=updates", i.UpdateDueAt, Note: i.Sev.Label());

    private static InboxItem DueAgain(DecisionLine d) => new(
        Urgency.Awaited, "Decision due", Tone.Warn, $"{d.Program}: the date until which it stays paused has come", $"decisions/{d.Code}",
        Since: d.DueAgainAt);

    private static InboxItem Obligation(ObligationView o) => new(
        Urgency.Clock, o.Late ? "Obligation late" : "Obligation due", o.Late ? Tone.Bad : Tone.Warn,
        $"{o.Code} {Short($"{o.RegimeName}: {o.Name}")}", $"incidents/{o.Incident}?tab=obligations", o.DueAt, Note: o.Incident);

    private static InboxItem Review(ReviewLine r) => new(
        r.Late ? Urgency.Overdue : Urgency.Tomorrow, r.Late ? "Review late" : "Review due", r.Late ? Tone.Bad : Tone.Neutral,
        $"{r.Incident} {Short(r.Title)}", $"incidents/{r.Incident}?tab=review", r.DueAt, Note: r.Sev.Label());

    private static InboxItem Task(TaskView t)
    {
        var overdue = t.Overdue;
        var href = t.Incident is { } incident ? $"incidents/{incident}"
            : t.Decision is { } decision ? $"decisions/{decision}" : t.Program is { } program ? $"programs/{program}" : "tasks";
        return new(
            overdue ? Urgency.Overdue : Urgency.Tomorrow, overdue ? LateTask : DueTask, overdue ? Tone.Bad : Tone.Neutral,
            $"{t.Code} {Short(t.What)}", href, t.DueAt);
    }

    private static InboxItem Safeguard(DueSafeguard s) => new(
        s.IsExpired ? Urgency.Overdue : Urgency.Tomorrow, "Verify again",
        s.IsExpired ? Tone.Warn : Tone.Neutral, $"{s.Program}: {Short(s.Text)}", $"programs/{s.Program}", s.DueAt);

    private static string Short(string text) => TextRules.Cut(text.ReplaceLineEndings(" "), MaxText);
}

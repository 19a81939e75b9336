using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Response.Flags;
using IncidentHub.Response.Incidents;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Insight.Home;

/// <summary>The contents of Home for one person.</summary>
/// <param name="MyFlags">Their own latest flags, with status.</param>
internal sealed record HomeView(
    Inbox Inbox, IReadOnlyDictionary<Sev, int> OpenBySev, IReadOnlyList<OpenIncident> Open, IReadOnlyList<OpenPauses> Pauses,
    IReadOnlyList<FlagListItem> MyFlags)
{
    public int OpenCount => OpenBySev.Values.Sum();
}

/// <summary>The counts in the navigation; null if the role may not read the corresponding list.</summary>
/// <param name="DueObligations">Of those who decide on obligations: what is due within a day, late ones included.</param>
/// <param name="DueTasks">The person's own tasks that are due within a day, late ones included.</param>
/// <param name="NextReminder">When the next of their tasks and safeguards is to be counted; null where there is none.</param>
/// <param name="Needs">The number of items in the inbox, <see cref="Inbox.Count"/>.</param>
internal sealed record NavCounts(int Needs, int? Open, int? Paused, int? NewFlags, int Approvals, int? DueObligations, int DueTasks,
    DateTimeOffset? NextReminder);

internal sealed class HomeQueries(
    Db db, ProgramReader programs, PauseCauses causes, InboxQueries inbox, FlagQueries flags, RestrictedReads audit)
{
    private const int OpenShown = 12;
    private const int FlagsShown = 5;

    /// <summary>
    /// The topics of both queries: of what this person may read. Their own flags, tasks and decisions change with what they may see.
    /// </summary>
    public static IReadOnlyList<string> TopicsOf(Actor actor)
    {
        return
        [
            .. Of(Act.ReadIncidents, "incidents", "obligations"), .. Of(Act.ReadDecisions, "decisions"),
            .. Of(Act.ReadPrograms, "programs", ViolationAlerts.Topic),
            .. Of(Act.TriageFlag, "flags"), .. Of(Act.ReadTask, "tasks"),
        ];

        string[] Of(Act read, params string[] topics) => AccessTable.Allows(actor, read) ? topics : [];
    }

    public async Task<HomeView> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        var reads = AccessTable.Allows(actor, Act.ReadIncidents);
        var (bySev, open, pauses) = await db.ReadAsync(
            async sql => (
                reads ? await OpenIncidents.BySevAsync(sql, actor) : new Dictionary<Sev, int>(),
                reads ? await OpenIncidents.WorstFirstAsync(sql, actor, OpenShown) : [],
                await PausesAsync(sql, actor)),
            ct);
        audit.OfList(actor, open);
        var mine = await flags.ListAsync(new FlagFilter { Mine = true }, null, FlagsShown, actor, ct);
        return new HomeView(await inbox.OfAsync(actor, pauses, ct), bySev, open, pauses, mine.IsOk ? mine.Value.Items : []);
    }

    public async Task<NavCounts> CountsAsync(Actor actor, CancellationToken ct = default)
    {
        var reads = AccessTable.Allows(actor, Act.ReadIncidents);
        var (open, pauses, due) = await db.ReadAsync(
            async sql => (
                reads ? (await OpenIncidents.BySevAsync(sql, actor)).Values.Sum() : (int?)null,
                await PausesAsync(sql, actor),
                AccessTable.Allows(actor, Act.DecideObligation) ? await inbox.DueObligationsAsync(sql, actor) : (int?)null),
            ct);
        var mine = await inbox.OfAsync(actor, pauses, ct);
        return new NavCounts(
            mine.Count, open, AccessTable.Allows(actor, Act.ReadPrograms) ? pauses.Count(p => p.IsPaused) : null,
            AccessTable.Allows(actor, Act.TriageFlag) ? mine.CountOf(InboxQueries.NewFlag) : null,
            mine.CountOf(InboxQueries.ToApprove) + mine.CountOf(InboxQueries.ToGive), due,
            mine.CountOf(InboxQueries.DueTask) + mine.CountOf(InboxQueries.LateTask),
            mine.Next);
    }

    private async Task<IReadOnlyList<OpenPauses>> PausesAsync(ISql sql, Actor actor) =>
        AccessTable.Allows(actor, Act.ReadPrograms) ? await OpenPauses.AllAsync(sql, programs, causes, actor) : [];
}

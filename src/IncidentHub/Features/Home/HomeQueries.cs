using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Features.Incidents;
using IncidentHub.Features.Pauses;
using IncidentHub.Features.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Features.Home;

/// <summary>What home shows to one person.</summary>
internal sealed record HomeView(IReadOnlyList<Need> Needs, IReadOnlyDictionary<Sev, int> OpenBySev, IReadOnlyList<OpenIncident> Open, IReadOnlyList<OpenPauses> Pauses)
{
    public int OpenCount => OpenBySev.Values.Sum();
}

internal sealed class HomeQueries(Db db, ProgramReader programs, TimeProvider clock)
{
    private const int OpenShown = 12;
    private static readonly TimeSpan Soon = TimeSpan.FromHours(1);

    public Task<HomeView> LoadAsync(Actor actor, CancellationToken ct = default) => db.ReadAsync(
        async sql =>
        {
            var mayRead = AccessTable.Allows(actor, Act.ReadIncidents);
            var pauses = AccessTable.Allows(actor, Act.ReadPrograms) ? await OpenPauses.AllAsync(sql, programs) : [];
            var needs = new List<Need>();
            needs.AddRange(pauses.Where(p => p.Deadline is not null && p.IsMine(actor)).Select(Proposal));
            if (mayRead) needs.AddRange((await OpenIncidents.UpdatesDueAsync(sql, actor, clock.GetUtcNow() + Soon, actor.Id, OpenShown)).Select(UpdateDue));
            return new HomeView(
                [.. needs.OrderBy(n => n.Due ?? DateTimeOffset.MaxValue).ThenBy(n => n.Since)],
                mayRead ? await OpenIncidents.BySevAsync(sql, actor) : new Dictionary<Sev, int>(),
                mayRead ? await OpenIncidents.WorstFirstAsync(sql, actor, OpenShown) : [],
                pauses);
        },
        ct);

    private static Need Proposal(OpenPauses p) =>
        new("Pause proposed", Tone.Warn, $"{p.Program.Code}: comes in force unless you decline with a reason", $"/programs/{p.Program.Code}", p.Deadline);

    private static Need UpdateDue(OpenIncident i) => new("Update due", Tone.Accent, $"{i.Code} {i.Title}", $"/incidents/{i.Code}", i.UpdateDueAt, Note: i.Sev.Label());
}

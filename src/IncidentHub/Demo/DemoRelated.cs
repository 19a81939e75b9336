using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>What the paused program's incident has to do with earlier ones: a link with a reason, and a series of three.</summary>
internal sealed class DemoRelated(RelatedCommands related)
{
    public async Task WriteAsync(UnitOfWork tx, string code)
    {
        var incident = (await IncidentStore.LoadVisibleAsync(tx, Responder, code))!.State;
        var seen = (await RelatedStore.SeenBeforeAsync(tx, [.. incident.Exposures.Select(e => e.DatasetId),
            .. incident.Involvements.Select(l => l.ProgramId)], incident.Id, Responder)).Select(s => s.Incident).Take(2).ToList();
        if (seen.Count < 2) return;
        Must(await related.LinkAsync(tx, code, seen[0].Code, "The same company-wide group had been added to the project then.", Responder));
        Must(await related.ArrangeAsync(tx, code, "Call data open to the whole company",
            [.. seen.OrderBy(i => i.DeclaredAt).Select(i => i.Code), code], null, Responder));
    }
}

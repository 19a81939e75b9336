using System.Diagnostics;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Demo;

/// <summary>
/// Writes the story in one transaction, so that it is complete or absent. A database that has a program is not changed.
/// </summary>
internal sealed class DemoLoader(
    Db db, Statements statements, ProgramReader programs, DemoCatalogue catalogue, DemoHistory history, DemoPauses pauses,
    DemoDrills drills, DemoPresent present, TimeProvider clock, ILogger<DemoLoader> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((await db.ReadAsync(sql => programs.SearchByPrefixAsync(sql, null, 1), cancellationToken)).Count > 0) return;
        var watch = Stopwatch.StartNew();
        var now = clock.GetUtcNow();
        var script = new DemoScript();
        catalogue.Write(script, now);
        pauses.Write(script, now);
        drills.Write(script, now);
        history.Write(script, now);
        present.Write(script, now);
        var acts = script.InOrder().ToList();
        await db.WriteAsync<Done>(
            async tx =>
            {
                foreach (var (at, act) in acts)
                {
                    var then = new UnitOfWork(tx.Engine, statements, tx.Connection, tx.Transaction!,
                        at < tx.Now ? at : tx.Now)
                    { Handlers = tx.Handlers };
                    await act(then);
                    await then.Journal.WriteAsync(then);
                }
                return default(Done);
            },
            ct: cancellationToken);
        log.LogInformation("The demo story was loaded: {Acts} acts in {Elapsed:0.0} s", acts.Count, watch.Elapsed.TotalSeconds);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

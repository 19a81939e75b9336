using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Programs;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>The programs, their safeguards, the datasets that they feed, and what is derived from those.</summary>
internal sealed class DemoCatalogue(ProgramCommands programs, SafeguardCommands safeguards, LinkDatasetsHandler links)
{
    /// <summary>MCI was launched in the last April that is at least two months past.</summary>
    public static DateTimeOffset Launch(DateTimeOffset now)
    {
        var april = new DateTimeOffset(now.Year, 4, 21, 9, 0, 0, TimeSpan.Zero);
        return april < now.AddDays(-60) ? april : april.AddYears(-1);
    }

    public void Write(DemoScript script, DateTimeOffset now)
    {
        foreach (var p in DemoPrograms.All)
        {
            var live = p.Code == "MCI" ? Launch(now) : now.AddDays(-p.LiveDaysAgo);
            script.At(live.AddDays(-24), tx => RegisterAsync(tx, p, live));
            foreach (var promise in p.Safeguards) script.At(live.AddDays(-1), tx => SafeguardAsync(tx, p, promise, live));
            if (p.Draft) continue;
            script.At(live, async tx => Must(await programs.RunAsync(tx, p.Code, new LaunchProgram(), null, p.Owner)));
            foreach (var (number, day, holds, evidence) in p.Checks.Where(c => now.AddDays(-c.DaysAgo) > live.AddHours(1)))
                script.At(now.AddDays(-day), async tx =>
                Must(await safeguards.RunAsync(
                    tx, new(p.Code, number), new VerifySafeguard(holds, evidence, Responder.Id), null, Responder)));
            if (p.EndedDaysAgo is { } ended)
                script.At(now.AddDays(-ended), async tx =>
                Must(await programs.TerminateAsync(tx, (await ProgramStore.LoadAsync(tx, p.Code))!.State.Id,
                "Its purpose was fulfilled, and there was no basis for continuing it.", Executive)));
        }
        foreach (var d in DemoDatasets.All)
        {
            var made = d.Program == "MCI" || d.Mci ? Launch(now).AddDays(3) : now.AddDays(-d.DaysAgo);
            script.At(made, async tx =>
                Must(await DatasetCommands.RegisterAsync(
                    tx, new RegisterDataset(Guid.Empty, d.Name, d.Details with { OwnerId = d.Owner.Id }), d.Owner)));
            if (d.Program is { } program)
                script.At(made.AddMinutes(1), async tx => Must(await links.LinkAsync(tx, new LinkFeed(program, d.Name), d.Owner)));
            foreach (var upstream in d.From)
                script.At(made.AddMinutes(2), async tx =>
                Must(await LinkDatasetsHandler.LinkAsync(tx, new LinkLineage(upstream, d.Name), d.Owner)));
        }
        // A second program uses what is derived from calls.
        script.At(now.AddDays(-290), async tx =>
            Must(await links.LinkAsync(tx, new LinkFeed("SUPPORT-QA", "coaching-examples"), Responder)));
    }

    private async Task RegisterAsync(UnitOfWork tx, DemoProgram p, DateTimeOffset live)
    {
        var details = p.Details with
        {
            OwnerId = p.Owner.Id,
            DeputyIds = p.Owner == Owner ? [Deputy.Id] : [],
            LaunchDate = DateOnly.FromDateTime(live.UtcDateTime)
        };
        Must(await programs.RegisterAsync(tx, new RegisterProgram(Guid.Empty, p.Code, details), p.Owner));
    }

    private static async Task SafeguardAsync(UnitOfWork tx, DemoProgram p, string promise, DateTimeOffset live) =>
        Must(await SafeguardCommands.AddAsync(
            tx, p.Code, new(Guid.Empty, Guid.Empty, promise, p.Source, DateOnly.FromDateTime(live.AddDays(-2).UtcDateTime)), p.Owner));
}

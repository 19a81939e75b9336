using IncidentHub.Domain.Access;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Response.Incidents;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Pages.Shell;

/// <summary>Incidents by code, title, summary and program, through the same search as the list.</summary>
internal sealed class IncidentPalette(ListIncidentsHandler incidents) : IPaletteSource
{
    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, Actor actor, CancellationToken ct)
    {
        var found = await incidents.HandleAsync(new IncidentFilter { Text = text, Limit = 6 }, actor, ct);
        return found.IsOk
            ? [.. found.Value.Items.Select(i =>
            new PaletteItem("Incidents", $"{i.Code} {i.Title}", $"incidents/{i.Code}", $"{((Sev)i.Sev).Label()} · {i.Status}"))] : [];
    }
}

internal sealed class ProgramPalette(Db db, ProgramReader programs) : IPaletteSource
{
    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, Actor actor, CancellationToken ct) =>
        AccessTable.Allows(actor, Act.ReadPrograms)
        ? [.. (await db.ReadAsync(sql => programs.SearchByPrefixAsync(sql, text, 5), ct))
            .Select(p => new PaletteItem("Programs", $"{p.Code} {p.Name}", $"programs/{p.Code}", p.Lifecycle.ToString()))]
        : [];
}

internal sealed class DatasetPalette(Db db, DatasetReader datasets) : IPaletteSource
{
    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, Actor actor, CancellationToken ct) =>
        AccessTable.Allows(actor, Act.ReadDatasets)
        ? [.. (await db.ReadAsync(sql => datasets.SearchByPrefixAsync(sql, text, 5), ct))
            .Select(d => new PaletteItem("Datasets", d.Name, $"datasets/{d.Name}", d.Kind.ToString()))]
        : [];
}

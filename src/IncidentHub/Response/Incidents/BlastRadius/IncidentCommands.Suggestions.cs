using IncidentHub.Catalog.Datasets;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

internal sealed partial class IncidentCommands
{
    /// <summary>
    /// Links what lineage suggests, all of it or nothing: programs as suggested, datasets as exposed by what the catalog says.
    /// </summary>
    public Task<Result<IncidentRecord>> ConfirmLinksAsync(string code, SuggestedNames chosen, int? expectedVersion, Actor actor,
        CancellationToken ct = default) => RunAsync(
        code, (tx, state) => ConfirmationAsync(tx, datasets, exposures, state, chosen, tx.Now), expectedVersion, actor,
        WriteLane.Pause, ct);

    /// <summary>Sets suggestions aside; they are not made again.</summary>
    public Task<Result<IncidentRecord>> SetLinksAsideAsync(string code, SuggestedNames chosen, string reason, int? expectedVersion,
        Actor actor, CancellationToken ct = default) => RunAsync(
        code,
        async (tx, state) => await ChosenAsync(tx, datasets, state, chosen) is var links && links.IsOk
            ? new IncidentCommand.SetLinksAside(links.Value, reason) : links.Refusal!,
        expectedVersion, actor, WriteLane.Normal, ct);

    /// <summary>The command that links the chosen suggestions.</summary>
    internal static async Task<Result<IncidentCommand>> ConfirmationAsync(
        ISql sql, DatasetReader datasets, ExposureReading exposures, IncidentState state, SuggestedNames chosen,
        DateTimeOffset now)
    {
        var links = await ChosenAsync(sql, datasets, state, chosen);
        if (links.Refusal is { } refused) return refused;
        var exposed = new List<Exposure>();
        foreach (var link in links.Value.Where(l => l.Subject == LinkSubject.Dataset))
        {
            var read = await exposures.ReadAsync(sql, new() { Dataset = link.Name }, now);
            if (!read.IsOk) return read.Refusal!;
            exposed.Add(read.Value);
        }
        return new IncidentCommand.ConfirmLinks(exposed, [.. links.Value.Where(l => l.Subject == LinkSubject.Program)
            .Select(l => new ProgramInvolvement { ProgramId = l.Id, ProgramCode = l.Name, Kind = l.Kind!.Value })]);
    }

    /// <summary>The suggestions of these names, or the refusal at the first that is none.</summary>
    private static async Task<Result<List<SuggestedLink>>> ChosenAsync(
        ISql sql, DatasetReader datasets, IncidentState state, SuggestedNames chosen)
    {
        var suggested = (await GetBlastRadiusHandler.SuggestionsAsync(sql, datasets, state)).ToDictionary(s => (s.Subject, s.Name));
        var links = new List<SuggestedLink>();
        var check = new Validation();
        Take(LinkSubject.Program, [.. chosen.Programs.Select(Codes.Upper)], "programs");
        Take(LinkSubject.Dataset, [.. chosen.Datasets.Select(Codes.Lower)], "datasets");
        return check.ToRefusal() is { } refused ? refused : links;

        void Take(LinkSubject subject, string[] names, string field)
        {
            for (var i = 0; i < names.Length; i++)
            {
                var known = suggested.TryGetValue((subject, names[i]), out var link);
                check.Check(known, $"{field}[{i}]",
                    "It is not suggested. Somebody may have linked it, or set it aside: load the page again.");
                if (known && !links.Contains(link!)) links.Add(link!);
            }
        }
    }
}

/// <summary>Suggestions that somebody chose.</summary>
public sealed record SuggestedNames(IReadOnlyList<string> Programs, IReadOnlyList<string> Datasets);

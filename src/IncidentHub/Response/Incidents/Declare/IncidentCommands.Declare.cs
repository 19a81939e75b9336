using System.Security.Cryptography;
using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

internal sealed partial class IncidentCommands
{
    public const string CounterName = "incident";

    /// <summary>Declares an incident; all of its effects are in the same transaction.</summary>
    public async Task<Result<IncidentRecord>> DeclareAsync(DeclareIncident stated, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.DeclareIncident) is { } denied) return denied;
        if (stated.Check() is { } refusal) return refusal;
        return await Db.WriteAsync<IncidentRecord>(
            tx => DeclareAsync(tx, stated, actor), stated.MayPause ? WriteLane.Pause : WriteLane.Normal, ct);
    }

    /// <summary>The same in an open transaction. The caller has checked permission and form.</summary>
    internal async Task<Result<IncidentRecord>> DeclareAsync(UnitOfWork tx, DeclareIncident stated, Actor actor)
    {
        var links = await LinksAsync(tx, stated.Programs ?? []);
        if (links.Refusal is { } unlinked) return unlinked;
        var exposed = await ExposuresAsync(tx, stated.Exposures ?? []);
        if (exposed.Refusal is { } unread) return unread;
        var confidentiality = stated.Confidentiality ?? Confidentiality.Open;
        int? number = confidentiality == Confidentiality.Open ? await Counters.NextAsync(tx, CounterName) : null;
        var id = OrderedId.Next(tx.Now);
        var code = number is { } n ? IncidentCode.Open(n) : IncidentCode.Restricted(RandomNumberGenerator.GetInt32);
        var flag = await FlagAsync(tx, stated.Flag, id, code, actor);
        if (flag.Refusal is { } untriaged) return untriaged;
        var facts = flag.Value.Facts;

        var policy = await policies.CurrentAsync(tx);
        var declare = new IncidentCommand.Declare(id, code, stated.Title ?? "", (Sev)stated.Sev!.Value, policy.Version,
            stated.Summary ?? "", confidentiality, stated.ExposureStarted, stated.Detected, facts?.FlaggedAt, facts?.AcknowledgedAt)
        {
            People = actor.Kind == ActorKind.Person ? [new(IncidentRole.Commander, actor.Id, actor.Name)] : [],
            Exposures = exposed.Value,
            Involvements = [.. links.Value.Select(l => l.Involvement)],
        };
        var outcome = IncidentRules.Decide(null, declare, actor, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var (next, events) = outcome.Value;

        var due = await UpdateDueAsync(tx, next, null);
        await IncidentStore.InsertAsync(tx, next, number, facts?.Id, due, actor);
        foreach (var happened in events)
            await tx.RecordAsync(actor, IncidentHistory.Of(next, happened, happened is IncidentDeclared ? facts : null));
        await RecordAdviceAsync(tx, null, next);
        if (facts is not null && await flags.CarryOverAsync(tx, facts.Id, code, actor) is { } notCarried) return notCarried;
        foreach (var (involvement, broken) in links.Value) await safeguards.BreakAsync(tx, involvement.ProgramId, broken, id, code, actor);
        await pauses.RunAsync(tx, null, next, events, null, actor);
        // Not loaded again, so that a pause is not delayed: the timestamp of a pause that was just placed is missing from it.
        return new IncidentRecord
        {
            State = next,
            DeclaredSev = next.Sev,
            FlagId = facts?.Id,
            LastUpdateAt = null,
            UpdateDueAt = due,
            LastChange = ChangeNote.Of(tx.Now, actor.Name, "declared"),
        };
    }

    private async Task<Result<List<StatedLink>>> LinksAsync(UnitOfWork tx, IReadOnlyList<ProgramLinkBody> stated)
    {
        var links = new List<StatedLink>();
        for (var i = 0; i < stated.Count; i++)
        {
            var link = await LinkAsync(tx, stated[i], $"programs[{i}].");
            if (!link.IsOk) return link.Refusal!;
            links.Add(link.Value);
        }
        return links;
    }

    /// <param name="at">Prefix of the fields in refusals, such as <c>programs[0].</c>.</param>
    private async Task<Result<StatedLink>> LinkAsync(UnitOfWork tx, ProgramLinkBody stated, string at)
    {
        var found = await FindProgramAsync(tx, programs, stated.Program ?? "", $"{at}program");
        if (!found.IsOk) return found.Refusal!;
        var broken = await BrokenAsync(tx, found.Value, stated, $"{at}brokenSafeguards");
        if (!broken.IsOk) return broken.Refusal!;
        var involvement = new ProgramInvolvement
        {
            ProgramId = found.Value.Id,
            ProgramCode = found.Value.Code,
            Kind = stated.Kind ?? Involvement.Source,
            Note = stated.Note?.Clean() ?? "",
        };
        return new StatedLink(involvement, broken.Value);
    }

    private async Task<Result<List<Exposure>>> ExposuresAsync(UnitOfWork tx, IReadOnlyList<ExposureBody> stated)
    {
        var read = new List<Exposure>();
        for (var i = 0; i < stated.Count; i++)
        {
            var exposure = await exposures.ReadAsync(tx, stated[i], $"exposures[{i}].");
            if (!exposure.IsOk) return exposure.Refusal!;
            read.Add(exposure.Value);
        }
        return read;
    }

    private async Task<Result<Guid[]>> BrokenAsync(UnitOfWork tx, ProgramFacts program, ProgramLinkBody stated, string field)
    {
        if (stated.BrokenSafeguards is not { Count: > 0 } numbers) return Array.Empty<Guid>();
        var recorded = await programs.SafeguardsAsync(tx, program.Id);
        return numbers.All(n => n >= 1 && n <= recorded.Count)
            ? numbers.Distinct().Select(n => recorded[n - 1].Id).ToArray()
            : Refusal.Invalid(field, $"{program.Code} has {recorded.Count} safeguards; give numbers from 1 to that.");
    }

    private async Task<Result<FlagOrNone>> FlagAsync(UnitOfWork tx, string? flag, Guid incidentId, string incidentCode, Actor actor)
    {
        if (string.IsNullOrWhiteSpace(flag)) return default(FlagOrNone);
        var marked = await flags.MarkDeclaredAsync(tx, flag, incidentId, incidentCode, actor);
        if (marked.IsOk) return new FlagOrNone(marked.Value);
        return marked.Refusal!.Kind == RefusalKind.NotFound ? Refusal.Invalid("flag", "There is no such flag.") : marked.Refusal;
    }

    /// <param name="Broken">The program's safeguards that the incident shows to be broken.</param>
    private sealed record StatedLink(ProgramInvolvement Involvement, IReadOnlyCollection<Guid> Broken);

    private readonly record struct FlagOrNone(DeclaredFlag? Facts);
}

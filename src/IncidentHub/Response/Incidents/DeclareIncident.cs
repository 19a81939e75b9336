using System.Security.Cryptography;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// Declares an incident. Title, SEV and a program (or a dataset) are enough; everything it sets going is in the one transaction.
/// </summary>
internal sealed record DeclareIncident
{
    public required string Title { get; init; }
    public required Sev Sev { get; init; }
    public string Summary { get; init; } = "";
    public IReadOnlyList<ProgramLinkBody> Programs { get; init; } = [];
    public IReadOnlyList<ExposureBody> Exposures { get; init; } = [];

    /// <summary>Code of the flag that it is declared from.</summary>
    public string? Flag { get; init; }
    public Confidentiality Confidentiality { get; init; }
    public DateTimeOffset? ExposureStarted { get; init; }
    public DateTimeOffset? Detected { get; init; }
}

internal sealed class DeclareIncidentHandler(Db db, SevPolicyReader policies, ProgramReader programs, SafeguardCommands safeguards,
    IFlagDeclaration flags, ExposureReading reading, IncidentWork work, PausePolicy pauses)
{
    public const string CounterName = "incident";

    public Task<Result<IncidentChanged>> HandleAsync(DeclareIncident c, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.DeclareIncident) is { } denied) return Task.FromResult<Result<IncidentChanged>>(denied);
        return Check(c).ToRefusal() is { } refusal
            ? Task.FromResult<Result<IncidentChanged>>(refusal)
            : db.WriteAsync<IncidentChanged>(tx => DeclareAsync(tx, c, actor), LaneOf(c), ct);
    }

    // What may place a pause by the policy does not wait behind what cannot.
    private static WriteLane LaneOf(DeclareIncident c) => c.Programs.Any(p => p.Kind is null or Involvement.Source)
        ? WriteLane.Pause : WriteLane.Normal;

    /// <summary>Cheap checks first: a transaction is not opened for an empty form.</summary>
    internal static Validation Check(DeclareIncident c) => new Validation()
        .Check(c.Programs.Count > 0 || c.Exposures.Count > 0, "programs", "Name at least one program, or a dataset that was exposed.")
        .Check(c.Programs.Count <= IncidentRules.MaxLinks, "programs", $"At most {IncidentRules.MaxLinks}.")
        .Check(c.Exposures.Count <= IncidentRules.MaxLinks, "exposures", $"At most {IncidentRules.MaxLinks}.")
        .Text(c.Title, "title", IncidentRules.MaxTitle)
        .Text(c.Summary, "summary", IncidentRules.MaxSummary, required: false);

    /// <summary>The same in a transaction that is open.</summary>
    internal async Task<Result<IncidentChanged>> DeclareAsync(UnitOfWork tx, DeclareIncident c, Actor actor)
    {
        var links = new List<(ProgramFacts Program, ProgramLinkBody Stated, IReadOnlyList<Guid> Broken)>();
        for (var i = 0; i < c.Programs.Count; i++)
        {
            var found = await LinkProgramHandler.FindAsync(tx, programs, c.Programs[i].Program ?? "", $"programs[{i}].program");
            if (!found.IsOk) return found.Refusal!;
            var broken = await BrokenAsync(tx, found.Value, c.Programs[i], $"programs[{i}].brokenSafeguards");
            if (!broken.IsOk) return broken.Refusal!;
            links.Add((found.Value, c.Programs[i], broken.Value));
        }
        var exposures = new List<Exposure>();
        for (var i = 0; i < c.Exposures.Count; i++)
        {
            var read = await reading.ReadAsync(tx, c.Exposures[i], $"exposures[{i}].");
            if (!read.IsOk) return read.Refusal!;
            exposures.Add(read.Value);
        }
        var policy = await policies.CurrentAsync(tx);
        var id = OrderedId.Next(tx.Now);
        var isOpen = c.Confidentiality == Confidentiality.Open;
        int? number = isOpen ? await Counters.NextAsync(tx, CounterName) : null;
        var code = number is { } n ? IncidentCode.Open(n) : IncidentCode.Restricted(RandomNumberGenerator.GetInt32);

        var flag = await MarkFlagAsync(tx, c.Flag, id, code, actor);
        if (!flag.IsOk) return flag.Refusal!;

        var outcome = IncidentRules.Decide(
            null,
            new IncidentCommand.Declare(id, code, c.Title, c.Sev, policy.Version, c.Summary, c.Confidentiality, c.ExposureStarted,
                c.Detected, flag.Value.Facts?.FlaggedAt, flag.Value.Facts?.AcknowledgedAt)
            {
                People = actor.Kind == ActorKind.Person ? [new(IncidentRole.Commander, actor.Id, actor.Name)] : [],
                Exposures = exposures,
                Involvements =
                    [.. links.Select(l =>
                    new ProgramInvolvement { ProgramId = l.Program.Id, ProgramCode = l.Program.Code,
                    Kind = l.Stated.Kind ?? Involvement.Source, Note = l.Stated.Note?.Trim() ?? "" })],
            },
            actor, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var (state, events) = outcome.Value;

        await IncidentStore.InsertAsync(tx, state, number, flag.Value.Facts?.Id, await work.UpdateDueAsync(tx, state, null), actor);
        if (flag.Value.Facts is { } facts) await TellFlagAsync(tx, id, facts);
        await IncidentWork.TellAsync(tx, state, events, actor);
        await IncidentWork.TellAdviceAsync(tx, null, state);
        foreach (var (program, _, broken) in links)
        {
            await safeguards.BreakAsync(tx, program.Id, broken, id, code, actor);
        }
        await pauses.RunAsync(tx, null, state, events, null, actor);
        return IncidentChanged.Of(state);
    }

    private async Task<Result<Guid[]>> BrokenAsync(UnitOfWork tx, ProgramFacts program, ProgramLinkBody stated, string field)
    {
        if (stated.BrokenSafeguards is not { Count: > 0 } numbers) return Array.Empty<Guid>();
        var promises = await programs.SafeguardsAsync(tx, program.Id);
        return numbers.All(n => n >= 1 && n <= promises.Count)
            ? numbers.Distinct().Select(n => promises[n - 1].Id).ToArray()
            : Refusal.Invalid(field, $"{program.Code} has {promises.Count} safeguards; give numbers from 1 to that.");
    }

    private async Task<Result<FlagOrNone>> MarkFlagAsync(UnitOfWork tx, string? flag, Guid incidentId, string incidentCode, Actor actor)
    {
        if (string.IsNullOrWhiteSpace(flag)) return default(FlagOrNone);
        var marked = await flags.MarkDeclaredAsync(tx, flag.Trim().ToUpperInvariant(), incidentId, incidentCode, actor);
        if (marked.IsOk) return new FlagOrNone(marked.Value);
        return marked.Refusal!.Kind == RefusalKind.NotFound ? Refusal.Invalid("flag", "There is no such flag.") : marked.Refusal;
    }

    // The story begins with the flag. What the reporter wrote stays with triage.
    private static async Task TellFlagAsync(UnitOfWork tx, Guid incidentId, DeclaredFlag flag)
    {
        await TimelineWriter.AppendAsync(tx, Actor.System, new()
        {
            IncidentId = incidentId,
            Kind = "flag",
            HappenedAt = flag.FlaggedAt,
            Title = $"Flag {flag.Code} raised"
        });
        if (flag.AcknowledgedAt is { } at && at < tx.Now)
            await TimelineWriter.AppendAsync(tx, Actor.System,
            new() { IncidentId = incidentId, Kind = "flag", HappenedAt = at, Title = $"Flag {flag.Code} acknowledged" });
    }

    private readonly record struct FlagOrNone(DeclaredFlag? Facts);
}

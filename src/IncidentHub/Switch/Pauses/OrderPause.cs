using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>A person pauses a program: the whole of it, or named categories and regions.</summary>
/// <param name="DrillFor">For a drill: how long it lasts. Null for a real pause.</param>
/// <param name="IncidentCode">The incident that it belongs to; null for none.</param>
/// <param name="Buffers">What collectors are to do with their buffers; a drill always holds.</param>
internal sealed record OrderPause(
    string ProgramCode, string? Reason, IReadOnlyList<string>? Categories = null, IReadOnlyList<string>? Regions = null,
        TimeSpan? DrillFor = null, string? IncidentCode = null,
    BufferPolicy Buffers = BufferPolicy.Hold);

internal sealed class OrderPauseHandler(Db db, ProgramReader programs, ICauseLookup incidents, PauseConsequences consequences)
{
    public Task<Result<PauseFacts>> HandleAsync(OrderPause order, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<PauseFacts>(tx => PlaceAsync(tx, order, actor), WriteLane.Pause, ct);

    /// <summary>The same in a transaction that is open.</summary>
    internal async Task<Result<PauseFacts>> PlaceAsync(UnitOfWork tx, OrderPause order, Actor actor)
    {
        if (AccessTable.Deny(actor, Act.ReadPrograms) is { } blind) return blind;
        var program = await programs.FindByCodeAsync(tx, order.ProgramCode);
        if (program is null) return Refusal.NotFound("The program");
        if (AccessTable.Deny(actor, order.DrillFor is null ? Act.PauseProgram : Act.RunDrill, program.Relation(actor)) is { } denied)
            return denied;
        if (program.Lifecycle == ProgramLifecycle.Terminated)
            return Refusal.NotAllowed("program_terminated", $"{program.Code} was terminated permanently. Its collectors cannot collect.");
        var scope = PauseScope.Of(order.Categories, order.Regions);
        if (scope.Check(new Validation(), program.Categories, program.Regions).ToRefusal() is { } unknown) return unknown;

        PauseCause? cause = null;
        if (!string.IsNullOrWhiteSpace(order.IncidentCode))
        {
            if (await incidents.FindAsync(tx, actor, new(null, order.IncidentCode)) is not { } incident)
                return Refusal.NotFound("The incident");
            cause = new PauseCause(incident.Id, incident.Cycle, incident.Sev, null);
        }

        var pause = new PauseOrder(OrderedId.Next(tx.Now), program.Id, scope, PauseOrigin.Person, order.Reason ?? "", cause, order.Buffers);
        var raised = await consequences.RaiseAsync(tx, program);
        PauseCommand command = order.DrillFor is { } drill
            ? new StartDrill(pause, Later(tx.Now, drill), raised) : new PlacePause(pause, raised);
        var outcome = PauseRules.Begin(command, actor, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        await consequences.BeginAsync(tx, program, outcome.Value.Next, actor);
        return (await PauseStore.FindAsync(tx, pause.Id))!;
    }

    // A length beyond the calendar is refused by the rule like any other that is too long.
    private static DateTimeOffset Later(DateTimeOffset now, TimeSpan by) => by > TimeSpan.FromDays(3650)
        ? DateTimeOffset.MaxValue : now + by;
}

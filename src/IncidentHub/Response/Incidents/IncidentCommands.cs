using IncidentHub.Access.Identity;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Live;
using IncidentHub.Response.SevPolicies;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// Changes of an incident, by its code. After a change of its scope, its SEV or its cycle the pause policy runs in the same transaction.
/// Commands that name programs, datasets or accounts are methods: the ids are looked up in the transaction.
/// </summary>
internal sealed partial class IncidentCommands(Db db, SevPolicyReader policies, PausePolicy pauses, ProgramReader programs,
    SafeguardCommands safeguards, ExposureReading exposures, DatasetReader datasets, IFlagDeclaration flags, People people)
    : Commands<string, IncidentRecord, IncidentState, IncidentCommand>(db)
{
    protected override string Thing => "The incident";

    protected override Act ReadAct => Act.ReadIncidents;

    /// <summary>When the next update is due, by the cycle's version of the policy; null once it is resolved.</summary>
    public async Task<DateTimeOffset?> UpdateDueAsync(UnitOfWork tx, IncidentState incident, DateTimeOffset? lastUpdateAt) =>
        ClockPlan.NextUpdate((await policies.VersionAsync(tx, incident.Current.PolicyVersion))[incident.Sev], incident.Status,
            incident.Current.Opened, lastUpdateAt);

    protected override Task<IncidentRecord?> LoadAsync(UnitOfWork tx, string id, Actor actor) =>
        IncidentStore.LoadVisibleAsync(tx, actor, id);

    protected override Act ActOf(IncidentCommand command) => command switch
    {
        IncidentCommand.ChangeDetails or IncidentCommand.ChangeSev or IncidentCommand.AssessSeverity or IncidentCommand.Contain
            or IncidentCommand.OverrideAdvice
            or IncidentCommand.Resolve or IncidentCommand.Close or IncidentCommand.Reopen or IncidentCommand.AddExposure
            or IncidentCommand.ChangeExposure or IncidentCommand.WithdrawExposure or IncidentCommand.AddInvolvement
            or IncidentCommand.ChangeInvolvement or IncidentCommand.WithdrawInvolvement or IncidentCommand.CorrectTimestamp
            or IncidentCommand.ConfirmLinks or IncidentCommand.SetLinksAside => Act.ChangeIncident,
        // A named person may see a restricted incident.
        IncidentCommand.AssignRole { Role: IncidentRole.Named } or IncidentCommand.ReleaseRole { Role: IncidentRole.Named }
            or IncidentCommand.SetConfidentiality => Act.RestrictIncident,
        IncidentCommand.AssignRole or IncidentCommand.ReleaseRole => Act.ChangeIncident,
        IncidentCommand.Declare or IncidentCommand.MergeInto or IncidentCommand.Absorb or IncidentCommand.ConcludeAccess or _ =>
            throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command on one incident."),
    };

    // Whoever has a role may see a restricted incident: the act is named after its effect.
    protected override Act ActOf(IncidentCommand command, IncidentRecord loaded) =>
        (command, ActOf(command)) is (IncidentCommand.AssignRole or IncidentCommand.ReleaseRole, Act.ChangeIncident)
            ? OfReaders(loaded) : ActOf(command);

    /// <summary>The act of a change that may give an incident other readers, or its content to those of another.</summary>
    private static Act OfReaders(IncidentRecord loaded) =>
        loaded.State.Confidentiality == Confidentiality.Restricted ? Act.RestrictIncident : Act.ChangeIncident;

    // Commands that may place a pause by the policy take precedence over those that cannot.
    protected override WriteLane LaneOf(IncidentCommand command) => command is IncidentCommand.ChangeSev or IncidentCommand.Reopen
        or IncidentCommand.AddExposure or IncidentCommand.AddInvolvement or IncidentCommand.ChangeInvolvement
        or IncidentCommand.WithdrawInvolvement or IncidentCommand.ConfirmLinks ? WriteLane.Pause : WriteLane.Normal;

    protected override async Task<Result<Accepted<IncidentState>>> DecideAsync(UnitOfWork tx, IncidentRecord loaded,
        IncidentCommand command, Actor actor)
    {
        if (command is IncidentCommand.Reopen reopen)
            command = reopen with { PolicyVersion = (await policies.CurrentAsync(tx)).Version };
        return IncidentRules.Decide(loaded.State, command, actor, tx.Now);
    }

    protected override async Task<bool> SaveAsync(UnitOfWork tx, IncidentRecord before, IncidentState next,
        IReadOnlyList<DomainEvent> events, Actor actor) =>
        await IncidentStore.SaveAsync(tx, before.State, next, before.LastUpdateAt, await UpdateDueAsync(tx, next, before.LastUpdateAt),
            actor, IncidentHistory.Summary(events));

    protected override JournalEntry Journal(IncidentRecord before, IncidentState next, DomainEvent happened)
    {
        var entry = IncidentHistory.Of(next, happened);
        // Whoever lost a role may not see it any more, and their pages leave it out.
        var gone = before.State.People.Select(p => p.PersonId).Except(next.People.Select(p => p.PersonId));
        return entry with { Topics = [.. entry.Topics, .. gone.Select(LiveFeed.SightOf)] };
    }

    protected override async Task<Result<IncidentRecord>> FollowAsync(UnitOfWork tx, IncidentRecord before, IncidentState next,
        IReadOnlyList<DomainEvent> events, Actor actor)
    {
        await RecordAdviceAsync(tx, before.State, next);
        if (events.Any(e => e is IncidentClosed))
        {
            var policy = await policies.VersionAsync(tx, next.Current.PolicyVersion);
            await tx.RaiseAsync(new IncidentEnded(next.Id, policy[next.WorstSev].ReviewWithin?.After(tx.Now)), actor);
        }
        if (events.Any(PausePolicy.Concerns)) await pauses.RunAsync(tx, before.State, next, events, before.LastUpdateAt, actor);
        // Without the timestamps of the cycle that the policy's pauses set: callers that show them load them again.
        return before with { State = next, LastChange = ChangeNote.Of(tx.Now, actor.Name, IncidentHistory.Summary(events)) };
    }

    /// <summary>Records the severity advice if it changed, so that the advice at the time of each choice of level is on record.</summary>
    private static async Task RecordAdviceAsync(UnitOfWork tx, IncidentState? before, IncidentState incident)
    {
        if (SeverityAdvice.Of(incident) is not { } advice || (before is not null && advice == SeverityAdvice.Of(before))) return;
        await tx.RecordAsync(Actor.System, IncidentHistory.OfAdvice(incident, advice));
    }

    /// <summary>Runs a command that is built from the loaded incident.</summary>
    private async Task<Result<IncidentRecord>> RunAsync(string code, Func<UnitOfWork, IncidentState, Task<Result<IncidentCommand>>> make,
        int? expectedVersion, Actor actor, WriteLane lane, CancellationToken ct)
    {
        if (AccessTable.Deny(actor, ReadAct) is { } denied) return denied;
        return await Db.WriteAsync<IncidentRecord>(
            async tx =>
            {
                var opened = await OpenAsync(tx, code, Act.ChangeIncident, expectedVersion, actor);
                if (!opened.IsOk) return opened;
                var command = await make(tx, opened.Value.State);
                return command.IsOk ? await ApplyAsync(tx, opened.Value, command.Value, actor) : command.Refusal!;
            },
            lane, ct);
    }
}

using IncidentHub.Domain.Access;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.SevPolicies;

/// <summary>The current policy.</summary>
internal sealed record SevPolicyRecord(SevPolicy State, ChangeNote LastChange) : ILoaded<SevPolicy>
{
    public string Label => "The SEV policy";

    public int Version => State.Version;

    public static SevPolicyRecord Of(SevPolicy policy, DateTimeOffset at, string by) =>
        new(policy, ChangeNote.Of(at, by, $"Version {policy.Version}: {policy.Reason}"));

    public Relation Relation(Actor actor) => Domain.Access.Relation.None;
}

/// <summary>Changes of the policy: there is one, and each change publishes a new version of it.</summary>
internal sealed class SevPolicyCommands(Db db) : Commands<Done, SevPolicyRecord, SevPolicy, EditSevPolicy>(db)
{
    protected override string Thing => "The SEV policy";

    protected override Act ReadAct => Act.EditSevPolicy;

    public Task<Result<SevPolicyRecord>> RunAsync(EditSevPolicy command, int? expectedVersion, Actor actor,
        CancellationToken ct = default) =>
        RunAsync(default, command, expectedVersion, actor, ct);

    protected override async Task<SevPolicyRecord?> LoadAsync(UnitOfWork tx, Done id, Actor actor) => await SevPolicyStore.LoadAsync(tx);

    protected override Act ActOf(EditSevPolicy command) => Act.EditSevPolicy;

    protected override Task<Result<Accepted<SevPolicy>>> DecideAsync(UnitOfWork tx, SevPolicyRecord loaded, EditSevPolicy command,
        Actor actor) => Task.FromResult(SevPolicyRules.Decide(loaded.State, command));

    protected override Task<bool> SaveAsync(UnitOfWork tx, SevPolicyRecord before, SevPolicy next, IReadOnlyList<DomainEvent> events,
        Actor actor) => SevPolicyStore.InsertAsync(tx, before.State, next, actor.Name);

    protected override JournalEntry Journal(SevPolicyRecord before, SevPolicy next, DomainEvent happened) =>
        SevPolicyHistory.Of(next, happened);

    protected override Task<Result<SevPolicyRecord>> FollowAsync(UnitOfWork tx, SevPolicyRecord before, SevPolicy next,
        IReadOnlyList<DomainEvent> events, Actor actor) =>
        Task.FromResult<Result<SevPolicyRecord>>(SevPolicyRecord.Of(next, tx.Now, actor.Name));
}

/// <summary>The records of each event of the policy.</summary>
internal static class SevPolicyHistory
{
    public static JournalEntry Of(SevPolicy policy, DomainEvent happened) => happened switch
    {
        SevPolicyEdited e => new()
        {
            Action = "policy.edited",
            Subject = $"SEV policy version {e.Version}",
            Detail = new { e.Reason, Levels = policy.Levels.Select(PolicyLevelView.Of) },
            Topics = ["policy"],
        },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of the SEV policy."),
    };
}

using IncidentHub.Domain.Access;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.SevPolicies;

/// <summary>Puts a new version of the policy in force.</summary>
/// <param name="ExpectedVersion">The version that the editor saw; null: do not check.</param>
internal sealed record PutSevPolicy(IReadOnlyList<SevLevel> Levels, string Reason, int? ExpectedVersion);

internal sealed class EditSevPolicyHandler(Db db)
{
    public Task<Result<SevPolicy>> HandleAsync(PutSevPolicy command, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<SevPolicy>(
        async tx =>
        {
            if (AccessTable.Deny(actor, Act.EditSevPolicy) is { } denied) return denied;
            var current = (await SevPolicyStore.FindAsync(tx, await SevPolicyStore.NewestAsync(tx)))!;
            if (command.ExpectedVersion is { } expected && expected != current.Version)
                return Refusal.Stale(
                    $"The policy was changed in the meantime and is at version {current.Version}. Your change was not saved. Load the "
                        + $"current version, then try again.", [$"Version {current.Version}: {current.Reason}"]);
            var outcome = SevPolicyRules.Decide(current, new EditSevPolicy(command.Levels, command.Reason));
            if (outcome.Refusal is { } refused) return refused;
            var next = outcome.Value.Next;
            await SevPolicyStore.InsertAsync(tx, next, actor.Name);
            await AuditWriter.AppendAsync(tx, actor, "policy.edited", $"SEV policy version {next.Version}",
                new { next.Reason, Levels = next.Levels.Select(PolicyLevelView.Of) });
            tx.Touch("policy");
            return next;
        },
        ct: ct);
}

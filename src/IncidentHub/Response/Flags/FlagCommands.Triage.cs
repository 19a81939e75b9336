using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;

namespace IncidentHub.Response.Flags;

/// <summary>What triage does with several flags at once.</summary>
internal enum FlagTriage { Acknowledge, Dismiss, Merge }

/// <param name="Reason">Of a dismissal; the reporter of each flag reads it.</param>
/// <param name="Incident">The incident that they are merged into.</param>
internal sealed record TriageFlags(IReadOnlyList<string> Codes, FlagTriage Act, string? Reason = null, string? Incident = null);

/// <param name="Refusal">Why it was not done; null: it was done.</param>
internal sealed record TriagedFlag(string Code, Refusal? Refusal);

/// <remarks>
/// Several flags at once: each by its own command in its own transaction, so that a refusal of one does not hold up the others.
/// </remarks>
internal sealed partial class FlagCommands
{
    public const int MaxAtOnce = 50;

    public async Task<Result<List<TriagedFlag>>> TriageAsync(TriageFlags triage, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.TriageFlag) is { } denied) return denied;
        var codes = triage.Codes.Select(Codes.Upper).Distinct().ToList();
        var check = new Validation()
            .Check(codes.Count > 0, "flags", "Choose at least one flag.")
            .Check(codes.Count <= MaxAtOnce, "flags", $"At most {MaxAtOnce} flags at once.")
            .Text(triage.Reason, "reason", FlagRules.MaxReason, required: triage.Act == FlagTriage.Dismiss);
        if (check.ToRefusal() is { } why) return why;
        if (triage.Act == FlagTriage.Merge && !await Db.ReadAsync(
            async sql => await incidents.FindVisibleAsync(sql, actor, triage.Incident ?? "") is not null, ct))
            return NoSuchIncident;
        var done = new List<TriagedFlag>();
        foreach (var code in codes) done.Add(new(code, (await TriageOneAsync(code, triage, actor, ct)).Refusal));
        return done;
    }

    private Task<Result<FlagRecord>> TriageOneAsync(string code, TriageFlags triage, Actor actor, CancellationToken ct) => triage.Act switch
    {
        FlagTriage.Acknowledge => RunAsync(code, new AcknowledgeFlag(actor.Id), null, actor, ct),
        FlagTriage.Dismiss => RunAsync(code, new DismissFlag(triage.Reason!, actor.Id), null, actor, ct),
        FlagTriage.Merge => MergeAsync(code, triage.Incident!, null, actor, ct),
    };
}

using IncidentHub.Domain.Decisions;
using IncidentHub.Access.Identity;
using IncidentHub.Domain.Pauses;

namespace IncidentHub.Decisions;

/// <summary>Converts a form or a request into a recommendation: accounts to people, the outcome to one of four.</summary>
internal sealed class ProposalReader(People people)
{
    private const int MaxConditions = 50;

    public async Task<Result<ProposeRecommendation>> ReadAsync(ProposalBody body, CancellationToken ct)
    {
        var check = new Validation()
            .Check(body.Outcome is not null, "outcome", Codes.Allowed(typeof(DecisionOutcome)))
            .Check((body.Conditions?.Count ?? 0) <= MaxConditions, "conditions", $"At most {MaxConditions}.");
        var conditions = new List<Condition>();
        foreach (var (asked, i) in (body.Conditions ?? []).Take(MaxConditions)
            .Select((c, i) => (c ?? new ConditionBody(null, null, null), i)))
        {
            var person = string.IsNullOrWhiteSpace(asked.Owner) || asked.Owner.Length > 200
                ? null : await people.FindByAccountAsync(asked.Owner, ct);
            check.Line(asked.What, $"conditions[{i}].what", 500)
                .Check(person is { IsActive: true }, $"conditions[{i}].owner",
                    string.IsNullOrWhiteSpace(asked.Owner) ? "Name the person responsible." : "There is no such active person.")
                .Check(asked.DueAt is not null, $"conditions[{i}].dueAt", "Enter a due date.");
            conditions.Add(new Condition(asked.What ?? "", person?.Id ?? Guid.Empty, person?.DisplayName ?? "", asked.DueAt ?? default));
        }
        var stages = new List<ResumeStage>();
        foreach (var (asked, i) in (body.Stages ?? []).Take(MaxConditions).Select((s, i) => (s, i)))
        {
            check.Check(asked?.Share is not null, $"stages[{i}].share", "Enter the share of the collectors in percent.")
                .Check(asked?.SoakSeconds is > 0 and < int.MaxValue, $"stages[{i}].soak", "Enter the soak time before the next stage.");
            stages.Add(
                new ResumeStage(asked?.Share ?? 0, TimeSpan.FromSeconds(
                    asked?.SoakSeconds is > 0 and < int.MaxValue and var soak ? soak : 0)));
        }
        if (check.ToRefusal() is { } invalid) return invalid;
        return new ProposeRecommendation(body.Outcome!.Value, body.Rationale!, body.Until, conditions, []) { Stages = stages };
    }
}

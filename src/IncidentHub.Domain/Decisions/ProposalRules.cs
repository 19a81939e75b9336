namespace IncidentHub.Domain.Decisions;

/// <summary>Validation of a recommendation.</summary>
internal static class ProposalRules
{
    private const int MaxConditions = 50;
    private const int MaxStages = 10;
    private static readonly TimeSpan MaxSoak = TimeSpan.FromDays(90);

    /// <summary>The refusal with the fields that are wrong, or null.</summary>
    public static Refusal? Check(ProposeRecommendation command, DateTimeOffset now)
    {
        var stays = command.Outcome == DecisionOutcome.StayPausedUntil;
        var conditional = command.Outcome == DecisionOutcome.ResumeWithConditions;
        var check = new Validation()
            .Check(Enum.IsDefined(command.Outcome), "outcome", Codes.Allowed(typeof(DecisionOutcome)))
            .Text(command.Rationale, "rationale", DecisionRules.MaxText)
            .Check(!stays || command.Until is not null, "until", "Enter the date until which it stays paused.")
            .Check(stays || command.Until is null, "until", "Only the outcome «Stay paused until» has a date.")
            .Check(command.Until is not { } until || until > now, "until", "Choose a time in the future.")
            .Check(command.Until is not { } late || late <= now.AddYears(1), "until",
                "At most one year ahead. The decision is then due again.")
            .Check(!conditional || command.Conditions.Count > 0, "conditions", "Add at least one condition, or recommend to resume.")
            .Check(conditional || command.Conditions.Count == 0, "conditions", "Only the outcome «Resume with conditions» has conditions.")
            .Check(command.Conditions.Count <= MaxConditions, "conditions", $"At most {MaxConditions}.");
        for (var i = 0; i < Math.Min(command.Conditions.Count, MaxConditions); i++)
        {
            check.Line(command.Conditions[i].What, $"conditions[{i}].what", 500)
                .Check(command.Conditions[i].OwnerId != Guid.Empty, $"conditions[{i}].owner", "Name the person responsible.")
                .Check(command.Conditions[i].DueAt > now, $"conditions[{i}].dueAt", "Choose a time in the future.")
                .Check(command.Conditions[i].DueAt <= now.AddYears(2), $"conditions[{i}].dueAt", "At most two years ahead.");
        }
        CheckStages(check, command);
        return check.ToRefusal();
    }

    private static void CheckStages(Validation check, ProposeRecommendation command)
    {
        check.Check(command.Stages.Count == 0 || ApprovalRules.Resumes(command.Outcome), "stages", "Only a resume can be staged.")
            .Check(command.Stages.Count <= MaxStages, "stages", $"At most {MaxStages}.");
        for (var i = 0; i < Math.Min(command.Stages.Count, MaxStages); i++)
        {
            var before = i == 0 ? 0 : command.Stages[i - 1].Share;
            check.Check(command.Stages[i].Share is > 0 and < 100 && command.Stages[i].Share > before, $"stages[{i}].share",
                $"A whole percentage above {before} and below 100. After the last stage all collectors resume.")
                .Check(command.Stages[i].Soak >= TimeSpan.FromSeconds(1) && command.Stages[i].Soak <= MaxSoak, $"stages[{i}].soak",
                    $"From 1 second to {MaxSoak.TotalDays:0} days.");
        }
    }
}

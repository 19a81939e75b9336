using IncidentHub.Domain.Access;

namespace IncidentHub.Domain.Decisions;

/// <summary>The checklist: met with evidence, waived with a reason, opened again.</summary>
internal static class CriteriaRules
{
    public static Result<Accepted<DecisionState>> Meet(DecisionState state, MeetCriterion command, Actor actor, DateTimeOffset now)
    {
        if (new Validation().Text(command.Evidence, "evidence", DecisionRules.MaxText).ToRefusal() is { } invalid) return invalid;
        if (command.Kind == CriterionKind.ExposureClosed)
        {
            if (command.ClosedBy.Count == 0)
            {
                return Refusal.NotAllowed(
                    "not_contained",
                    "The exposure is not recorded as closed. Contain the incident first. Then a second person verifies it.");
            }
            if (Closed(command.ClosedBy, actor) is { } closer) return closer;
        }
        if (command.Kind == CriterionKind.SafeguardsVerified && command.StillBroken.Count > 0)
        {
            return Refusal.NotAllowed(
                "safeguards_broken",
                $"Still broken: {string.Join(", ", command.StillBroken)}. Verify them again on the program's page, or waive this "
                    + $"criterion with a reason.");
        }
        if (command.Kind == CriterionKind.QuarantinedDataDisposed && command.Undecided > 0)
        {
            return Refusal.NotAllowed("quarantined_data_undecided",
                $"{command.Undecided:N0} quarantined {(command.Undecided == 1 ? "batch has" : "batches have")} no disposition. Admit, "
                    + $"seal or purge each, or waive this criterion with a reason.");
        }
        if (command.Kind == CriterionKind.ClocksAnswered && command.UnmetObligations > 0)
        {
            return Refusal.NotAllowed("obligations_unmet",
                $"{command.UnmetObligations:N0} {(command.UnmetObligations == 1 ? "obligation is" : "obligations are")} neither met nor "
                    + $"decided against. Settle them on the incident, or waive this criterion with a reason.");
        }
        var text = command.Evidence.Clean();
        return Set(state, new Criterion(command.Kind, CriterionStatus.Met, text, actor.Id, actor.Name, now),
            new CriterionMet(command.Kind, text));
    }

    public static Result<Accepted<DecisionState>> Waive(DecisionState state, WaiveCriterion command, Actor actor, DateTimeOffset now)
    {
        if (new Validation().Text(command.Reason, "reason", DecisionRules.MaxText).ToRefusal() is { } invalid) return invalid;
        if (command.Kind == CriterionKind.ExposureClosed && Closed(command.ClosedBy, actor) is { } closer) return closer;
        var text = command.Reason.Clean();
        return Set(state, new Criterion(command.Kind, CriterionStatus.Waived, text, actor.Id, actor.Name, now),
            new CriterionWaived(command.Kind, text));
    }

    public static Result<Accepted<DecisionState>> Reopen(DecisionState state, ReopenCriterion command, Actor actor, DateTimeOffset now)
    {
        if (new Validation().Text(command.Reason, "reason", DecisionRules.MaxText).ToRefusal() is { } invalid) return invalid;
        if (state.Criteria.Any(c => c.Kind == command.Kind && c.Status == CriterionStatus.Open))
        {
            return Refusal.NotAllowed("already_open", "This criterion is open already.");
        }
        var text = command.Reason.Clean();
        return Set(state, new Criterion(command.Kind, CriterionStatus.Open, text, actor.Id, actor.Name, now),
            new CriterionReopened(command.Kind, text));
    }

    public static Result<Accepted<DecisionState>> Claim(DecisionState state, ClaimPlacedInError command)
    {
        if (new Validation().Text(command.Reason, "reason", DecisionRules.MaxText).ToRefusal() is { } invalid) return invalid;
        if (state.Template == CriteriaTemplate.PlacedInError)
            return Refusal.NotAllowed("already_claimed", "The pause is claimed to be an error already. The short checklist applies.");
        return Switch(state, CriteriaTemplate.PlacedInError, command.Reason.Clean());
    }

    public static Result<Accepted<DecisionState>> Drop(DecisionState state, WithdrawErrorClaim command)
    {
        if (new Validation().Text(command.Reason, "reason", DecisionRules.MaxText).ToRefusal() is { } invalid) return invalid;
        if (state.Template == CriteriaTemplate.Standard)
            return Refusal.NotAllowed("not_claimed", "No claim of error has been made about this pause.");
        return Switch(state, CriteriaTemplate.Standard, command.Reason.Clean());
    }

    private static Result<Accepted<DecisionState>> Switch(DecisionState state, CriteriaTemplate template, string reason)
    {
        var kinds = CriteriaTemplates.For(template, state.WorstSev, state.Pauses.Any(p => p.IncidentId is null));
        var next = state with
        {
            Template = template,
            ErrorClaim = template == CriteriaTemplate.PlacedInError ? reason : null,
            Criteria = [.. kinds.Select(Criterion.Untouched)],
        };
        return ApprovalRules.SendBack(next, [new TemplateChanged(template, reason)], HubReasons.OtherChecklist);
    }

    private static Result<Accepted<DecisionState>> Set(DecisionState state, Criterion criterion, DomainEvent told)
    {
        if (state.Criteria.All(c => c.Kind != criterion.Kind))
            return Refusal.NotFound($"The criterion «{criterion.Kind}» of this decision");
        var next = state with { Criteria = [.. state.Criteria.Select(c => c.Kind == criterion.Kind ? criterion : c)] };
        return ApprovalRules.AfterChange(state, next, [told], HubReasons.Changed(criterion.Kind));
    }

    private static Refusal? Closed(IReadOnlyCollection<Guid> closedBy, Actor actor) => closedBy.Contains(actor.Id)
        ? Refusal.NotAllowed("closer_cannot_check", "You recorded that the exposure is closed. A second person must verify it.")
        : null;
}

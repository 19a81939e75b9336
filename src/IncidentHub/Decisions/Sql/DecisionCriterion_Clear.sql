DELETE FROM DecisionCriterion WHERE DecisionId = @Id

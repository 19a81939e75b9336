DELETE FROM DecisionCondition WHERE DecisionId = @Id

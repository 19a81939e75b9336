DELETE FROM DecisionStage WHERE DecisionId = @Id

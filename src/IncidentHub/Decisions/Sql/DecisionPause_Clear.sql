DELETE FROM DecisionPause WHERE DecisionId = @Id

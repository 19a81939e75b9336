DELETE FROM DecisionApproval WHERE DecisionId = @Id

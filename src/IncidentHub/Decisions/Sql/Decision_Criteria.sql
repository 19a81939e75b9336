SELECT c.Kind AS Kind, c.Status AS Status, c.Note AS Note, c.ById AS ById, c.ByName AS ByName, c.At AS At FROM DecisionCriterion c WHERE c.DecisionId = @Id

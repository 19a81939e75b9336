SELECT c.What AS What, c.OwnerId AS OwnerId, c.OwnerName AS OwnerName, c.DueAt AS DueAt FROM DecisionCondition c WHERE c.DecisionId = @Id ORDER BY c.Ordinal

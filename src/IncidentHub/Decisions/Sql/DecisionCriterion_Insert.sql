INSERT INTO DecisionCriterion (DecisionId, Kind, Status, Note, ById, ByName, At) VALUES (@DecisionId, @Kind, @Status, @Note, @ById, @ByName, @At)

INSERT INTO DecisionLog (DecisionId, Ordinal, At, ActorId, ActorName, Kind, Title, Body)
SELECT @DecisionId, COALESCE(MAX(l.Ordinal), 0) + 1, @At, @ActorId, @ActorName, @Kind, @Title, @Body FROM DecisionLog l WHERE l.DecisionId = @DecisionId

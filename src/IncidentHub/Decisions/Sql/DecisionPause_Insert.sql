INSERT INTO DecisionPause (DecisionId, PauseId, IncidentId, InForceAt) VALUES (@DecisionId, @PauseId, @IncidentId, @InForceAt)

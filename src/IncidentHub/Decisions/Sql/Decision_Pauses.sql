SELECT p.PauseId AS PauseId, p.IncidentId AS IncidentId, p.InForceAt AS InForceAt FROM DecisionPause p WHERE p.DecisionId = @Id ORDER BY p.InForceAt, p.PauseId

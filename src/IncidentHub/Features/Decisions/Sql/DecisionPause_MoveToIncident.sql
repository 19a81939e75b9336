UPDATE DecisionPause SET IncidentId = @To
WHERE IncidentId = @From AND DecisionId IN (SELECT d.Id FROM Decision d WHERE d.Status <> 'Decided')

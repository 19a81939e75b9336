SELECT DISTINCT d.Id AS Id
FROM Decision d
JOIN DecisionPause p ON p.DecisionId = d.Id
WHERE p.IncidentId = @IncidentId AND d.Status <> 'Decided'

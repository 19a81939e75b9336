SELECT COUNT(*)
FROM WorkTask t
LEFT JOIN Incident i ON i.Id = t.IncidentId
WHERE t.Status IN ('Open', 'AwaitingCheck') AND t.DueAt < @Now AND (t.IncidentId IS NULL OR {{visible}} OR t.OwnerId = @ViewerId)

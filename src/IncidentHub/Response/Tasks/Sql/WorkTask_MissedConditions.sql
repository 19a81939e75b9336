SELECT t.Id AS Id, t.Code AS Code, t.What AS What, t.OwnerName AS OwnerName, t.DueAt AS DueAt, t.ProgramId AS ProgramId, t.IncidentId AS IncidentId, t.DecisionId AS DecisionId
FROM WorkTask t
WHERE t.Kind = 'Condition' AND t.Status = 'Open' AND t.DueAt <= @Now AND t.MissedAt IS NULL
ORDER BY t.Number

SELECT {{taskcolumns}},
  CASE WHEN t.IncidentId IS NULL OR {{visible}} THEN 1 ELSE 0 END AS IncidentVisible
FROM WorkTask t
{{taskjoins}}
WHERE t.OwnerId = @ViewerId AND t.Status IN ('Open', 'AwaitingCheck') AND t.DueAt < @Now
ORDER BY t.DueAt, t.Number
{{page}}

SELECT {{taskcolumns}},
  CASE WHEN t.IncidentId IS NULL OR {{visible}} THEN 1 ELSE 0 END AS IncidentVisible
FROM WorkTask t
{{taskjoins}}
WHERE t.Code = @Code
  AND (t.IncidentId IS NULL OR {{visible}} OR t.OwnerId = @ViewerId)

-- A rare word: its incidents first, then the rest of the filters. CROSS JOIN keeps SQLite in this order.
SELECT {{incidentcolumns}}
FROM (SELECT DISTINCT w.IncidentId AS IncidentId FROM IncidentWord w WHERE w.Word >= @RareWord AND w.Word < @RareWordEnd) few
CROSS JOIN Incident i
WHERE i.Id = few.IncidentId AND {{visible}}
{{incidentfilter}}
ORDER BY i.DeclaredAt DESC, i.Id DESC
{{page}}

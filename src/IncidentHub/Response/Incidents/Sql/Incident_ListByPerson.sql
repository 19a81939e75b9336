-- Somebody's own: the incidents on which they have a role first.
SELECT {{incidentcolumns}}
FROM (SELECT DISTINCT r.IncidentId AS IncidentId FROM IncidentPerson r WHERE r.PersonId = @RarePersonId) few
CROSS JOIN Incident i
WHERE i.Id = few.IncidentId AND {{visible}}
{{incidentfilter}}
ORDER BY i.DeclaredAt DESC, i.Id DESC
{{page}}

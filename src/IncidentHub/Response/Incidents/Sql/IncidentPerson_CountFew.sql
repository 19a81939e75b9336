SELECT COUNT(*) AS Found FROM (SELECT r.IncidentId AS IncidentId FROM IncidentPerson r WHERE r.PersonId = @PersonId ORDER BY r.IncidentId {{page}}) few

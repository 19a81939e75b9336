-- How many incidents have the word, counted no further than it matters.
SELECT COUNT(*) AS Found FROM (SELECT w.IncidentId AS IncidentId FROM IncidentWord w WHERE w.Word >= @Word AND w.Word < @WordEnd ORDER BY w.Word {{page}}) few

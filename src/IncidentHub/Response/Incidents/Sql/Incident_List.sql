-- Newest first, along an index that ends in that order: filters that most incidents pass.
SELECT {{incidentcolumns}}
FROM Incident i
WHERE {{visible}}
{{incidentfilter}}
ORDER BY i.DeclaredAt DESC, i.Id DESC
{{page}}

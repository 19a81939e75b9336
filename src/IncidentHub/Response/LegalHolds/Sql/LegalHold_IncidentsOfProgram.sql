SELECT i.Code AS Code FROM Incident i
WHERE EXISTS (SELECT 1 FROM LegalHold lh WHERE lh.IncidentId = i.Id AND {{holdcovers}})
  AND {{visible}}
ORDER BY i.DeclaredAt, i.Id

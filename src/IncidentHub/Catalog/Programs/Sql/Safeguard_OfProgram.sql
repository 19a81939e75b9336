SELECT s.Id AS Id, s.ProgramId AS ProgramId, s.Ordinal AS Ordinal, s.Promise AS Promise, s.Source AS Source, s.PromisedOn AS PromisedOn, s.Status AS Status,
  s.CheckedAt AS CheckedAt, s.CheckedById AS CheckedById, c.DisplayName AS CheckedByName, s.Evidence AS Evidence, s.BrokenByIncidentId AS BrokenByIncidentId, s.Version AS Version
FROM Safeguard s
LEFT JOIN Person c ON c.Id = s.CheckedById
WHERE s.ProgramId = @ProgramId
ORDER BY s.Ordinal

SELECT f.Id AS Id, f.Code AS Code, f.Number AS Number, f.Concern AS Concern, f.About AS About, f.SuggestedSev AS SuggestedSev, f.StillOpen AS StillOpen, f.Status AS Status,
  f.FlaggedAt AS FlaggedAt, f.AcknowledgedAt AS AcknowledgedAt, f.RaisedById AS RaisedById, r.DisplayName AS RaisedByName, p.Code AS ProgramCode, f.IncidentId AS IncidentId,
  (SELECT COUNT(*) FROM FlagMessage m WHERE m.FlagId = f.Id) AS Messages
FROM Flag f
LEFT JOIN Program p ON p.Id = f.ProgramId
LEFT JOIN Person r ON r.Id = f.RaisedById
WHERE f.Number < @Before
  AND f.RaisedById = @RaisedById --?RaisedById
  AND f.Status IN ('Waiting', 'Acknowledged') --?Open
  AND f.Status = @Status --?Status
  AND p.Code = @Program --?Program
  AND f.ChangedAt >= @UpdatedSince --?UpdatedSince
ORDER BY f.Number DESC
{{page}}

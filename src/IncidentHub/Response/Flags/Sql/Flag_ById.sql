SELECT f.Id AS Id, f.Code AS Code, f.Concern AS Concern, f.About AS About, f.DataAnswer AS DataAnswer, f.AudienceAnswer AS AudienceAnswer, f.StillOpen AS StillOpen,
  f.ProgramId AS ProgramId, p.Code AS ProgramCode, p.Name AS ProgramName, f.RaisedById AS RaisedById, r.Account AS RaisedByAccount, r.DisplayName AS RaisedByName, f.Status AS Status, f.FlaggedAt AS FlaggedAt,
  f.AcknowledgedAt AS AcknowledgedAt, f.AcknowledgedById AS AcknowledgedById, a.DisplayName AS AcknowledgedByName, f.ClosedAt AS ClosedAt, f.IncidentId AS IncidentId,
  f.DismissReason AS DismissReason, f.Version AS Version, f.ChangedAt AS ChangedAt, f.ChangedBy AS ChangedBy, f.ChangedWhat AS ChangedWhat
FROM Flag f
LEFT JOIN Program p ON p.Id = f.ProgramId
LEFT JOIN Person r ON r.Id = f.RaisedById
LEFT JOIN Person a ON a.Id = f.AcknowledgedById
WHERE f.Id = @Id

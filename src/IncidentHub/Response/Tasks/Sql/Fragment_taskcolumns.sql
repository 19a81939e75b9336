t.Id AS Id, t.Number AS Number, t.Code AS Code, t.Kind AS Kind, t.Status AS Status, t.What AS What, t.OwnerId AS OwnerId, t.OwnerName AS OwnerName,
  t.DueAt AS DueAt, t.IncidentId AS IncidentId, t.ProgramId AS ProgramId, t.DecisionId AS DecisionId, t.DatasetId AS DatasetId,
  t.CreatedAt AS CreatedAt, t.DoneById AS DoneById, t.DoneByName AS DoneByName, t.DoneAt AS DoneAt, t.DoneNote AS DoneNote,
  t.ClosedById AS ClosedById, t.ClosedByName AS ClosedByName, t.ClosedAt AS ClosedAt, t.ClosedNote AS ClosedNote, t.Version AS Version,
  t.ChangedBy AS ChangedBy, t.ChangedWhat AS ChangedWhat,
  i.Code AS IncidentCode, p.Code AS ProgramCode, t.DecisionCode AS DecisionCode

SELECT e.Id AS Id, e.DatasetId AS DatasetId, e.DatasetName AS DatasetName, e.Categories AS Categories, e.PromisedScope AS PromisedScope, e.PromisedName AS PromisedName,
  e.ActualScope AS ActualScope, e.ActualName AS ActualName, e.ExposedFrom AS ExposedFrom, e.ExposedUntil AS ExposedUntil, e.Encrypted AS Encrypted, e.Records AS Records,
  e.Subjects AS Subjects, e.RecipientsKnown AS RecipientsKnown, e.EvidenceOfAccess AS EvidenceOfAccess, e.Note AS Note, e.WithdrawnReason AS WithdrawnReason
FROM Exposure e WHERE e.IncidentId = @Id ORDER BY e.Ordinal

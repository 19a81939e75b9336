SELECT s.Id AS Id, s.ChangedAt AS ChangedAt, s.Sev AS Sev, s.Status AS Status, s.Confidentiality AS Confidentiality, s.Programs AS Programs, s.FlaggedAt AS FlaggedAt,
  s.AcknowledgedAt AS AcknowledgedAt, s.DeclaredAt AS DeclaredAt, c.Number AS Number, c.PolicyVersion AS PolicyVersion, c.OpenedAt AS OpenedAt,
  c.PauseOrderedAt AS PauseOrderedAt, c.CollectionStoppedAt AS CollectionStoppedAt, c.ContainedAt AS ContainedAt, c.ResolvedAt AS ResolvedAt
FROM (
  SELECT i.Id, i.ChangedAt, i.Sev, i.Status, i.Confidentiality, i.Programs, i.FlaggedAt, i.AcknowledgedAt, i.DeclaredAt
  FROM Incident i
  WHERE i.ChangedAt >= @AfterAt AND (i.ChangedAt > @AfterAt OR i.Id > @AfterId)
  ORDER BY i.ChangedAt, i.Id
  {{page}}
) s
JOIN IncidentCycle c ON c.IncidentId = s.Id
ORDER BY s.ChangedAt, s.Id

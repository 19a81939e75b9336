SELECT c.Number AS Number, c.PolicyVersion AS PolicyVersion, c.Reason AS Reason, c.OpenedAt AS OpenedAt, c.PauseOrderedAt AS PauseOrderedAt,
  c.CollectionStoppedAt AS CollectionStoppedAt, c.ContainedAt AS ContainedAt, c.ResolvedAt AS ResolvedAt
FROM IncidentCycle c WHERE c.IncidentId = @Id ORDER BY c.Number

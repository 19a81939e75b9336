SELECT s.CollectorId AS CollectorId, c.InstanceName AS InstanceName, cp.HeardAt AS HeardAt, s.PermitExp AS PermitExp, s.ViolatedAt AS ViolatedAt
FROM (
  SELECT o.PauseId, o.CollectorId, o.PermitExp, o.ViolatedAt FROM PauseStop o
  WHERE o.PauseId = @PauseId AND o.StoppedAfterMs IS NULL
    AND (o.PermitExp > @AfterExp OR (o.PermitExp = @AfterExp AND o.CollectorId > @AfterId)) --?AfterExp
  ORDER BY o.PermitExp, o.CollectorId
  {{page}}
) s
INNER JOIN Pause p ON p.Id = s.PauseId
INNER JOIN Collector c ON c.Id = s.CollectorId
INNER JOIN CollectorProgram cp ON cp.CollectorId = s.CollectorId AND cp.ProgramId = p.ProgramId
ORDER BY s.PermitExp, s.CollectorId

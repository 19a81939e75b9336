SELECT s.CollectorId, c.InstanceName, cp.HeardAt, s.PermitExp, s.ViolatedAt FROM PauseStop s
INNER JOIN Collector c ON c.Id = s.CollectorId
INNER JOIN Pause p ON p.Id = s.PauseId
INNER JOIN CollectorProgram cp ON cp.CollectorId = s.CollectorId AND cp.ProgramId = p.ProgramId
WHERE s.PauseId = @PauseId AND s.StoppedAfterMs IS NULL
ORDER BY s.PermitExp, s.CollectorId
{{page}}

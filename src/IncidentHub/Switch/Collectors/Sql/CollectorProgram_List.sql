SELECT c.Id, c.InstanceName, c.HostPseudonym, c.AppVersion, c.RegisteredAt, c.RevokedAt, cp.Region, cp.Categories, cp.HeardAt, cp.PermitExp, cp.PermitEpoch, cp.PermitCategories
FROM CollectorProgram cp INNER JOIN Collector c ON c.Id = cp.CollectorId
WHERE cp.ProgramId = @ProgramId
  AND (c.RegisteredAt < @BeforeAt OR (c.RegisteredAt = @BeforeAt AND c.Id < @BeforeId)) --?Before
ORDER BY c.RegisteredAt DESC, c.Id DESC
{{page}}

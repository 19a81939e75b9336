SELECT d.Id AS Id, d.ProgramCode AS ProgramCode, d.DecidedAt AS DecidedAt, (SELECT MIN(p.InForceAt) FROM DecisionPause p WHERE p.DecisionId = d.Id) AS PausedSince
FROM Decision d
WHERE d.DecidedAt >= @AfterAt AND (d.DecidedAt > @AfterAt OR d.Id > @AfterId)
ORDER BY d.DecidedAt, d.Id
{{page}}

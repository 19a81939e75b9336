SELECT p.ProgramId AS ProgramId, p.InForceAt AS InForceAt, p.EndedAt AS EndedAt
FROM Pause p
WHERE p.EndedAt >= @From AND p.Status = 'Lifted' AND p.DrillEndsAt IS NULL
UNION ALL
SELECT p.ProgramId AS ProgramId, p.InForceAt AS InForceAt, p.EndedAt AS EndedAt
FROM Pause p
WHERE p.Status = 'InForce' AND p.DrillEndsAt IS NULL

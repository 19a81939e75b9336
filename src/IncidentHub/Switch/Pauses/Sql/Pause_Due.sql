SELECT {{pause_columns}} FROM Pause p
WHERE (p.Status = 'Proposed' AND p.Deadline <= @Now)
   OR (p.Status = 'InForce' AND p.DrillEndsAt <= @Now)
   OR (p.Status = 'InForce' AND p.FullyStoppedAt IS NULL)
ORDER BY p.PlacedAt, p.Id

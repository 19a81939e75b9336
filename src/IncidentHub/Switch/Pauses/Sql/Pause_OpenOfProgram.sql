SELECT {{pause_columns}} FROM Pause p
WHERE p.ProgramId = @ProgramId AND p.Status IN ('Proposed', 'InForce')
ORDER BY p.PlacedAt, p.Id

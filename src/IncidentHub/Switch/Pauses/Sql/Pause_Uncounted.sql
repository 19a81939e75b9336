SELECT p.Id AS Id FROM Pause p WHERE p.ProgramId IN {{ids}} AND p.Status = 'InForce' AND p.PopulationAt IS NULL
ORDER BY p.PlacedAt, p.Id

SELECT p.Id FROM Program p
WHERE EXISTS (SELECT 1 FROM GateRange r WHERE r.IsMerged = 0 AND r.IsHeld = 0 AND r.ProgramId = p.Id AND r.CheckedAt < @Before)

SELECT d.Number, d.BatchId, p.Code AS Program, h.CollectorId, h.Class, d.Disposition, d.At, h.Digest, h.FirstSequence, h.LastSequence, h.Items, h.Epoch FROM GateDisposition d
INNER JOIN HeldBatch h ON h.Id = d.BatchId
INNER JOIN Program p ON p.Id = d.ProgramId
WHERE d.Number > @After
  AND d.ProgramId IN {{ids}} --?Programs
ORDER BY d.Number
{{page}}

SELECT a.ProgramId, a.RaisedAt, a.OwnWord, a.Version,
  (SELECT COUNT(*) FROM HeldBatch h WHERE h.Disposition IS NULL AND h.ProgramId = a.ProgramId AND h.Class = 'C') AS Batches
FROM ViolationAlert a
WHERE a.Ending IS NULL
ORDER BY a.RaisedAt, a.ProgramId

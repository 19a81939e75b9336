-- name: GateDispositionHead_Last
SELECT LastNumber FROM GateDispositionHead WHERE Id = 1

-- name: GateDispositionHead_Take
UPDATE GateDispositionHead SET LastNumber = LastNumber + @Count WHERE Id = 1

-- name: GateDisposition_After
SELECT d.Number, d.BatchId, p.Code AS Program, h.CollectorId, h.Class, d.Disposition, d.At, h.Digest, h.FirstSequence, h.LastSequence,
  h.Items, h.Epoch FROM GateDisposition d
INNER JOIN QuarantinedBatch h ON h.Id = d.BatchId
INNER JOIN Program p ON p.Id = d.ProgramId
WHERE d.Number > @After
  AND d.ProgramId IN {{ids}} --?Programs
ORDER BY d.Number
{{page}}

-- name: GateDisposition_Insert
INSERT INTO GateDisposition (Number, BatchId, ProgramId, Disposition, At, ById, ByName, Reason)
  VALUES (@Number, @BatchId, @ProgramId, @Disposition, @At, @ById, @ByName, @Reason)

-- name: GateDisposition_PurgedSince
SELECT COUNT(*) FROM GateDisposition d
WHERE d.Disposition = 'Purge' AND d.At >= @Since AND d.ProgramId IN {{ids}}

-- name: GateRange_Before (sqlite)
SELECT LastSequence FROM GateRange
WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND FirstSequence <= @LastSequence
ORDER BY FirstSequence DESC
LIMIT 1

-- name: GateRange_Before (sqlserver)
SELECT TOP (1) LastSequence FROM GateRange WITH (UPDLOCK, SERIALIZABLE)
WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND FirstSequence <= @LastSequence
ORDER BY FirstSequence DESC

-- name: GateRange_Behind
SELECT FirstSequence, LastSequence, CheckedAt, IsQuarantined, IsMerged FROM GateRange
WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND FirstSequence < @FirstSequence
ORDER BY FirstSequence DESC
{{page}}

-- name: GateRange_Due
SELECT CollectorId, FirstSequence FROM GateRange
WHERE IsMerged = 0 AND IsQuarantined = 0 AND ProgramId = @ProgramId AND CheckedAt < @Before
ORDER BY CheckedAt, CollectorId, FirstSequence
{{page}}

-- name: GateRange_DuePrograms
SELECT p.Id FROM Program p
WHERE EXISTS (SELECT 1 FROM GateRange r WHERE r.IsMerged = 0 AND r.IsQuarantined = 0 AND r.ProgramId = p.Id AND r.CheckedAt < @Before)

-- name: GateRange_From
SELECT FirstSequence, LastSequence, CheckedAt, IsQuarantined, IsMerged FROM GateRange
WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND FirstSequence >= @FirstSequence
ORDER BY FirstSequence
{{page}}

-- name: GateRange_Insert
INSERT INTO GateRange (ProgramId, CollectorId, FirstSequence, LastSequence, BatchId, Digest, Epoch, CheckedAt, IsQuarantined, IsMerged)
VALUES (@ProgramId, @CollectorId, @FirstSequence, @LastSequence, @BatchId, @Digest, @Epoch, @CheckedAt, @IsQuarantined, 0)

-- name: GateRange_Merge
UPDATE GateRange SET LastSequence = @Last, Digest = '', IsMerged = 1
WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND FirstSequence = @First AND LastSequence <= @Last AND IsQuarantined = 0

-- name: GateRange_Merged
DELETE FROM GateRange
WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND FirstSequence > @First AND FirstSequence <= @Last AND LastSequence <= @Last
  AND IsQuarantined = 0

-- name: GateRange_Same
SELECT BatchId, Epoch, CheckedAt FROM GateRange
WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND FirstSequence = @FirstSequence AND LastSequence = @LastSequence
  AND Digest = @Digest AND IsQuarantined = 0

-- name: GateRefusal_Add
UPDATE GateRefusal SET Refused = Refused + 1 WHERE KeyId = @KeyId AND ProgramId = @ProgramId AND CollectorId = @CollectorId
  AND Reason = @Reason AND WindowStart = @WindowStart

-- name: GateRefusal_Count
SELECT Refused FROM GateRefusal WHERE KeyId = @KeyId AND ProgramId = @ProgramId AND CollectorId = @CollectorId AND Reason = @Reason
  AND WindowStart = @WindowStart

-- name: GateRefusal_Delete
DELETE FROM GateRefusal WHERE KeyId = @KeyId AND ProgramId = @ProgramId AND CollectorId = @CollectorId AND Reason = @Reason
  AND WindowStart = @WindowStart

-- name: GateRefusal_Insert
INSERT INTO GateRefusal (KeyId, ProgramId, CollectorId, Reason, WindowStart, Refused)
  VALUES (@KeyId, @ProgramId, @CollectorId, @Reason, @WindowStart, 1)

-- name: GateRefusal_Old
SELECT KeyId, ProgramId, CollectorId, Reason, WindowStart FROM GateRefusal
WHERE WindowStart < @Before
ORDER BY WindowStart
{{page}}

-- name: QuarantineCounter_Add
UPDATE QuarantineCounter SET Batches = Batches + 1 WHERE ProgramId = @ProgramId AND PauseId = @PauseId AND Class = @Class

-- name: QuarantineCounter_Count
SELECT Batches FROM QuarantineCounter WHERE ProgramId = @ProgramId AND PauseId = @PauseId AND Class = @Class

-- name: QuarantineCounter_Insert
INSERT INTO QuarantineCounter (ProgramId, PauseId, Class, Batches) VALUES (@ProgramId, @PauseId, @Class, 1)

-- name: QuarantinedBatchPause_Incidents
SELECT DISTINCT b.BatchId AS BatchId, p.IncidentId AS IncidentId
FROM QuarantinedBatchPause b
INNER JOIN Pause p ON p.Id = b.PauseId
WHERE b.BatchId IN {{ids}} AND p.IncidentId IS NOT NULL
ORDER BY b.BatchId, p.IncidentId

-- name: QuarantinedBatchPause_Insert
INSERT INTO QuarantinedBatchPause (BatchId, PauseId) VALUES (@BatchId, @PauseId)

-- name: QuarantinedBatch_AnyUndecided
SELECT CASE WHEN EXISTS (SELECT 1 FROM QuarantinedBatch WHERE Disposition IS NULL AND ProgramId = @ProgramId AND OnlyDrills = 0)
  THEN 1 ELSE 0 END

-- name: QuarantinedBatch_Brief
SELECT h.Id, h.Class, h.Disposition FROM QuarantinedBatch h
WHERE h.ProgramId = @ProgramId AND h.Id = @Id

-- name: QuarantinedBatch_Counts
SELECT Class, OnlyDrills, COUNT(*) AS Batches FROM QuarantinedBatch WHERE Disposition IS NULL AND ProgramId = @ProgramId GROUP BY Class,
  OnlyDrills

-- name: QuarantinedBatch_Dispose
UPDATE QuarantinedBatch SET Disposition = @Disposition, DisposedAt = @At, DisposedByName = @ByName, DisposeReason = @Reason
WHERE Id = @BatchId AND COALESCE(Disposition, '') = COALESCE(@Was, '')

-- name: QuarantinedBatch_DrillsOver
SELECT DISTINCT h.ProgramId FROM QuarantinedBatch h
INNER JOIN Pause p ON p.Id = h.PauseId
WHERE h.Disposition IS NULL AND h.OnlyDrills = 1 AND h.Class = 'A' AND p.Status = 'Lifted'

-- name: QuarantinedBatch_Insert
INSERT INTO QuarantinedBatch (Id, ProgramId, CollectorId, PauseId, Class, OnlyDrills, Digest, FirstSequence, LastSequence, Items,
  Categories,
  Region, CollectedFrom, CollectedTo, Epoch, QuarantinedAt, KeyId, KeyName)
VALUES (@Id, @ProgramId, @CollectorId, @PauseId, @Class, @OnlyDrills, @Digest, @FirstSequence, @LastSequence, @Items, @Categories, @Region,
  @CollectedFrom, @CollectedTo, @Epoch, @QuarantinedAt, @KeyId, @KeyName)

-- name: QuarantinedBatch_List
SELECT h.Id, h.Class, h.OnlyDrills, c.InstanceName, c.HostPseudonym, h.Region, h.CollectedFrom, h.CollectedTo, h.Categories, h.Items,
  h.FirstSequence, h.LastSequence, h.Digest, h.QuarantinedAt,
  h.Disposition, h.DisposedAt, h.DisposedByName, h.DisposeReason
FROM QuarantinedBatch h
INNER JOIN Collector c ON c.Id = h.CollectorId
WHERE h.ProgramId = @ProgramId
  AND h.Disposition IS NULL --?Undecided
  AND h.Class = @Class --?Class
  AND (h.QuarantinedAt < @BeforeAt OR (h.QuarantinedAt = @BeforeAt AND h.Id < @BeforeId)) --?Before
ORDER BY h.QuarantinedAt DESC, h.Id DESC
{{page}}

-- name: QuarantinedBatch_NextOfClass
SELECT h.Id, h.Class, h.Disposition FROM QuarantinedBatch h
WHERE h.Disposition IS NULL AND h.ProgramId = @ProgramId AND h.Class = @Class AND h.QuarantinedAt <= @Until
ORDER BY h.QuarantinedAt, h.Id
{{page}}

-- name: QuarantinedBatch_NotOnlyDrills
UPDATE QuarantinedBatch SET OnlyDrills = 0 WHERE Id = @Id

-- name: QuarantinedBatch_OfDrillsOver
SELECT h.Id FROM QuarantinedBatch h
INNER JOIN Pause p ON p.Id = h.PauseId
WHERE h.Disposition IS NULL AND h.ProgramId = @ProgramId AND h.OnlyDrills = 1 AND h.Class = 'A' AND p.Status = 'Lifted'
ORDER BY h.QuarantinedAt, h.Id
{{page}}

-- name: QuarantinedBatch_OfViolator
SELECT CASE WHEN EXISTS (SELECT 1 FROM QuarantinedBatch WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND Class = 'C'
  AND QuarantinedAt >= @Since AND Id <> @Id) THEN 1 ELSE 0 END

-- name: QuarantinedBatch_Same
SELECT Id, CollectorId, PauseId, Class, Digest, FirstSequence, LastSequence, Epoch, QuarantinedAt, Disposition, DisposedAt
  FROM QuarantinedBatch
WHERE ProgramId = @ProgramId AND CollectorId = @CollectorId AND FirstSequence = @FirstSequence AND LastSequence = @LastSequence
  AND Digest = @Digest

-- name: ViolationAlert_Open
SELECT a.ProgramId, a.RaisedAt, a.SelfReported, a.Version,
  (SELECT COUNT(*) FROM QuarantinedBatch h WHERE h.Disposition IS NULL AND h.ProgramId = a.ProgramId AND h.Class = 'C') AS Batches
FROM ViolationAlert a
WHERE a.Ending IS NULL
ORDER BY a.RaisedAt, a.ProgramId

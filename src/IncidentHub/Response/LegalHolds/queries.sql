-- name: Fragment_holdcovers
lh.ReleasedAt IS NULL AND (EXISTS (SELECT 1 FROM IncidentProgram hl WHERE hl.IncidentId = lh.IncidentId AND hl.ProgramId = @ProgramId)
    OR EXISTS (SELECT 1 FROM Pause hp WHERE hp.IncidentId = lh.IncidentId AND hp.ProgramId = @ProgramId))

-- name: Fragment_holdcoversany
lh.ReleasedAt IS NULL AND (lh.IncidentId IN {{ids}}
    OR EXISTS (SELECT 1 FROM WorkTaskIncident hw WHERE hw.IncidentId = lh.IncidentId AND hw.TaskId IN {{ids}})
    OR EXISTS (SELECT 1 FROM TimelineEntry ht WHERE ht.IncidentId = lh.IncidentId AND ht.Id IN {{ids}})
    OR EXISTS (SELECT 1 FROM IncidentSeriesMember hs WHERE hs.IncidentId = lh.IncidentId AND hs.SeriesId IN {{ids}}))

-- name: LegalHold_Covers (sqlite)
SELECT CASE WHEN EXISTS (SELECT 1 FROM LegalHold lh WHERE {{holdcovers}}) THEN 1 ELSE 0 END

-- name: LegalHold_Covers (sqlserver)
-- Lock: a destruction and the placing of a hold wait for each other.
SELECT CASE WHEN EXISTS (SELECT 1 FROM LegalHold lh WITH (SERIALIZABLE) WHERE {{holdcovers}}) THEN 1 ELSE 0 END

-- name: LegalHold_CoversAny (sqlite)
SELECT CASE WHEN EXISTS (SELECT 1 FROM LegalHold lh WHERE {{holdcoversany}}) THEN 1 ELSE 0 END

-- name: LegalHold_CoversAny (sqlserver)
-- Lock: a redaction and the placing of a hold wait for each other.
SELECT CASE WHEN EXISTS (SELECT 1 FROM LegalHold lh WITH (SERIALIZABLE) WHERE {{holdcoversany}}) THEN 1 ELSE 0 END

-- name: LegalHold_Find
SELECT Id, Reason, PlacedAt, PlacedByName, ReleasedAt, ReleasedByName, ReleaseReason FROM LegalHold WHERE IncidentId = @IncidentId
  AND Id = @Id

-- name: LegalHold_Incidents
SELECT DISTINCT lh.IncidentId AS Id FROM LegalHold lh WHERE lh.ReleasedAt IS NULL

-- name: LegalHold_IncidentsOfProgram
SELECT i.Code AS Code FROM Incident i
WHERE EXISTS (SELECT 1 FROM LegalHold lh WHERE lh.IncidentId = i.Id AND {{holdcovers}})
  AND {{visible}}
ORDER BY i.DeclaredAt, i.Id

-- name: LegalHold_Insert
-- writes: LegalHold @IncidentId
INSERT INTO LegalHold (Id, IncidentId, Reason, PlacedAt, PlacedById, PlacedByName)
  VALUES (@Id, @IncidentId, @Reason, @PlacedAt, @PlacedById, @PlacedByName)

-- name: LegalHold_List
SELECT Id, Reason, PlacedAt, PlacedByName, ReleasedAt, ReleasedByName, ReleaseReason FROM LegalHold WHERE IncidentId = @IncidentId
  ORDER BY PlacedAt DESC, Id DESC

-- name: LegalHold_Move
-- writes: LegalHold @FromId, LegalHold @ToId
UPDATE LegalHold SET IncidentId = @ToId WHERE IncidentId = @FromId AND ReleasedAt IS NULL

-- name: LegalHold_Programs
SELECT ip.ProgramId AS Id FROM IncidentProgram ip WHERE ip.IncidentId = @IncidentId
UNION
SELECT p.ProgramId AS Id FROM Pause p WHERE p.IncidentId = @IncidentId

-- name: LegalHold_Release
-- writes: LegalHold @IncidentId
UPDATE LegalHold SET ReleasedAt = @ReleasedAt, ReleasedById = @ReleasedById, ReleasedByName = @ReleasedByName,
  ReleaseReason = @ReleaseReason WHERE Id = @Id AND ReleasedAt IS NULL

-- name: Redact_LegalHold
-- writes: LegalHold @RowsKey
UPDATE LegalHold SET Reason = @Reason, ReleaseReason = @ReleaseReason WHERE IncidentId = @RowsKey AND Id = @KeyId

-- name: Rows_LegalHold
SELECT t.IncidentId AS RowsKey, t.*
FROM LegalHold t
WHERE 1 = 1
  AND t.IncidentId IN {{ids}} --?Ids
  AND t.IncidentId > @After --?After
ORDER BY t.IncidentId, t.Id
{{page}} --?Page

-- name: Texts_LegalHold
SELECT t.IncidentId AS RowsKey, t.Id AS KeyId, t.Reason AS Reason, t.ReleaseReason AS ReleaseReason, t.PlacedByName AS OfPlace
FROM LegalHold t
WHERE t.IncidentId = @Subject

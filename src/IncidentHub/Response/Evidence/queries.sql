-- name: Fragment_evidence_columns
e.Id AS Id, e.IncidentId AS IncidentId, i.Code AS IncidentCode, e.Number AS Number, e.Code AS Code, e.Name AS Name, e.Size AS Size,
  e.Digest AS Digest, e.TakenBy AS TakenBy, e.TakenFrom AS TakenFrom, e.TakenAt AS TakenAt, e.Note AS Note,
  e.IsRestricted AS IsRestricted, e.AddedAt AS AddedAt, e.AddedByName AS AddedByName, e.DamagedAt AS DamagedAt, e.RedactedAt AS RedactedAt,
  e.Version AS Version,
  CASE WHEN EXISTS (SELECT 1 FROM LegalHold h WHERE h.IncidentId = e.IncidentId AND h.ReleasedAt IS NULL) THEN 1 ELSE 0 END AS IsHeld,
  CASE WHEN EXISTS (SELECT 1 FROM IncidentProgram op JOIN Program p ON p.Id = op.ProgramId
    WHERE op.IncidentId = e.IncidentId AND {{own_program}}) THEN 1 ELSE 0 END AS IsOwnProgram,
  (SELECT MAX(c.At) FROM EvidenceCustody c WHERE c.EvidenceId = e.Id AND c.PersonId = @ViewerId AND c.Kind = 'Seen') AS LastSeenAt

-- name: Fragment_evidence_visible
{{visible}} AND (e.IsRestricted = 0 OR @ViewerSeesRestricted = 1 OR e.AddedById = @ViewerId)

-- name: EvidenceCustody_Insert
INSERT INTO EvidenceCustody (Id, EvidenceId, Kind, At, PersonId, PersonName, Note)
VALUES (@Id, @EvidenceId, @Kind, @At, @PersonId, @PersonName, @Note)

-- name: EvidenceCustody_List
SELECT c.Id AS Id, c.Kind AS Kind, c.At AS At, c.PersonName AS PersonName, c.Note AS Note
FROM EvidenceCustody c
WHERE c.EvidenceId = @EvidenceId
  AND c.Id < @BeforeId --?Before
ORDER BY c.Id DESC
{{page}}

-- name: Evidence_Codes
SELECT e.Id AS Id, e.Code AS Code
FROM Evidence e
JOIN Incident i ON i.Id = e.IncidentId
WHERE e.Id IN {{ids}} AND {{evidence_visible}}

-- name: Evidence_Find
SELECT {{evidence_columns}}
FROM Evidence e
JOIN Incident i ON i.Id = e.IncidentId
WHERE e.Code = @Code AND {{evidence_visible}}

-- name: Evidence_Insert
INSERT INTO Evidence (Id, IncidentId, Number, Code, Name, Size, Digest, TakenBy, TakenFrom, TakenAt, Note, IsRestricted, AddedAt,
  AddedById, AddedByName, DamagedAt, Version)
VALUES (@Id, @IncidentId, @Number, @Code, @Name, @Size, @Digest, @TakenBy, @TakenFrom, @TakenAt, @Note, @IsRestricted, @AddedAt,
  @AddedById, @AddedByName, @DamagedAt, @Version)

-- name: Evidence_Known
SELECT e.Id AS Id FROM Evidence e WHERE e.Id IN {{ids}} AND e.RedactedAt IS NULL

-- name: Evidence_List
SELECT {{evidence_columns}}
FROM Evidence e
JOIN Incident i ON i.Id = e.IncidentId
WHERE e.IncidentId = @IncidentId AND {{evidence_visible}}
  AND e.Number < @BeforeNumber --?Before
ORDER BY e.Number DESC
{{page}}

-- name: Evidence_Move
UPDATE Evidence SET IncidentId = @ToId, Version = Version + 1 WHERE IncidentId = @FromId

-- name: Evidence_OfMerged
SELECT e.Id AS Id FROM Evidence e WHERE e.IncidentId = @FromId ORDER BY e.Number

-- name: Evidence_SetDamaged
UPDATE Evidence SET DamagedAt = @DamagedAt, Version = @Version WHERE Id = @Id AND Version = @LoadedVersion

-- name: Evidence_SetRedacted
UPDATE Evidence SET RedactedAt = @Now, Version = Version + 1 WHERE Id IN {{ids}} AND RedactedAt IS NULL

-- name: Redact_Evidence
UPDATE Evidence SET Name = @Name, TakenBy = @TakenBy, TakenFrom = @TakenFrom, Note = @Note, Version = @Version + 1
WHERE Id = @RowsKey AND Version = @Version

-- name: Redact_EvidenceCustody
UPDATE EvidenceCustody SET Note = @CopyNote WHERE EvidenceId = @RowsKey AND Id = @KeyId

-- name: Texts_Evidence
SELECT t.Id AS RowsKey, t.Version AS Version, t.Name AS Name, t.TakenBy AS TakenBy, t.TakenFrom AS TakenFrom, t.Note AS Note,
  t.Code AS OfPlace
FROM Evidence t
WHERE t.IncidentId = @Subject OR t.Id = @Subject

-- name: Texts_EvidenceCustody
SELECT t.EvidenceId AS RowsKey, t.Id AS KeyId, t.Note AS CopyNote
FROM EvidenceCustody t
WHERE t.EvidenceId = @Subject OR t.EvidenceId IN (SELECT p.Id FROM Evidence p WHERE p.IncidentId = @Subject)

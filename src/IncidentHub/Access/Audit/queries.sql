-- name: Fragment_hidden (sqlite)
(SELECT j.value FROM json_each(@Hidden) j)

-- name: Fragment_hidden (sqlserver)
(SELECT j.value COLLATE Latin1_General_100_BIN2 FROM OPENJSON(@Hidden) j)

-- name: AuditCheckpoint_After
SELECT c.Number AS Number, c.Sequence AS Sequence, c.Hash AS Hash, c.At AS At, c.PreviousDigest AS PreviousDigest, c.KeyId AS KeyId,
  c.Signature AS Signature
FROM AuditCheckpoint c
WHERE c.Number > @After
ORDER BY c.Number

-- name: AuditCheckpoint_BeyondHead
SELECT COUNT(*) FROM AuditCheckpoint c JOIN AuditHead h ON c.Number < 1 OR h.CheckpointCount < c.Number

-- name: AuditCheckpoint_Insert
INSERT INTO AuditCheckpoint (Number, Sequence, Hash, At, PreviousDigest, KeyId, Signature)
VALUES (@Number, @Sequence, @Hash, @At, @PreviousDigest, @KeyId, @Signature)

-- name: AuditCheckpoint_Last
SELECT c.Number AS Number, c.Sequence AS Sequence, c.Hash AS Hash, c.At AS At, c.PreviousDigest AS PreviousDigest, c.KeyId AS KeyId,
  c.Signature AS Signature
FROM AuditCheckpoint c
WHERE c.Number = (SELECT MAX(m.Number) FROM AuditCheckpoint m)

-- name: AuditCheckpoint_List
SELECT c.Number AS Number, c.Sequence AS Sequence, c.Hash AS Hash, c.At AS At, c.PreviousDigest AS PreviousDigest, c.KeyId AS KeyId,
  c.Signature AS Signature
FROM AuditCheckpoint c
WHERE 1 = 1
  AND c.Number < @Before --?Before
ORDER BY c.Number DESC
{{page}}

-- name: Audit_About
SELECT e.Sequence AS Sequence, e.ActorKind AS ActorKind, e.Act AS Act, e.Subject AS Subject, e.About AS About, e.Payload AS Payload,
  e.Hash AS Hash
FROM AuditSubject s
JOIN AuditEntry e ON e.Sequence = s.Sequence
WHERE s.SubjectId = @SubjectId AND s.Sequence > @After AND e.At >= @Since AND e.Payload IS NOT NULL
ORDER BY s.Sequence
{{page}}

-- name: Audit_AboutOfSubject
SELECT DISTINCT e.About AS About FROM AuditEntry e WHERE e.Subject = @Subject AND e.About IS NOT NULL

-- name: Audit_At
SELECT e.At AS At FROM AuditEntry e WHERE e.Sequence = @Sequence

-- name: Audit_BeyondHead
SELECT COUNT(*) FROM AuditEntry e JOIN AuditHead h ON h.EntryCount < e.Sequence

-- name: Audit_Head
SELECT h.EntryCount AS EntryCount, h.LastHash AS LastHash, h.CheckpointCount AS CheckpointCount FROM AuditHead h WHERE h.Id = 1

-- name: Audit_LastAt
SELECT e.At AS At FROM AuditEntry e JOIN AuditHead h ON h.EntryCount = e.Sequence

-- name: Audit_List
SELECT e.Sequence AS Sequence, e.At AS At, e.ActorId AS ActorId, e.ActorName AS ActorName, e.ActorKind AS ActorKind, e.Act AS Act,
  e.Subject AS Subject, e.About AS About, e.SubjectSalt AS SubjectSalt, e.SubjectDigest AS SubjectDigest,
  e.Payload AS Payload, e.Salt AS Salt, e.PayloadDigest AS PayloadDigest, e.PreviousHash AS PreviousHash, e.Hash AS Hash,
  e.HashVersion AS HashVersion
FROM AuditEntry e
WHERE 1 = 1
  AND e.Sequence < @Before --?Before
  AND e.At >= @From --?From
  AND e.Sequence >= COALESCE((SELECT MAX(f.Sequence) FROM AuditEntry f --?From
    WHERE f.At = (SELECT MAX(g.At) FROM AuditEntry g WHERE g.At < @EarlierFrom)), 0) --?From
  AND e.At < @To --?To
  AND e.Sequence <= COALESCE((SELECT MIN(f.Sequence) FROM AuditEntry f --?To
    WHERE f.At = (SELECT MIN(g.At) FROM AuditEntry g WHERE g.At >= @LaterTo)), 9223372036854775807) --?To
  AND e.ActorName = @ActorName --?ActorName
  AND e.Act LIKE @Act --?Act
  AND e.Subject = @Subject --?Subject
  AND (e.About IS NULL OR e.About NOT IN {{hidden}}) --?Subject
ORDER BY e.Sequence DESC
{{page}}

-- name: Audit_OfSubject
SELECT e.Sequence AS Sequence, e.ActorKind AS ActorKind, e.Act AS Act, e.Subject AS Subject, e.About AS About, e.Payload AS Payload,
  e.Hash AS Hash
FROM AuditEntry e
WHERE e.Subject = @Subject AND e.Sequence > @After AND e.At >= @Since AND e.Payload IS NOT NULL
ORDER BY e.Sequence
{{page}}

-- name: Audit_Payloads
SELECT e.Sequence AS Sequence, e.Payload AS Payload FROM AuditEntry e WHERE e.Sequence IN {{numbers}}

-- name: Audit_Expired
SELECT e.Sequence AS Sequence, e.About AS About, e.Hash AS Hash
FROM AuditEntry e
WHERE e.Sequence > @After AND e.Sequence <= @To AND e.At < @Before AND e.Payload IS NOT NULL
  AND e.Act NOT IN ('audit.redacted', 'audit.expired')
ORDER BY e.Sequence
{{page}}

-- name: Audit_HasRemoval
SELECT CASE WHEN EXISTS (
  SELECT 1 FROM AuditEntry e WHERE e.Act IN ('audit.redacted', 'audit.expired') AND e.Sequence > @After
) THEN 1 ELSE 0 END

-- name: Audit_Read
SELECT e.Sequence AS Sequence, e.At AS At, e.ActorId AS ActorId, e.ActorName AS ActorName, e.ActorKind AS ActorKind, e.Act AS Act,
  e.Subject AS Subject, e.About AS About, e.SubjectSalt AS SubjectSalt, e.SubjectDigest AS SubjectDigest,
  e.Payload AS Payload, e.Salt AS Salt, e.PayloadDigest AS PayloadDigest, e.PreviousHash AS PreviousHash, e.Hash AS Hash,
  e.HashVersion AS HashVersion
FROM AuditEntry e
WHERE e.Sequence > @After
ORDER BY e.Sequence
{{page}}

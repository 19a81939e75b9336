-- name: Audit_BeyondHead
SELECT COUNT(*) FROM AuditEntry e JOIN AuditHead h ON h.EntryCount < e.Sequence

-- name: Audit_Head
SELECT h.EntryCount AS EntryCount, h.LastHash AS LastHash FROM AuditHead h WHERE h.Id = 1

-- name: Audit_LastAt
SELECT e.At AS At FROM AuditEntry e JOIN AuditHead h ON h.EntryCount = e.Sequence

-- name: Audit_List
SELECT e.Sequence AS Sequence, e.At AS At, e.ActorId AS ActorId, e.ActorName AS ActorName, e.ActorKind AS ActorKind, e.Act AS Act,
  e.Subject AS Subject,
  e.Payload AS Payload, e.Salt AS Salt, e.PayloadDigest AS PayloadDigest, e.PreviousHash AS PreviousHash, e.Hash AS Hash
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
ORDER BY e.Sequence DESC
{{page}}

-- name: Audit_Read
SELECT e.Sequence AS Sequence, e.At AS At, e.ActorId AS ActorId, e.ActorName AS ActorName, e.ActorKind AS ActorKind, e.Act AS Act,
  e.Subject AS Subject,
  e.Payload AS Payload, e.Salt AS Salt, e.PayloadDigest AS PayloadDigest, e.PreviousHash AS PreviousHash, e.Hash AS Hash
FROM AuditEntry e
WHERE e.Sequence > @After
ORDER BY e.Sequence
{{page}}

SELECT e.Sequence AS Sequence, e.At AS At, e.ActorId AS ActorId, e.ActorName AS ActorName, e.ActorKind AS ActorKind, e.Act AS Act, e.Subject AS Subject,
  e.Payload AS Payload, e.Salt AS Salt, e.PayloadDigest AS PayloadDigest, e.PreviousHash AS PreviousHash, e.Hash AS Hash
FROM AuditEntry e
WHERE e.Sequence > @After
ORDER BY e.Sequence
{{page}}

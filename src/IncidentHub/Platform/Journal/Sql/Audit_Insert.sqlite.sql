INSERT INTO AuditEntry (Sequence, At, ActorId, ActorName, ActorKind, Act, Subject, Payload, Salt, PayloadDigest, PreviousHash, Hash)
SELECT json_extract(j.value, '$.Sequence'), @At,
  json_extract(j.value, '$.ActorId'),
  json_extract(j.value, '$.ActorName'),
  json_extract(j.value, '$.ActorKind'),
  json_extract(j.value, '$.Act'),
  json_extract(j.value, '$.Subject'),
  json_extract(j.value, '$.Payload'),
  json_extract(j.value, '$.Salt'),
  json_extract(j.value, '$.PayloadDigest'),
  json_extract(j.value, '$.PreviousHash'),
  json_extract(j.value, '$.Hash')
FROM json_each(@Rows) j
ORDER BY j.key

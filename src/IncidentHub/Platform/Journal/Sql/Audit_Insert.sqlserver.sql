INSERT INTO AuditEntry (Sequence, At, ActorId, ActorName, ActorKind, Act, Subject, Payload, Salt, PayloadDigest, PreviousHash, Hash)
SELECT r.Sequence, @At, r.ActorId, r.ActorName, r.ActorKind, r.Act, r.Subject, r.Payload, r.Salt, r.PayloadDigest, r.PreviousHash, r.Hash
FROM OPENJSON(@Rows) WITH (
  Sequence bigint '$.Sequence',
  ActorId uniqueidentifier '$.ActorId',
  ActorName nvarchar(max) '$.ActorName',
  ActorKind nvarchar(10) '$.ActorKind',
  Act nvarchar(max) '$.Act',
  Subject nvarchar(max) '$.Subject',
  Payload nvarchar(max) '$.Payload',
  Salt nvarchar(32) '$.Salt',
  PayloadDigest nvarchar(64) '$.PayloadDigest',
  PreviousHash nvarchar(64) '$.PreviousHash',
  Hash nvarchar(64) '$.Hash'
) r

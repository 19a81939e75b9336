UPDATE cp SET
  PermitJti = COALESCE(r.Jti, cp.PermitJti),
  PermitIat = CASE WHEN r.Jti IS NULL THEN cp.PermitIat ELSE r.Iat END,
  PermitExp = CASE WHEN r.Jti IS NULL THEN cp.PermitExp ELSE r.Exp END,
  PermitEpoch = CASE WHEN r.Jti IS NULL THEN cp.PermitEpoch ELSE r.Epoch END,
  PermitCategories = COALESCE(r.Permitted, cp.PermitCategories),
  HeardAt = @Now, EpochSeen = r.EpochSeen, LastSequence = r.LastSequence
FROM CollectorProgram cp
INNER JOIN OPENJSON(@Rows) WITH (
  C uniqueidentifier '$.c', P uniqueidentifier '$.p', Jti nvarchar(64) '$.jti', Iat datetimeoffset(7) '$.iat', Exp datetimeoffset(7) '$.exp',
  Epoch bigint '$.epoch', Permitted nvarchar(4000) '$.permitted', EpochSeen bigint '$.seen', LastSequence bigint '$.seq'
) r ON r.C = cp.CollectorId AND r.P = cp.ProgramId

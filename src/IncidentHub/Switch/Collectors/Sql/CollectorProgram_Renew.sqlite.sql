UPDATE CollectorProgram SET
  PermitJti = COALESCE(r.Jti, PermitJti),
  PermitIat = CASE WHEN r.Jti IS NULL THEN PermitIat ELSE r.Iat END,
  PermitExp = CASE WHEN r.Jti IS NULL THEN PermitExp ELSE r.Exp END,
  PermitEpoch = CASE WHEN r.Jti IS NULL THEN PermitEpoch ELSE r.Epoch END,
  PermitCategories = COALESCE(r.Permitted, PermitCategories),
  HeardAt = @Now, EpochSeen = r.EpochSeen, LastSequence = r.LastSequence
FROM (
  SELECT json_extract(j.value, '$.c') AS C, json_extract(j.value, '$.p') AS P, json_extract(j.value, '$.jti') AS Jti, json_extract(j.value, '$.iat') AS Iat,
    json_extract(j.value, '$.exp') AS Exp, json_extract(j.value, '$.epoch') AS Epoch, json_extract(j.value, '$.permitted') AS Permitted,
    json_extract(j.value, '$.seen') AS EpochSeen, json_extract(j.value, '$.seq') AS LastSequence
  FROM json_each(@Rows) j
) r
WHERE CollectorId = r.C AND ProgramId = r.P

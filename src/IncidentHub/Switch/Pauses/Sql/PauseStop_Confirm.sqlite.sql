UPDATE PauseStop SET AckAt = @Now, AckDigest = r.D, StoppedAfterMs = CASE WHEN ViolatedAt IS NULL THEN r.Ms ELSE NULL END
FROM (
  SELECT json_extract(j.value, '$.u') AS U, json_extract(j.value, '$.c') AS C, json_extract(j.value, '$.d') AS D, json_extract(j.value, '$.ms') AS Ms FROM json_each(@Rows) j
) r
WHERE PauseId = r.U AND CollectorId = r.C AND AckAt IS NULL

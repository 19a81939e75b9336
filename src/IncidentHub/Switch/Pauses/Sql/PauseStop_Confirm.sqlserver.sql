UPDATE s SET AckAt = @Now, AckDigest = r.D, StoppedAfterMs = CASE WHEN s.ViolatedAt IS NULL THEN r.Ms ELSE NULL END
FROM PauseStop s
INNER JOIN OPENJSON(@Rows) WITH (U uniqueidentifier '$.u', C uniqueidentifier '$.c', D nvarchar(64) '$.d', Ms int '$.ms') r ON r.U = s.PauseId AND r.C = s.CollectorId
WHERE s.AckAt IS NULL

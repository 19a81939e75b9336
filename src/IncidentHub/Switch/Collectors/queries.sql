-- name: CollectorProgram_Counts
SELECT COUNT(*) AS Registered, COALESCE(SUM(CASE WHEN cp.PermitExp > @Now THEN 1 ELSE 0 END), 0) AS WithPermit
FROM CollectorProgram cp INNER JOIN Collector c ON c.Id = cp.CollectorId
WHERE cp.ProgramId = @ProgramId AND c.RevokedAt IS NULL

-- name: CollectorProgram_Insert
INSERT INTO CollectorProgram (CollectorId, ProgramId, EnrolmentKeyId, Region, Categories, EpochSeen, LastSequence)
VALUES (@CollectorId, @ProgramId, @EnrolmentKeyId, @Region, @Categories, 0, 0)

-- name: CollectorProgram_List
SELECT c.Id, c.InstanceName, c.HostPseudonym, c.AppVersion, c.RegisteredAt, c.RevokedAt, cp.Region, cp.Categories, cp.HeardAt,
  cp.PermitExp, cp.PermitEpoch, cp.PermitCategories
FROM CollectorProgram cp INNER JOIN Collector c ON c.Id = cp.CollectorId
WHERE cp.ProgramId = @ProgramId
  AND (c.RegisteredAt < @BeforeAt OR (c.RegisteredAt = @BeforeAt AND c.Id < @BeforeId)) --?Before
ORDER BY c.RegisteredAt DESC, c.Id DESC
{{page}}

-- name: CollectorProgram_Renew (sqlite)
UPDATE CollectorProgram SET
  PermitJti = COALESCE(r.Jti, PermitJti),
  PermitIat = CASE WHEN r.Jti IS NULL THEN PermitIat ELSE r.Iat END,
  PermitExp = CASE WHEN r.Jti IS NULL THEN PermitExp ELSE r.Exp END,
  PermitEpoch = CASE WHEN r.Jti IS NULL THEN PermitEpoch ELSE r.Epoch END,
  PermitCategories = COALESCE(r.Permitted, PermitCategories),
  HeardAt = @Now, EpochSeen = r.EpochSeen, LastSequence = r.LastSequence
FROM (
  SELECT json_extract(j.value, '$.c') AS C, json_extract(j.value, '$.p') AS P, json_extract(j.value, '$.jti') AS Jti,
    json_extract(j.value, '$.iat') AS Iat,
    json_extract(j.value, '$.exp') AS Exp, json_extract(j.value, '$.epoch') AS Epoch, json_extract(j.value, '$.permitted') AS Permitted,
    json_extract(j.value, '$.seen') AS EpochSeen, json_extract(j.value, '$.seq') AS LastSequence
  FROM json_each(@Rows) j
) r
WHERE CollectorId = r.C AND ProgramId = r.P

-- name: CollectorProgram_Renew (sqlserver)
UPDATE cp SET
  PermitJti = COALESCE(r.Jti COLLATE Latin1_General_100_BIN2, cp.PermitJti),
  PermitIat = CASE WHEN r.Jti IS NULL THEN cp.PermitIat ELSE r.Iat END,
  PermitExp = CASE WHEN r.Jti IS NULL THEN cp.PermitExp ELSE r.Exp END,
  PermitEpoch = CASE WHEN r.Jti IS NULL THEN cp.PermitEpoch ELSE r.Epoch END,
  PermitCategories = COALESCE(r.Permitted, cp.PermitCategories),
  HeardAt = @Now, EpochSeen = r.EpochSeen, LastSequence = r.LastSequence
FROM CollectorProgram cp
INNER JOIN OPENJSON(@Rows) WITH (
  C uniqueidentifier '$.c', P uniqueidentifier '$.p', Jti nvarchar(64) '$.jti', Iat datetimeoffset(7) '$.iat',
    Exp datetimeoffset(7) '$.exp',
  Epoch bigint '$.epoch', Permitted nvarchar(max) '$.permitted', EpochSeen bigint '$.seen', LastSequence bigint '$.seq'
) r ON r.C = cp.CollectorId AND r.P = cp.ProgramId

-- name: CollectorProgram_Update
UPDATE CollectorProgram SET EnrolmentKeyId = @EnrolmentKeyId, Region = @Region, Categories = @Categories WHERE CollectorId = @CollectorId
  AND ProgramId = @ProgramId

-- name: Collector_Bucket
SELECT Bucket FROM Collector WHERE Id = @Id

-- name: Collector_SecretHashes
SELECT SecretHash FROM Collector WHERE RevokedAt IS NULL

-- name: Collector_BySecret
SELECT Id, InstanceName, PublicX, PublicY, Bucket, RevokedAt FROM Collector WHERE SecretHash = @SecretHash

-- name: Collector_ByThumbprint
SELECT Id, RevokedAt FROM Collector WHERE Thumbprint = @Thumbprint

-- name: Collector_Enrolments
SELECT cp.ProgramId, cp.Region, cp.Categories FROM CollectorProgram cp WHERE cp.CollectorId = @CollectorId

-- name: Collector_Insert
INSERT INTO Collector (Id, Thumbprint, PublicX, PublicY, SecretHash, InstanceName, HostPseudonym, AppVersion, Bucket, RegisteredAt,
  RevokedAt, RevokedByName)
VALUES (@Id, @Thumbprint, @PublicX, @PublicY, @SecretHash, @InstanceName, @HostPseudonym, @AppVersion, @Bucket, @Now, NULL, NULL)

-- name: Collector_Revoke
UPDATE Collector SET RevokedAt = @Now, RevokedByName = @ByName WHERE Id = @Id AND RevokedAt IS NULL

-- name: Collector_Update
UPDATE Collector SET SecretHash = @SecretHash, InstanceName = @InstanceName, HostPseudonym = @HostPseudonym, AppVersion = @AppVersion
  WHERE Id = @Id

-- name: Fragment_api_key_columns
k.Id, k.Name, k.Scopes, k.Region, k.Categories, k.CreatedAt, k.CreatedById, k.CreatedByName, k.ExpiresAt, k.RevokedAt, k.LastUsedAt,
  k.OldKeyUntil, k.RotatedAt, k.Networks, k.MaxCollectors, k.Enrolled

-- name: ApiKeyProgram_Between
SELECT kp.ApiKeyId, p.Code FROM ApiKeyProgram kp
INNER JOIN ApiKey k ON k.Id = kp.ApiKeyId
INNER JOIN Program p ON p.Id = kp.ProgramId
WHERE k.CreatedAt >= @FromAt AND k.CreatedAt <= @ToAt
ORDER BY p.Code

-- name: ApiKeyProgram_Insert
-- writes: ApiKeyProgram @ApiKeyId
INSERT INTO ApiKeyProgram (ApiKeyId, ProgramId) VALUES (@ApiKeyId, @ProgramId)

-- name: ApiKeyProgram_OfKey
SELECT kp.ProgramId FROM ApiKeyProgram kp WHERE kp.ApiKeyId = @ApiKeyId

-- name: ApiKey_ByHash
SELECT {{api_key_columns}}, CASE WHEN k.KeyHash = @KeyHash THEN 0 ELSE 1 END AS IsOldSecret
FROM ApiKey k
WHERE k.KeyHash = @KeyHash OR k.OldKeyHash = @KeyHash

-- name: ApiKey_ById
SELECT {{api_key_columns}} FROM ApiKey k WHERE k.Id = @Id

-- name: ApiKey_Enrol
-- A further collector registers with the key.
UPDATE ApiKey SET Enrolled = Enrolled + 1 WHERE Id = @Id AND Enrolled < MaxCollectors

-- name: ApiKey_Hashes
SELECT k.KeyHash AS KeyHash FROM ApiKey k WHERE k.RevokedAt IS NULL AND k.ExpiresAt > @Now
UNION ALL
SELECT k.OldKeyHash AS KeyHash FROM ApiKey k WHERE k.RevokedAt IS NULL AND k.OldKeyUntil > @Now

-- name: ApiKey_Insert
-- writes: ApiKey @Id
INSERT INTO ApiKey (Id, Name, KeyHash, Scopes, Region, Categories, CreatedAt, CreatedById, CreatedByName, ExpiresAt, RevokedAt,
  RevokedByName, LastUsedAt, Networks, MaxCollectors, Enrolled)
VALUES (@Id, @Name, @KeyHash, @Scopes, @Region, @Categories, @CreatedAt, @CreatedById, @CreatedByName, @ExpiresAt, NULL, NULL, NULL,
  @Networks, @MaxCollectors, 0)

-- name: ApiKey_List
SELECT {{api_key_columns}} FROM ApiKey k
INNER JOIN ApiKeyProgram kp ON kp.ApiKeyId = k.Id AND kp.ProgramId = @ProgramId --?Program
WHERE 1 = 1
  AND NOT EXISTS (SELECT 1 FROM ApiKeyProgram none WHERE none.ApiKeyId = k.Id) --?!Program
  AND k.CreatedById = @OwnerId --?Own
  AND (k.CreatedAt < @BeforeAt OR (k.CreatedAt = @BeforeAt AND k.Id < @BeforeId)) --?Before
ORDER BY k.CreatedAt DESC, k.Id DESC
{{page}}

-- name: ApiKey_Readers
SELECT COUNT(*) AS Keys FROM ApiKey k
WHERE k.Scopes LIKE '%evaluate%' AND k.RevokedAt IS NULL AND k.ExpiresAt > @Now AND k.LastUsedAt > @Since
  AND (EXISTS (SELECT 1 FROM ApiKeyProgram kp WHERE kp.ApiKeyId = k.Id AND kp.ProgramId = @ProgramId)
    OR NOT EXISTS (SELECT 1 FROM ApiKeyProgram none WHERE none.ApiKeyId = k.Id))

-- name: ApiKey_Revoke
-- writes: ApiKey @Id
UPDATE ApiKey SET RevokedAt = @Now, RevokedByName = @ByName WHERE Id = @Id AND RevokedAt IS NULL

-- name: ApiKey_Rotate
-- writes: ApiKey @Id
UPDATE ApiKey SET OldKeyHash = KeyHash, OldKeyUntil = @OldKeyUntil, KeyHash = @KeyHash, RotatedAt = @Now, ExpiresAt = @ExpiresAt
WHERE Id = @Id AND RevokedAt IS NULL

-- name: ApiKey_Used
UPDATE ApiKey SET LastUsedAt = @Now WHERE Id = @Id AND (LastUsedAt IS NULL OR LastUsedAt <= @Before)

-- name: Rows_ApiKey
SELECT t.Id AS RowsKey, t.*
FROM ApiKey t
WHERE 1 = 1
  AND t.Id IN {{ids}} --?Ids
  AND t.Id > @After --?After
ORDER BY t.Id
{{page}} --?Page

-- name: Rows_ApiKeyProgram
SELECT t.ApiKeyId AS RowsKey, t.*
FROM ApiKeyProgram t
WHERE 1 = 1
  AND t.ApiKeyId IN {{ids}} --?Ids
  AND t.ApiKeyId > @After --?After
ORDER BY t.ApiKeyId, t.ProgramId
{{page}} --?Page

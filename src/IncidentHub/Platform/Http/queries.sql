-- name: Database_Answer
SELECT 1

-- name: Database_Probe
-- Changes nothing, and is written to the disk.
UPDATE AuditHead SET EntryCount = EntryCount WHERE Id = 1

-- name: Idempotency_Answer
UPDATE IdempotencyRecord SET Status = @Status, ContentType = @ContentType, Location = @Location, Body = @Body
WHERE RequestKey = @Key AND CallerId = @Caller

-- name: Idempotency_Expire
-- The oldest ones, in limited batches: some thousand row locks would be escalated to a lock of the whole table.
DELETE FROM IdempotencyRecord
WHERE CreatedAt < @Before
  AND CreatedAt <= (SELECT MAX(o.CreatedAt) FROM (SELECT r.CreatedAt FROM IdempotencyRecord r ORDER BY r.CreatedAt {{page}}) o)

-- name: Idempotency_Digest
SELECT Digest FROM IdempotencyRecord
WHERE RequestKey = @Key AND CallerId = @Caller

-- name: Idempotency_ExpireOne
DELETE FROM IdempotencyRecord
WHERE RequestKey = @Key AND CallerId = @Caller AND CreatedAt < @Since

-- name: Idempotency_Find
SELECT Digest, Status, ContentType, Location, Body, Subjects, CreatedAt FROM IdempotencyRecord
WHERE RequestKey = @Key AND CallerId = @Caller AND CreatedAt >= @Since

-- name: Idempotency_Redact (sqlite)
UPDATE IdempotencyRecord SET Body = NULL WHERE EXISTS (SELECT 1 FROM json_each(@Texts) t WHERE instr(Body, t.value) > 0)

-- name: Idempotency_Redact (sqlserver)
-- CHARINDEX finds at most 8,000 bytes: of a longer text its beginning is looked for.
UPDATE IdempotencyRecord SET Body = NULL WHERE EXISTS (
  SELECT 1 FROM OPENJSON(@Texts) t WHERE CHARINDEX(CAST(LEFT(t.value, 4000) AS nvarchar(4000)), Body) > 0)

-- name: Idempotency_Insert
INSERT INTO IdempotencyRecord (RequestKey, CallerId, Digest, CreatedAt) VALUES (@Key, @Caller, @Digest, @Now)

-- name: Idempotency_Subjects
UPDATE IdempotencyRecord SET Subjects = @Subjects WHERE RequestKey = @Key AND CallerId = @Caller

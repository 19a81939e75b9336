-- name: Person_ByAccount
SELECT Id, Account, DisplayName, Description, Roles, IsActive FROM Person WHERE Account = @Account

-- name: Person_ById
SELECT Id, Account, DisplayName, Description, Roles, IsActive FROM Person WHERE Id = @Id

-- name: Person_ChangedSince
SELECT Id FROM Person WHERE ChangedAt >= @Since

-- name: Person_Insert
INSERT INTO Person (Id, Account, DisplayName, NameKey, Description, Roles, IsActive, CreatedAt, ChangedAt)
VALUES (@Id, @Account, @DisplayName, @NameKey, @Description, @Roles, @IsActive, @Now, @Now)

-- name: Person_List
SELECT Id, Account, DisplayName, Description, Roles, IsActive FROM Person ORDER BY DisplayName

-- name: Person_Update
UPDATE Person
SET DisplayName = @DisplayName, NameKey = @NameKey, Description = @Description, Roles = @Roles, IsActive = @IsActive,
  ChangedAt = @Now
WHERE Account = @Account

-- name: Person_WithRole
SELECT Id, Account, DisplayName, Description, Roles, IsActive FROM Person WHERE IsActive = 1 AND Roles LIKE @Role ORDER BY DisplayName, Id

-- name: Session_ById
SELECT Id, PersonId, CreatedAt, LastSeenAt, ExpiresAt FROM Session WHERE Id = @Id AND EndedAt IS NULL

-- name: Session_BySecret
SELECT Id, PersonId, CreatedAt, LastSeenAt, ExpiresAt FROM Session WHERE SecretHash = @SecretHash AND EndedAt IS NULL

-- name: Session_End
UPDATE Session SET EndedAt = @Now, EndReason = @Reason WHERE Id = @Id AND EndedAt IS NULL

-- name: Session_EndedSince
SELECT Id FROM Session WHERE EndedAt >= @Since

-- name: Session_Expire
-- The oldest ones, in limited batches: some thousand row locks would be escalated to a lock of the whole table.
DELETE FROM Session
WHERE ExpiresAt < @Before
  AND ExpiresAt <= (SELECT MAX(o.ExpiresAt) FROM (SELECT s.ExpiresAt FROM Session s ORDER BY s.ExpiresAt {{page}}) o)

-- name: Session_Insert
INSERT INTO Session (Id, SecretHash, PersonId, Method, Provider, Issuer, ProviderSession, Browser, CreatedAt, LastSeenAt, ExpiresAt)
VALUES (@Id, @SecretHash, @PersonId, @Method, @Provider, @Issuer, @ProviderSession, @Browser, @Now, @Now, @ExpiresAt)

-- name: Session_OpenOfPerson
SELECT Id FROM Session WHERE PersonId = @PersonId AND EndedAt IS NULL AND ExpiresAt > @Now

-- name: Session_Seen
UPDATE Session SET LastSeenAt = @Now WHERE Id = @Id AND EndedAt IS NULL

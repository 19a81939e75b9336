-- name: Authenticator_Count
SELECT COUNT(*) FROM Authenticator WHERE PersonId = @PersonId

-- name: Authenticator_Delete
DELETE FROM Authenticator WHERE PersonId = @PersonId

-- name: Authenticator_Insert
INSERT INTO Authenticator (PersonId, Secret, LastStep, AddedAt) VALUES (@PersonId, @Secret, @LastStep, @AddedAt)

-- name: Authenticator_OfPerson
SELECT a.PersonId, a.Secret, a.AddedAt,
  (SELECT COUNT(*) FROM RecoveryCode r WHERE r.PersonId = a.PersonId AND r.UsedAt IS NULL) AS CodesLeft
FROM Authenticator a
WHERE a.PersonId = @PersonId

-- name: Authenticator_UseStep
UPDATE Authenticator SET LastStep = @Step WHERE PersonId = @PersonId AND LastStep < @Step

-- name: Credential_ByAccount
SELECT c.PersonId, p.Account, c.PasswordHash, c.PasswordSetAt, c.SecurityStamp, c.FailedCount, c.LockedUntil, c.Version
FROM Credential c
INNER JOIN Person p ON p.Id = c.PersonId
WHERE p.Account = @Account

-- name: Credential_Failed
UPDATE Credential SET FailedCount = FailedCount + 1, Version = Version + 1 WHERE PersonId = @PersonId

-- name: Credential_Insert
INSERT INTO Credential (PersonId, PasswordHash, PasswordSetAt, SecurityStamp, FailedCount, LockedUntil, Version)
VALUES (@PersonId, @PasswordHash, @PasswordSetAt, @SecurityStamp, @FailedCount, @LockedUntil, 1)

-- name: Credential_LockOut
UPDATE Credential SET FailedCount = 0, LockedUntil = @LockedUntil, Version = Version + 1
WHERE PersonId = @PersonId AND FailedCount >= @Most

-- name: Credential_OfPerson
SELECT c.PersonId, p.Account, c.PasswordHash, c.PasswordSetAt, c.SecurityStamp, c.FailedCount, c.LockedUntil, c.Version
FROM Credential c
INNER JOIN Person p ON p.Id = c.PersonId
WHERE c.PersonId = @PersonId

-- name: Credential_Succeeded
UPDATE Credential SET FailedCount = 0, LockedUntil = NULL, Version = Version + 1
WHERE PersonId = @PersonId AND (FailedCount > 0 OR LockedUntil IS NOT NULL)

-- name: Credential_Update
UPDATE Credential
SET PasswordHash = @PasswordHash, PasswordSetAt = @PasswordSetAt, SecurityStamp = @SecurityStamp, FailedCount = @FailedCount,
  LockedUntil = @LockedUntil, Version = Version + 1
WHERE PersonId = @PersonId AND Version = @Version

-- name: Credential_WithPassword
SELECT COUNT(*) FROM Credential WHERE PasswordHash IS NOT NULL

-- name: OneTimeToken_EndAll
UPDATE OneTimeToken SET UsedAt = @Now WHERE UsedAt IS NULL

-- name: OneTimeToken_EndOfNobody
UPDATE OneTimeToken SET UsedAt = @Now WHERE Kind = @Kind AND PersonId IS NULL AND UsedAt IS NULL

-- name: OneTimeToken_EndOfPerson
UPDATE OneTimeToken SET UsedAt = @Now WHERE PersonId = @PersonId AND Kind = @Kind AND UsedAt IS NULL

-- name: OneTimeToken_Find
SELECT Id, PersonId FROM OneTimeToken
WHERE SecretHash = @SecretHash AND Kind = @Kind AND UsedAt IS NULL AND (ExpiresAt IS NULL OR ExpiresAt > @Now)

-- name: OneTimeToken_Insert
INSERT INTO OneTimeToken (Id, Kind, PersonId, SecretHash, CreatedAt, ExpiresAt)
VALUES (@Id, @Kind, @PersonId, @SecretHash, @Now, @ExpiresAt)

-- name: OneTimeToken_OpenSetUp
SELECT COUNT(*) FROM OneTimeToken WHERE Kind = 'SetUp' AND PersonId IS NULL AND UsedAt IS NULL

-- name: OneTimeToken_Use
UPDATE OneTimeToken SET UsedAt = @Now WHERE Id = @Id AND UsedAt IS NULL

-- name: Passkey_ByCredential
SELECT Id, PersonId, CredentialId, PublicKey, Name, SignCount, Transports, IsUserVerified, IsBackupEligible, IsBackedUp, CreatedAt,
  LastUsedAt
FROM Passkey
WHERE CredentialHash = @CredentialHash

-- name: Passkey_Delete
DELETE FROM Passkey WHERE Id = @Id

-- name: Passkey_DeleteOfPerson
DELETE FROM Passkey WHERE PersonId = @PersonId

-- name: Passkey_Insert
INSERT INTO Passkey (Id, PersonId, CredentialHash, CredentialId, PublicKey, Name, SignCount, Transports, IsUserVerified,
  IsBackupEligible, IsBackedUp, CreatedAt)
VALUES (@Id, @PersonId, @CredentialHash, @CredentialId, @PublicKey, @Name, @SignCount, @Transports, @IsUserVerified,
  @IsBackupEligible, @IsBackedUp, @Now)

-- name: Passkey_OfPerson
SELECT Id, PersonId, CredentialId, PublicKey, Name, SignCount, Transports, IsUserVerified, IsBackupEligible, IsBackedUp, CreatedAt,
  LastUsedAt
FROM Passkey
WHERE PersonId = @PersonId
ORDER BY CreatedAt, Id

-- name: Passkey_Rename
UPDATE Passkey SET Name = @Name WHERE Id = @Id

-- name: Passkey_Use
-- Devices that synchronise their passkeys do not count: they always say 0.
UPDATE Passkey SET SignCount = @SignCount, IsBackedUp = @IsBackedUp, LastUsedAt = @Now
WHERE CredentialHash = @CredentialHash AND (SignCount < @SignCount OR (SignCount = 0 AND @SignCount = 0))

-- name: Person_AtProvider
SELECT p.Id, p.Account, p.DisplayName, p.Description, p.Roles, p.IsActive, l.Roles AS LentRoles, l.LentUntil, p.MappedRoles, p.Department
FROM Person p
LEFT JOIN RoleLoan l ON l.PersonId = p.Id
WHERE p.Id IN (SELECT e.PersonId FROM ExternalLogin e WHERE e.Provider = @Provider)

-- name: Person_ByAccount
SELECT p.Id, p.Account, p.DisplayName, p.Description, p.Roles, p.IsActive, l.Roles AS LentRoles, l.LentUntil, p.MappedRoles, p.Department
FROM Person p
LEFT JOIN RoleLoan l ON l.PersonId = p.Id
WHERE p.Account = @Account

-- name: Person_ById
SELECT p.Id, p.Account, p.DisplayName, p.Description, p.Roles, p.IsActive, l.Roles AS LentRoles, l.LentUntil, p.MappedRoles, p.Department
FROM Person p
LEFT JOIN RoleLoan l ON l.PersonId = p.Id
WHERE p.Id = @Id

-- name: Person_ChangedSince
SELECT Id FROM Person WHERE ChangedAt >= @Since

-- name: Person_Insert
-- writes: Person @Id
INSERT INTO Person (Id, Account, DisplayName, NameKey, Description, Roles, IsActive, CreatedAt, ChangedAt)
VALUES (@Id, @Account, @DisplayName, @NameKey, @Description, @Roles, @IsActive, @Now, @Now)

-- name: Person_Line
SELECT p.Id, p.Account, p.DisplayName, p.Roles, p.IsActive, l.Roles AS LentRoles, l.LentUntil, c.LockedUntil,
  p.MappedRoles, p.Department, f.AddedAt AS AuthenticatorSince, (SELECT COUNT(*) FROM Passkey k WHERE k.PersonId = p.Id) AS Passkeys,
  (SELECT MAX(a.At) FROM SignInAttempt a WHERE a.PersonId = p.Id AND a.Outcome = 'Succeeded') AS LastSignInAt,
  (SELECT COUNT(*) FROM Session s
    WHERE s.PersonId = p.Id AND s.EndedAt IS NULL AND s.ExpiresAt > @Now AND s.LastSeenAt > @IdleSince) AS Sessions
FROM Person p
LEFT JOIN RoleLoan l ON l.PersonId = p.Id
LEFT JOIN Credential c ON c.PersonId = p.Id
LEFT JOIN Authenticator f ON f.PersonId = p.Id
WHERE p.Account = @Account

-- name: Person_List
SELECT p.Id, p.Account, p.DisplayName, p.Description, p.Roles, p.IsActive, l.Roles AS LentRoles, l.LentUntil, p.MappedRoles, p.Department
FROM Person p
LEFT JOIN RoleLoan l ON l.PersonId = p.Id
ORDER BY p.DisplayName

-- name: Person_OtherAdministrators (sqlite)
SELECT p.Roles, p.MappedRoles, e.Provider,
  CASE WHEN EXISTS (SELECT 1 FROM Credential c WHERE c.PersonId = p.Id AND c.PasswordHash IS NOT NULL)
    OR EXISTS (SELECT 1 FROM Passkey k WHERE k.PersonId = p.Id) THEN 1 ELSE 0 END AS IsLocal
FROM Person p
LEFT JOIN ExternalLogin e ON e.PersonId = p.Id
WHERE p.IsActive = 1 AND p.Id <> @Id AND (p.Roles LIKE '%Administrator%' OR p.MappedRoles LIKE '%Administrator%')

-- name: Person_OtherAdministrators (sqlserver)
-- Two administrators who demote each other at the same moment: the second waits, and finds that nobody else is left.
SELECT p.Roles, p.MappedRoles, e.Provider,
  CASE WHEN EXISTS (SELECT 1 FROM Credential c WHERE c.PersonId = p.Id AND c.PasswordHash IS NOT NULL)
    OR EXISTS (SELECT 1 FROM Passkey k WHERE k.PersonId = p.Id) THEN 1 ELSE 0 END AS IsLocal
FROM Person p WITH (UPDLOCK, HOLDLOCK)
LEFT JOIN ExternalLogin e ON e.PersonId = p.Id
WHERE p.IsActive = 1 AND p.Id <> @Id AND (p.Roles LIKE '%Administrator%' OR p.MappedRoles LIKE '%Administrator%')

-- name: Person_Page
SELECT p.Id, p.Account, p.DisplayName, p.Roles, p.IsActive, l.Roles AS LentRoles, l.LentUntil, c.LockedUntil,
  p.MappedRoles, p.Department, f.AddedAt AS AuthenticatorSince, (SELECT COUNT(*) FROM Passkey k WHERE k.PersonId = p.Id) AS Passkeys,
  (SELECT MAX(a.At) FROM SignInAttempt a WHERE a.PersonId = p.Id AND a.Outcome = 'Succeeded') AS LastSignInAt,
  (SELECT COUNT(*) FROM Session s
    WHERE s.PersonId = p.Id AND s.EndedAt IS NULL AND s.ExpiresAt > @Now AND s.LastSeenAt > @IdleSince) AS Sessions
FROM Person p
LEFT JOIN RoleLoan l ON l.PersonId = p.Id
LEFT JOIN Credential c ON c.PersonId = p.Id
LEFT JOIN Authenticator f ON f.PersonId = p.Id
WHERE 1 = 1
  AND (p.Account LIKE @AccountStart ESCAPE '\' OR p.NameKey LIKE @NameStart ESCAPE '\' OR p.NameKey LIKE @WordStart ESCAPE '\') --?Text
  AND p.Account > @After --?After
ORDER BY p.Account
{{page}}

-- name: Person_SetMapped
-- writes: Person @Id
UPDATE Person SET MappedRoles = @MappedRoles, Department = @Department, ChangedAt = @Now WHERE Id = @Id

-- name: Person_SetOwn
-- writes: Person @Id
UPDATE Person SET TimeZone = @TimeZone, Theme = @Theme WHERE Id = @Id

-- name: Person_Settings
SELECT TimeZone, Theme FROM Person WHERE Id = @Id

-- name: Person_Update
-- writes: Person @Id
UPDATE Person
SET DisplayName = @DisplayName, NameKey = @NameKey, Description = @Description, Roles = @Roles, IsActive = @IsActive,
  ChangedAt = @Now
WHERE Account = @Account

-- name: Person_WaysIn
SELECT e.Provider,
  CASE WHEN EXISTS (SELECT 1 FROM Credential c WHERE c.PersonId = p.Id AND c.PasswordHash IS NOT NULL)
    OR EXISTS (SELECT 1 FROM Passkey k WHERE k.PersonId = p.Id) THEN 1 ELSE 0 END AS IsLocal
FROM Person p
LEFT JOIN ExternalLogin e ON e.PersonId = p.Id
WHERE p.Id = @Id

-- name: Person_WithRole
SELECT p.Id, p.Account, p.DisplayName, p.Description, p.Roles, p.IsActive, l.Roles AS LentRoles, l.LentUntil, p.MappedRoles, p.Department
FROM Person p
LEFT JOIN RoleLoan l ON l.PersonId = p.Id
WHERE p.IsActive = 1 AND (p.Roles LIKE @Role OR p.MappedRoles LIKE @Role OR l.Roles LIKE @Role)
ORDER BY p.DisplayName, p.Id

-- name: RecoveryCode_Delete
DELETE FROM RecoveryCode WHERE PersonId = @PersonId

-- name: RecoveryCode_Insert
INSERT INTO RecoveryCode (PersonId, CodeHash) VALUES (@PersonId, @CodeHash)

-- name: RecoveryCode_IsOpen
SELECT COUNT(*) FROM RecoveryCode WHERE PersonId = @PersonId AND CodeHash = @CodeHash AND UsedAt IS NULL

-- name: RecoveryCode_Use
UPDATE RecoveryCode SET UsedAt = @Now WHERE PersonId = @PersonId AND CodeHash = @CodeHash AND UsedAt IS NULL

-- name: RoleLoan_Delete
-- writes: RoleLoan @PersonId
DELETE FROM RoleLoan WHERE PersonId = @PersonId

-- name: RoleLoan_Insert
-- writes: RoleLoan @PersonId
INSERT INTO RoleLoan (PersonId, Roles, LentUntil, LentByName) VALUES (@PersonId, @Roles, @LentUntil, @LentByName)

-- name: RoleLoan_Update
-- writes: RoleLoan @PersonId
UPDATE RoleLoan SET Roles = @Roles, LentUntil = @LentUntil, LentByName = @LentByName WHERE PersonId = @PersonId

-- name: Rows_Person
SELECT t.Id AS RowsKey, t.*
FROM Person t
WHERE 1 = 1
  AND t.Id IN {{ids}} --?Ids
  AND t.Id > @After --?After
ORDER BY t.Id
{{page}} --?Page

-- name: Rows_RoleLoan
SELECT t.PersonId AS RowsKey, t.*
FROM RoleLoan t
WHERE 1 = 1
  AND t.PersonId IN {{ids}} --?Ids
  AND t.PersonId > @After --?After
ORDER BY t.PersonId
{{page}} --?Page

-- name: Session_ById
SELECT Id, PersonId, CreatedAt, LastSeenAt, ExpiresAt FROM Session WHERE Id = @Id AND EndedAt IS NULL

-- name: Session_BySecret
SELECT Id, PersonId, CreatedAt, LastSeenAt, ExpiresAt FROM Session WHERE SecretHash = @SecretHash AND EndedAt IS NULL

-- name: Session_End
UPDATE Session SET EndedAt = @Now, EndReason = @Reason WHERE Id = @Id AND EndedAt IS NULL

-- name: Session_EndAll
UPDATE Session SET EndedAt = @Now, EndReason = @Reason WHERE EndedAt IS NULL

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

-- name: Session_LinesOfPerson
SELECT Id, Method, Provider, Browser, CreatedAt, LastSeenAt FROM Session
WHERE PersonId = @PersonId AND EndedAt IS NULL AND ExpiresAt > @Now AND LastSeenAt > @IdleSince
ORDER BY CreatedAt DESC, Id DESC

-- name: Session_OpenOfPerson
SELECT Id FROM Session WHERE PersonId = @PersonId AND EndedAt IS NULL AND ExpiresAt > @Now

-- name: Session_Seen
UPDATE Session SET LastSeenAt = @Now WHERE Id = @Id AND EndedAt IS NULL

-- name: SignInAttempt_Expire
DELETE FROM SignInAttempt
WHERE At < @Before
  AND At <= (SELECT MAX(o.At) FROM (SELECT a.At FROM SignInAttempt a ORDER BY a.At {{page}}) o)

-- name: SignInAttempt_Insert
INSERT INTO SignInAttempt (Id, PersonId, At, Outcome, Method, SecondFactor, Address, Browser)
VALUES (@Id, @PersonId, @At, @Outcome, @Method, @SecondFactor, @Address, @Browser)

-- name: SignInAttempt_OfPerson
SELECT At, Outcome, Method, SecondFactor, Address, Browser FROM SignInAttempt
WHERE PersonId = @PersonId
ORDER BY At DESC, Id DESC
{{page}}

-- name: UsedChallenge_Expire
DELETE FROM UsedChallenge
WHERE UsedAt < @Before
  AND UsedAt <= (SELECT MAX(o.UsedAt) FROM (SELECT c.UsedAt FROM UsedChallenge c ORDER BY c.UsedAt {{page}}) o)

-- name: UsedChallenge_Insert (sqlite)
INSERT INTO UsedChallenge (Hash, UsedAt)
SELECT @Hash, @Now
WHERE NOT EXISTS (SELECT 1 FROM UsedChallenge WHERE Hash = @Hash)

-- name: UsedChallenge_Insert (sqlserver)
INSERT INTO UsedChallenge (Hash, UsedAt)
SELECT @Hash, @Now
WHERE NOT EXISTS (SELECT 1 FROM UsedChallenge WITH (UPDLOCK, HOLDLOCK) WHERE Hash = @Hash)

-- name: ClaimMapping_Delete
-- writes: ClaimMapping @Provider
DELETE FROM ClaimMapping WHERE Provider = @Provider

-- name: ClaimMapping_Insert
-- writes: ClaimMapping @Provider
INSERT INTO ClaimMapping (Provider, Position, Claim, Value, Role) VALUES (@Provider, @Position, @Claim, @Value, @Role)

-- name: ClaimMapping_OfProvider
SELECT Claim, Value, Role FROM ClaimMapping WHERE Provider = @Provider ORDER BY Position

-- name: ExternalLogin_BySubject
SELECT Id, Issuer, Subject, PersonId, Provider, Claims, MappedRoles, LastSignInAt
FROM ExternalLogin
WHERE Issuer = @Issuer AND Subject = @Subject

-- name: ExternalLogin_Delete
DELETE FROM ExternalLogin WHERE PersonId = @PersonId AND Provider = @Provider

-- name: ExternalLogin_Insert
INSERT INTO ExternalLogin (Id, Issuer, Subject, PersonId, Provider, Claims, MappedRoles, CreatedAt)
VALUES (@Id, @Issuer, @Subject, @PersonId, @Provider, @Claims, @MappedRoles, @Now)

-- name: ExternalLogin_OfPeopleOf
SELECT l.Id, l.Issuer, l.Subject, l.PersonId, l.Provider, l.Claims, l.MappedRoles, l.LastSignInAt
FROM ExternalLogin l
WHERE l.PersonId IN (SELECT o.PersonId FROM ExternalLogin o WHERE o.Provider = @Provider)
ORDER BY l.PersonId, l.Id

-- name: ExternalLogin_OfPerson
SELECT Id, Issuer, Subject, PersonId, Provider, Claims, MappedRoles, LastSignInAt
FROM ExternalLogin
WHERE PersonId = @PersonId
ORDER BY Id

-- name: ExternalLogin_ProvidersOfPerson
SELECT Provider, MAX(LastSignInAt) AS LastSignInAt
FROM ExternalLogin
WHERE PersonId = @PersonId
GROUP BY Provider
ORDER BY Provider

-- name: ExternalLogin_Update
UPDATE ExternalLogin
SET Provider = @Provider, Claims = @Claims, MappedRoles = @MappedRoles, LastSignInAt = @LastSignInAt
WHERE Id = @Id

-- name: LogoutToken_Expire
-- The oldest ones, in limited batches: some thousand row locks would be escalated to a lock of the whole table.
DELETE FROM LogoutToken
WHERE ReceivedAt < @Before
  AND ReceivedAt <= (SELECT MAX(o.ReceivedAt) FROM (SELECT t.ReceivedAt FROM LogoutToken t ORDER BY t.ReceivedAt {{page}}) o)

-- name: LogoutToken_Insert (sqlite)
INSERT INTO LogoutToken (Hash, ReceivedAt)
SELECT @Hash, @Now
WHERE NOT EXISTS (SELECT 1 FROM LogoutToken WHERE Hash = @Hash)

-- name: LogoutToken_Insert (sqlserver)
INSERT INTO LogoutToken (Hash, ReceivedAt)
SELECT @Hash, @Now
WHERE NOT EXISTS (SELECT 1 FROM LogoutToken WITH (UPDLOCK, HOLDLOCK) WHERE Hash = @Hash)

-- name: ProviderMapping_ByProvider
SELECT Provider, DepartmentClaim, Version, ChangedAt, ChangedByName FROM ProviderMapping WHERE Provider = @Provider

-- name: ProviderMapping_Insert
-- writes: ProviderMapping @Provider
INSERT INTO ProviderMapping (Provider, DepartmentClaim, Version, ChangedAt, ChangedByName)
VALUES (@Provider, @DepartmentClaim, @Version, @Now, @By)

-- name: ProviderMapping_Update
-- writes: ProviderMapping @Provider
UPDATE ProviderMapping
SET DepartmentClaim = @DepartmentClaim, Version = @Version, ChangedAt = @Now, ChangedByName = @By
WHERE Provider = @Provider AND Version = @Before

-- name: Rows_ClaimMapping
SELECT t.Provider AS RowsKey, t.*
FROM ClaimMapping t
WHERE 1 = 1
  AND t.Provider IN {{texts}} --?Ids
  AND t.Provider > @After --?After
ORDER BY t.Provider, t.Position
{{page}} --?Page

-- name: Rows_ProviderMapping
SELECT t.Provider AS RowsKey, t.*
FROM ProviderMapping t
WHERE 1 = 1
  AND t.Provider IN {{texts}} --?Ids
  AND t.Provider > @After --?After
ORDER BY t.Provider
{{page}} --?Page

-- name: Session_OfProviderSession
SELECT Id, PersonId FROM Session WHERE Issuer = @Issuer AND ProviderSession = @ProviderSession AND EndedAt IS NULL

-- name: Session_OfSubject
SELECT s.Id, s.PersonId
FROM Session s
INNER JOIN ExternalLogin l ON l.PersonId = s.PersonId AND l.Issuer = s.Issuer
WHERE l.Issuer = @Issuer AND l.Subject = @Subject AND s.EndedAt IS NULL

-- name: Session_Provider
SELECT Provider FROM Session WHERE Id = @Id

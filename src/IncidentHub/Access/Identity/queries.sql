-- name: Person_ByAccount
SELECT Id, Account, DisplayName, Description, Roles, IsActive FROM Person WHERE Account = @Account

-- name: Person_ById
SELECT Id, Account, DisplayName, Description, Roles, IsActive FROM Person WHERE Id = @Id

-- name: Person_Insert
INSERT INTO Person (Id, Account, DisplayName, NameKey, Description, Roles, IsActive, CreatedAt)
VALUES (@Id, @Account, @DisplayName, @NameKey, @Description, @Roles, @IsActive, @Now)

-- name: Person_List
SELECT Id, Account, DisplayName, Description, Roles, IsActive FROM Person ORDER BY DisplayName

-- name: Person_Update
UPDATE Person
SET DisplayName = @DisplayName, NameKey = @NameKey, Description = @Description, Roles = @Roles, IsActive = @IsActive
WHERE Account = @Account

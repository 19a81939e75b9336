INSERT INTO Person (Id, Account, DisplayName, Description, Roles, IsActive, CreatedAt)
VALUES (@Id, @Account, @DisplayName, @Description, @Roles, @IsActive, @Now)

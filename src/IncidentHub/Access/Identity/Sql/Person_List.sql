SELECT Id, Account, DisplayName, Description, Roles, IsActive FROM Person ORDER BY DisplayName

SELECT Id, Account, DisplayName, Description, Roles, IsActive FROM Person WHERE Account = @Account

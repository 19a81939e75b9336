UPDATE Person SET DisplayName = @DisplayName, Description = @Description, Roles = @Roles, IsActive = @IsActive WHERE Account = @Account

SELECT d.Id AS Id FROM Dataset d WHERE d.Name = @Name

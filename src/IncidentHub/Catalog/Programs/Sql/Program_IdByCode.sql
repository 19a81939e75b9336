SELECT p.Id AS Id FROM Program p WHERE p.Code = @Code

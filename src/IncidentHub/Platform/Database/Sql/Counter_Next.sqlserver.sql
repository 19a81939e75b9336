IF NOT EXISTS (SELECT 1 FROM Counter WHERE Name = @Name) INSERT INTO Counter (Name, LastValue) VALUES (@Name, 0);
UPDATE Counter SET LastValue = LastValue + 1 OUTPUT inserted.LastValue AS LastValue WHERE Name = @Name

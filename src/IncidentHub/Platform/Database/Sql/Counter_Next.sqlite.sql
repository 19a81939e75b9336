INSERT INTO Counter (Name, LastValue) VALUES (@Name, 1)
ON CONFLICT (Name) DO UPDATE SET LastValue = LastValue + 1
RETURNING LastValue

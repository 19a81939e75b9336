-- name: Fragment_ids (sqlite)
(SELECT j.value FROM json_each(@Ids) j)

-- name: Fragment_ids (sqlserver)
(SELECT CAST(j.value AS uniqueidentifier) FROM OPENJSON(@Ids) j)

-- name: Fragment_numbers (sqlite)
(SELECT CAST(j.value AS INTEGER) FROM json_each(@Ids) j)

-- name: Fragment_numbers (sqlserver)
(SELECT CAST(j.value AS bigint) FROM OPENJSON(@Ids) j)

-- name: Fragment_page (sqlite)
LIMIT @Limit

-- name: Fragment_page (sqlserver)
OFFSET 0 ROWS FETCH NEXT @Limit ROWS ONLY

-- name: Fragment_texts (sqlite)
(SELECT j.value FROM json_each(@Ids) j)

-- name: Fragment_texts (sqlserver)
(SELECT j.value COLLATE Latin1_General_100_BIN2 FROM OPENJSON(@Ids) j)

-- name: Counter_Next (sqlite)
INSERT INTO Counter (Name, LastValue) VALUES (@Name, 1)
ON CONFLICT (Name) DO UPDATE SET LastValue = LastValue + 1
RETURNING LastValue

-- name: Counter_Next (sqlserver)
IF NOT EXISTS (SELECT 1 FROM Counter WITH (UPDLOCK, HOLDLOCK) WHERE Name = @Name) INSERT INTO Counter (Name, LastValue) VALUES (@Name, 0);
UPDATE Counter SET LastValue = LastValue + 1 OUTPUT inserted.LastValue AS LastValue WHERE Name = @Name

-- name: JobLease_Create (sqlite)
INSERT INTO JobLease (Name, Holder, LeasedUntil)
SELECT @Name, @Holder, @Until WHERE NOT EXISTS (SELECT 1 FROM JobLease WHERE Name = @Name)

-- name: JobLease_Create (sqlserver)
INSERT INTO JobLease (Name, Holder, LeasedUntil)
SELECT @Name, @Holder, @Until WHERE NOT EXISTS (SELECT 1 FROM JobLease WITH (UPDLOCK, HOLDLOCK) WHERE Name = @Name)

-- name: JobLease_Find
SELECT l.Holder AS Holder, l.LeasedUntil AS LeasedUntil FROM JobLease l WHERE l.Name = @Name

-- name: JobLease_Take
UPDATE JobLease SET Holder = @Holder, LeasedUntil = @Until WHERE Name = @Name AND (Holder = @Holder OR LeasedUntil < @Now)

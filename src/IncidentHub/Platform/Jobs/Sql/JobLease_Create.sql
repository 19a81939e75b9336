INSERT INTO JobLease (Name, Holder, LeasedUntil)
SELECT @Name, @Holder, @Until WHERE NOT EXISTS (SELECT 1 FROM JobLease WHERE Name = @Name)

UPDATE JobLease SET Holder = @Holder, LeasedUntil = @Until WHERE Name = @Name AND (Holder = @Holder OR LeasedUntil < @Now)

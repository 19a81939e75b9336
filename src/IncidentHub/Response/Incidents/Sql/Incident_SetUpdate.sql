UPDATE Incident SET LastUpdateAt = @LastUpdateAt, UpdateDueAt = @UpdateDueAt WHERE Id = @Id

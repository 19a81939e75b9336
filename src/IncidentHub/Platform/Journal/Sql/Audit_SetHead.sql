UPDATE AuditHead SET LastHash = @LastHash WHERE Id = 1
